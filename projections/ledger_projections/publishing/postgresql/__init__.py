"""The tables handed to a PostgreSQL server: a schema that is replaced whole or not at all (ADR 21)."""
