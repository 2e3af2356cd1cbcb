"""When reports were expected, and which of them came (M09)."""

from __future__ import annotations

from bisect import bisect_right
from datetime import MAXYEAR, UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from ledger.calendars import day_number, occurrences, parse_local
from ledger.errors import Malformed
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ledger.calendars import Calendar
    from ledger.events import CadenceAgreed
    from ledger.facts import Fact

    Time = tuple[datetime, datetime, str]
    Sent = tuple[datetime, Fact[Any]]

WHEN: Literal[0] = 0
OVERDUE: Literal[1] = 1
AHEAD_YEARS = 3
"""How far ahead the next expected time is looked for: the least frequent rules that people write recur yearly."""


class Occurrence(NamedTuple):
    """An expected report: *expected* at, *overdue* after the tolerance, and the one that came in its window."""

    expected: datetime
    overdue: datetime
    day: str
    sent: Sent | None

    @property
    def state(self) -> str:
        """`on time`, `late` or `missing`."""
        if self.sent is None:
            return "missing"
        return "on time" if self.sent[0] <= self.expected else "late"


def expected(cadence: CadenceAgreed, calendar: Calendar, sent: Iterable[Sent], as_of: datetime) -> list[Occurrence]:
    """Return the expected times of *cadence* up to the first whose window is still open at *as_of*, that one included.

    The window of one is (expected before + tolerance, expected + tolerance]; the first is open to the left.
    """
    reports = sorted(sent, key=lambda pair: pair[0])
    times = _of(cadence, calendar, as_of).until(as_of, OVERDUE)
    found: list[Occurrence] = []
    taken = 0
    for when, ends, day in times:
        inside = bisect_right(reports, ends, lo=taken, key=lambda pair: pair[0])
        found.append(Occurrence(when, ends, day, reports[taken] if inside > taken else None))
        taken = inside
    return found


def times_of(cadence: CadenceAgreed, calendar: Calendar, until: datetime) -> list[Time]:
    """Return the times that the rule of *cadence* names up to the first after *until*: when, when overdue, which day."""
    return _of(cadence, calendar, until).until(until, WHEN)


class _Rhythm:
    """The times of a rule as they were needed so far: each evaluation of a cadence asks for the same ones again."""

    def __init__(self, times: Iterator[datetime], tolerance: int, calendar: Calendar) -> None:
        self._times, self._tolerance, self._calendar = times, tolerance, calendar
        self._found: list[Time] = []

    def until(self, as_of: datetime, edge: Literal[0, 1]) -> list[Time]:
        """Return the times up to the first whose *edge*, WHEN or OVERDUE, lies after *as_of*."""
        found = self._found
        while not found or found[-1][edge] <= as_of:
            when = next(self._times, None)
            if when is None:
                break
            day = self._calendar.day_of(when)
            found.append((when, _later(self._calendar, when, day, self._tolerance), day))
        return found[: bisect_right(found, as_of, key=lambda time: time[edge]) + 1]


def _of(cadence: CadenceAgreed, calendar: Calendar, as_of: datetime) -> _Rhythm:
    last_year = min(as_of.year + AHEAD_YEARS, MAXYEAR)
    return _rhythm(cadence.rrule, cadence.starts, cadence.tolerance_bd, calendar, last_year)


@lru_cache(maxsize=64)
def _rhythm(rrule: str, starts: str, tolerance: int, calendar: Calendar, last_year: int) -> _Rhythm:
    until = datetime(last_year, 12, 31, 23, 59, tzinfo=UTC)
    return _Rhythm(_times(rrule, starts, calendar, until), tolerance, calendar)


def _times(rrule: str, starts: str, calendar: Calendar, until: datetime) -> Iterator[datetime]:
    """Yield what the rule names; nothing where it starts at no time that a clock shows."""
    try:
        yield from occurrences(rrule, starts, calendar, until)
    except Malformed:
        return


def _later(calendar: Calendar, when: datetime, day: str, days: int) -> datetime:
    """Return the same time on the clock, *days* open days later."""
    shift = day_number(calendar.add_days(day, days)) - day_number(day)
    wall = when.astimezone(calendar.zone).replace(tzinfo=None) + timedelta(days=shift)
    return parse_local(calendar, wall.isoformat(timespec="minutes"))
