"""A report as JSON lines: what it says of itself, then each section, and behind it a line for each of its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger_cli.printing.output import json_row
from ledger_cli.reporting.as_json import head, rows_of, said_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger_projections.reports import Report


def text(report: Report) -> str:
    """Return *report* as JSON lines."""
    return "".join(f"{json_row(row)}\n" for row in _rows(report))


def _rows(report: Report) -> Iterator[dict[str, Any]]:
    yield head(report)
    for section in report.sections:
        yield said_of(section)
        yield from ({"heading": section.heading, **row} for row in rows_of(section))
