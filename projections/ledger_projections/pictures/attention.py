"""What needs attention of an engagement at the moment it is looked at, worst first (domain 3.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_projections.pictures.picture import own
from ledger_projections.reports.form import Line, Section
from ledger_projections.reports.making import covered

if TYPE_CHECKING:
    from ledger_projections.pictures.picture import TableRow
    from ledger_projections.reports.source import Source

COLUMNS = ("What", "Since", "By")


def attention(source: Source) -> Section:
    """Return the signals that stand, as a section."""
    now = source.as_of
    standing = [
        row
        for row in own(source, "signals")
        if row["raised_at"] <= now and (row["cleared_at"] is None or row["cleared_at"] > now)
    ]
    standing.sort(key=lambda row: (row["rank"], row["deadline"] or "9", row["positions"]))
    needs = "thing needs" if len(standing) == 1 else "things need"
    heading = f"{len(standing)} {needs} attention" if standing else "Nothing needs attention"
    rows = [_line(source, row) for row in standing]
    return covered(source.excerpt, Section(heading, (), COLUMNS if rows else (), rows))


def _line(source: Source, row: TableRow) -> Line:
    said = " · ".join(part for part in (row["says"], row["also"]) if part)
    values = {"signal": row["signal"], "rank": row["rank"]}
    return Line((said, source.said(row["since"]), source.said(row["deadline"])), row["positions"], values=values)
