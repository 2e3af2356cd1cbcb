"""Calendars: business time as written into the log, one row each time that it was set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import Calendar
from ledger_projections.json_text import json_text
from ledger_projections.open_time import spans_of
from ledger_projections.table import Column, Table
from ledger_projections.whose import VISIBILITY, row_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger_projections.table import Row
    from ledger_projections.view import View

COLUMNS = (
    Column("calendar", "text", "What it is called.", example="default"),
    Column("valid_from", "day", "From when it holds.", example="2025-01-01"),
    Column("set_by", "text", "The entry that set it."),
    Column("zone", "text", "The zone whose wall clock it goes by.", example="Europe/London"),
    Column("data", "json", "Its weekly hours and the days that have others."),
    Column("open_time", "json", "What is open in the years around its recording: start, end, day; for quick readers."),
    VISIBILITY,
)


def rows(view: View) -> Iterator[Row]:
    """Yield a row for each calendar that was set, in the order in which they hold: the last of a name and day wins."""
    for fact in view.practice.valid_on("9999-12-31"):
        for calendar in fact.event.calendars:
            values = {
                "calendar": calendar["calendar"],
                "valid_from": fact.event.valid_from,
                "set_by": fact.entry.id,
                "zone": calendar["zone"],
                "data": json_text(calendar),
                "open_time": json_text(spans_of(Calendar.parse(calendar), fact.entry.recorded)),
            }
            yield row_on([fact], values)


TABLE = Table(
    "calendars",
    "One row a calendar and the day it holds from: business time, as it was written into the log.",
    ("calendar", "valid_from", "set_by"),
    COLUMNS,
    rows,
    frozenset({"practice"}),
    about=("calendar", "calendar:"),
)
