"""A report in each of its forms, as the bytes of a file; the same report is always the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ledger_projections.reports import Report

    from ledger_cli.reporting.wanted import Form


def rendered(report: Report, form: Form) -> str:
    """Return *report* as the text of a file."""
    match form:
        case "json":
            from ledger_cli.reporting.as_json import text
        case "jsonl":
            from ledger_cli.reporting.as_lines import text
        case "csv":
            from ledger_cli.reporting.as_csv import text
        case "html":
            from ledger_cli.reporting.printed import text
        case "text":
            from ledger_cli.reporting.text import text
    return text(report)
