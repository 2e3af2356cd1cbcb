"""The open days of a calendar: those that its table holds, and beyond them those that its rules give."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ledger_projections.open_time import DAY, EPOCH, read_open_times

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.calendars import Calendar


class OpenDays:
    """The days on which the calendar of a *row* is open; without one, every day is, in UTC."""

    def __init__(self, row: Mapping[str, Any] | None) -> None:
        self._row, self._times = row, read_open_times(row["open_time"]) if row else None

    @property
    def zone(self) -> str:
        """The zone in which its days begin."""
        return str(self._row["zone"]) if self._row else "UTC"

    def count(self, first: int, last: int) -> int:
        """Return how many days from *first* to *last*, by their ordinals, are open."""
        if last < first:
            return 0
        if self._row is None or self._times is None:
            return last + 1 - first
        days, (begin, end) = self._times.days, (self._times.first // DAY + EPOCH, self._times.last // DAY + EPOCH)
        if begin < first and last < end - 1:
            return bisect_right(days, last) - bisect_left(days, first)
        from ledger.calendars import day_text  # here, for it takes 20 ms to import

        begins, ends = day_text(first - EPOCH), day_text(last - EPOCH)
        return self._calendar.bd(begins, ends) + self._calendar.is_open_day(begins)

    @cached_property
    def _calendar(self) -> Calendar:
        from ledger.calendars import Calendar

        return Calendar.parse(self._row["data"] if self._row else {})
