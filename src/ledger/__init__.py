"""The engagement ledger: an append-only log of an engagement that both sides can check."""
