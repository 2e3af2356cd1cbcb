"""The tables handed to reporting tools: one folder, in the formats they read, that appears whole or not at all (ADR 18)."""
