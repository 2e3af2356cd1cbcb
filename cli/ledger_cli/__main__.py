"""`python -m ledger_cli` is `engage`."""

from ledger_cli.main import run

run()
