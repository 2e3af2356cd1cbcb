"""Business time as the table of calendars holds it: what was open around the present, so that a glance counts nothing.

    {"from": 1704067200, "until": 1798761600, "spans": [[1704186000, 1704214800, 738886], …]}

Seconds since 1970 and, for each span, the ordinal of its day in the zone of the calendar.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.calendars import Calendar

YEARS = (-1, 4)
"""From the first day of the year before a calendar was recorded to the last of the third year after."""
EPOCH = 719_163
"""The ordinal of 1970-01-01."""
DAY = 86_400 * 1_000_000
"""Microseconds."""
_SECOND = 1_000_000
MANY_HOURS = 80
"""Nobody counts more hours than those of two weeks: people are told days instead."""
_BEGIN, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


class Age(NamedTuple):
    """Business time: open microseconds, and open days after the first, up to the last."""

    microseconds: int
    days: int

    @property
    def hours(self) -> str:
        """The hours with three decimals, half to even (domain Part 2)."""
        thousandths = half_even(self.microseconds, 3600 * 1000)
        return f"{thousandths // 1000}.{thousandths % 1000:03d}"

    @property
    def tenths(self) -> str:
        """The hours with one decimal, for a glance."""
        tenths = half_even(self.microseconds, 3600 * 100_000)
        return f"{tenths // 10}.{tenths % 10}"

    @property
    def words(self) -> str:
        """The hours with their unit, for a glance; the days where two weeks of hours have passed."""
        return (
            f"{self.days} business days"
            if self.microseconds > MANY_HOURS * 3600 * _SECOND
            else f"{self.tenths} business hours"
        )


def spans_of(calendar: Calendar, recorded: str) -> dict[str, Any]:
    """Return what *calendar* has open in the years around the instant it was *recorded* at."""
    first, last = (unix(f"{int(recorded[:4]) + years:04d}-01-01T00:00:00.000000Z") // _SECOND for years in YEARS)
    spans = calendar.hours.spans(first * _SECOND, last * _SECOND)
    return {
        "from": first,
        "until": last,
        "spans": [[span.start // _SECOND, span.end // _SECOND, span.day + EPOCH] for span in spans],
    }


class OpenTimes(NamedTuple):
    """The same, ready to be asked: what was open *before* each span, and the days that are open at all."""

    first: int
    last: int
    starts: Sequence[int]
    ends: Sequence[int]
    before: Sequence[int]
    days: Sequence[int]

    def until(self, when: int) -> int:
        """Count the open microseconds to *when*."""
        at = bisect_right(self.starts, when) - 1
        return self.before[at] + min(when, self.ends[at]) - self.starts[at] if at >= 0 else 0


def read_open_times(held: Mapping[str, Any]) -> OpenTimes:
    """Return what the table holds, ready to be asked."""
    starts = [start * _SECOND for start, _, _ in held["spans"]]
    ends = [end * _SECOND for _, end, _ in held["spans"]]
    before = list(accumulate((end - start for start, end in zip(starts, ends, strict=True)), initial=0))
    days = sorted({day for _, _, day in held["spans"]})
    return OpenTimes(held["from"] * _SECOND, held["until"] * _SECOND, starts, ends, before, days)


def calendar_row(rows: Sequence[Mapping[str, Any]], name: str, day: str) -> Mapping[str, Any] | None:
    """Return the row that `Practice.calendar` goes by: valid on *day* before any, of this name before the default.

    The *rows* are in the order in which they hold.
    """
    for wanted in (name, "default"):
        named = [row for row in rows if row["calendar"] == wanted]
        valid = [row for row in named if row["valid_from"] <= day]
        if named:
            return (valid or named[::-1])[-1]
    return None


def age_in(times: OpenTimes, since: str, until: str, days: Sequence[int]) -> Age | None:
    """Return the business time from *since* to *until*, whose days have the ordinals *days*; None where it is not held."""
    a, b = unix(since), unix(until)
    if a < times.first or b >= times.last:
        return None
    open_days = bisect_right(times.days, days[1]) - bisect_right(times.days, days[0])
    return Age(max(0, times.until(b) - times.until(a)), open_days)


@lru_cache(maxsize=64)
def unix(moment: str) -> int:
    """Return the microseconds from 1970 to an instant; all that a glance counts, it counts to the same one."""
    return (datetime.fromisoformat(moment) - _BEGIN) // _MICROSECOND


def half_even(number: int, divisor: int) -> int:
    """Return a quotient rounded, of two as near the even one."""
    whole, rest = divmod(number, divisor)
    return whole + (2 * rest > divisor or (2 * rest == divisor and whole % 2))
