"""Business time, out of the calendars that the tables hold."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from ledger_projections.open_time import Age, OpenTimes, age_in, calendar_row, read_open_times

from ledger_cli.printing.times import ordinal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Row = dict[str, Any]


class Calendars:
    """The calendars of *rows*, and the zone of the ledger's own as it is valid *now*."""

    def __init__(self, rows: Sequence[Row], now: str) -> None:
        self._rows, self._now = rows, now
        self._read: dict[str, OpenTimes] = {}
        self._valid: dict[tuple[str, str], Mapping[str, Any] | None] = {}
        self._days: dict[str, int] = {}
        self._ages: dict[tuple[str, str, str], Age] = {}

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone of the ledger's own calendar."""
        row = calendar_row(self._rows, "default", self._now[:10])
        return ZoneInfo(str(row["zone"]) if row else "UTC")

    def age(self, calendar: str, since: str, until: str) -> Age:
        """Return the business time from *since* to *until*, in the calendar as valid at its end.

        Many things were learned in one moment, and all last until now.
        """
        key = calendar, since, until
        if key not in self._ages:
            self._ages[key] = self._age(*key)
        return self._ages[key]

    def _age(self, calendar: str, since: str, until: str) -> Age:
        row, found = self._row(calendar, until[:10]), None
        if row is not None:
            days = [self._ordinal(since), self._ordinal(until)]
            found = age_in(self._open_times(row), since, until, days) if row["zone"] == str(self.zone) else None
        return found or _counted(row, since, until)

    def _row(self, calendar: str, day: str) -> Mapping[str, Any] | None:
        if (calendar, day) not in self._valid:
            self._valid[calendar, day] = calendar_row(self._rows, calendar, day)
        return self._valid[calendar, day]

    def _ordinal(self, moment: str) -> int:
        """Return the ordinal of the day of *moment*."""
        if moment not in self._days:
            self._days[moment] = ordinal(moment, self.zone)
        return self._days[moment]

    def _open_times(self, row: Mapping[str, Any]) -> OpenTimes:
        key = row["set_by"] + row["calendar"]
        if key not in self._read:
            self._read[key] = read_open_times(row["open_time"])
        return self._read[key]


def _counted(row: Mapping[str, Any] | None, since: str, until: str) -> Age:
    """Count what the table does not hold, such as what began years ago."""
    from ledger.calendars import Calendar, parse_instant
    from ledger.practice import ALWAYS

    calendar = Calendar.parse(row["data"] if row else ALWAYS)
    a, b = parse_instant(since), parse_instant(until)
    return Age(calendar.business_microseconds(a, b), calendar.bd(calendar.day_of(a), calendar.day_of(b)))
