"""The letter of agreement as a TOML file: read, checked line by line, and made one batch of drafts (P01 to P09)."""

from ledger_cli.letter.batch import Letter, read_letter

__all__ = ["Letter", "read_letter"]
