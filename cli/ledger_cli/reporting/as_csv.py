"""A report as CSV (RFC 4180): one table below the other, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from ledger_cli.printing.output import json_text
from ledger_cli.printing.rows import neutral
from ledger_cli.printing.safe import safe
from ledger_cli.reporting.about import NAME, question, terms
from ledger_cli.reporting.rows import grid, numbers, unnamed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger_projections.reports import Report, Section


def text(report: Report) -> str:
    """Return *report* as CSV; the first line says what was asked."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow([NAME, json_text(report.asked.written())])
    for row in _rows(report):
        writer.writerow([neutral(safe(cell, lines=True)) for cell in row])
    return written.getvalue()


def _rows(report: Report) -> Iterator[Sequence[str]]:
    yield [report.title]
    yield [question(report)]
    yield from terms(report)
    for section in report.sections:
        yield []
        yield from _section(section)


def _section(section: Section) -> Iterator[Sequence[str]]:
    yield [section.heading]
    yield from ([text] for text in section.said)
    yield from ([line] for line in section.picture)
    if left := unnamed(section.entries, section.said):
        yield [numbers(left)]
    if section.rows:
        found = grid(section, together=False)
        yield [*found.headings, *(["Withdrawn"] if found.struck else [])]
        for number, row in enumerate(found.cells):
            yield [*row, *(["yes" if number in found.struck else "no"] if found.struck else [])]
