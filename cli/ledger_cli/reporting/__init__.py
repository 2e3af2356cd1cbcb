"""Reports as they leave the ledger: at a terminal, as JSON, as CSV, and as a page to print."""
