"""Verify: re-derive everything from the bytes, and name the first entry that differs."""

from ledger.audit.report import Report
from ledger.audit.verifying import verify, verify_tree

__all__ = ["Report", "verify", "verify_tree"]
