"""What a picture shows: a section whose rows are its marks, so that whoever cannot see it reads the same numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.calendars import is_day, parse_instant
from ledger.values.named import NamedTuple
from ledger_projections.wording import on_the_wall

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ledger_projections.reports.form import Line, Section
    from ledger_projections.reports.source import Source

    TableRow = dict[str, Any]


MOST = 20
"""No more lines stand in a picture, for nobody would find one among them: the table has all."""


class Picture(NamedTuple):
    """A picture by *name*, of a *subject*; the values of a row of its *section* say where its mark stands.

    A row without values stands in the table alone. Without rows there is nothing to draw, and the heading says so.
    """

    name: str
    subject: str
    section: Section


def wall(source: Source, moment: str) -> str:
    """Return a moment as the clock on the wall says it, a day as its noon: where it stands on the axis of time."""
    if is_day(moment):
        return f"{moment}T12:00:00Z"
    return f"{on_the_wall(parse_instant(moment), source.calendar):%Y-%m-%dT%H:%M:%S}Z"


def day_of(source: Source, moment: str) -> str:
    """Return the day that a moment falls on."""
    return wall(source, moment)[:10]


def own(source: Source, table: str) -> list[TableRow]:
    """Return the rows of *table* that are of the engagement itself, not of its account."""
    return [row for row in source.rows(table) if row["engagement"] == source.asked.engagement]


def entries(rows: Iterable[TableRow]) -> Sequence[int]:
    """Return the positions that *rows* stand on, each once, in order."""
    return sorted({position for row in rows for position in row["positions"]})


def told_only(lines: Iterable[Line]) -> list[Line]:
    """Return *lines* as they stand in a table without being drawn."""
    return [line._replace(values={}) for line in lines]


def number(value: Any, digits: int = 1) -> str:  # noqa: ANN401 -- a number of a table, or none
    """Return a number without noughts that say nothing; a dash for none."""
    if value is None:
        return "-"
    rounded = f"{value:,.{digits}f}"
    return rounded.rstrip("0").rstrip(".") if "." in rounded else rounded
