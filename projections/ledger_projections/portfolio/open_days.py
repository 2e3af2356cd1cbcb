"""The open days of a calendar: those that its table holds, and beyond them those that its rules give."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any

from ledger_projections.open_time import DAY, EPOCH, read_open_times

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class OpenDays:
    """The days on which the calendar of a *row* is open; without one, every day is, in UTC."""

    def __init__(self, row: Mapping[str, Any] | None) -> None:
        self._row, self._times = row, read_open_times(row["open_time"]) if row else None

    @property
    def zone(self) -> str:
        """The zone in which its days begin."""
        return str(self._row["zone"]) if self._row else "UTC"

    def between(self, first: int, last: int) -> Sequence[int]:
        """Return the ordinals of the open days from *first* to *last*."""
        if self._row is None or self._times is None:
            return range(first, last + 1)
        days, (begin, end) = self._times.days, (self._times.first // DAY + EPOCH, self._times.last // DAY + EPOCH)
        if begin < first and last < end - 1:
            return days[bisect_left(days, first) : bisect_right(days, last)]
        from ledger.calendars import Calendar, day_text  # here, for it takes 20 ms to import

        calendar = Calendar.parse(self._row["data"])
        return [day for day in range(first, last + 1) if calendar.is_open_day(day_text(day - EPOCH))]
