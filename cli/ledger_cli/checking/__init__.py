"""A file that says it is a report: made again from the ledger, compared, and what became of that in words."""
