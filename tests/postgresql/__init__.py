"""Tables published to a PostgreSQL server, a real one that lives as long as the tests do."""
