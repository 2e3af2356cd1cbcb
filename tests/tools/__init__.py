"""Reporting tools, run for real on what `engage publish` writes."""
