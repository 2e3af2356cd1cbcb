"""Opening hours of one zone laid onto UTC: an instant is open when the wall clock then shows an open time.

So an opening is longer on the night that an hour comes twice, shorter when one is left out, and a date the zone
never had (Samoa's 2011-12-30) is not open at all.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from zoneinfo import ZoneInfo

from ledger.calendars.clock import MICROSECOND, from_microseconds
from ledger.calendars.opening import Openings
from ledger.values.named import NamedTuple

DAY = 86_400_000_000

_SECOND = 1_000_000
_STEP = 3 * DAY
_THURSDAY = 3  # 1970-01-01 was one
# A zone's wall clock runs over the ends of Python's years 1 and 9999; its offset is asked two days inside.
_FIRST_ASKED, _LAST_ASKED = -719_160 * DAY, 2_932_894 * DAY


class Span(NamedTuple):
    """Open from *start* to *end*, UTC microseconds, on the zone's day number *day*."""

    start: int
    end: int
    day: int


class Hours(NamedTuple):
    """A zone, what a week looks like from Monday, and the days that differ."""

    zone: ZoneInfo
    week: tuple[Openings, ...]
    exceptions: Mapping[int, Openings]

    def __hash__(self) -> int:
        return hash((self.zone, self.week))  # a mapping has none

    def on(self, day: int) -> Openings:
        """Answer the openings of a day number, by the wall clock."""
        found = self.exceptions.get(day)
        return self.week[(day + _THURSDAY) % 7] if found is None else found

    def spans(self, start: int, end: int) -> Iterator[Span]:
        """Give what is open in [*start*, *end*), UTC microseconds, in order."""
        for first, last, offset in _stretches(self.zone, start, end):
            for day in range((first + offset) // DAY, (last - 1 + offset) // DAY + 1):
                midnight = day * DAY - offset
                for opening in self.on(day):
                    opens, closes = max(first, midnight + opening.start), min(last, midnight + opening.end)
                    if opens < closes:
                        yield Span(opens, closes, day)


def offset_at(zone: ZoneInfo, when: int) -> int:
    """Answer by how many microseconds the wall clock of *zone* is ahead of UTC at *when*."""
    asked = from_microseconds(max(_FIRST_ASKED, min(when, _LAST_ASKED))).astimezone(zone)
    return (asked.utcoffset() or timedelta(0)) // MICROSECOND


def local_day(zone: ZoneInfo, when: int) -> int:
    """Answer the day number that the calendar on the wall of *zone* shows at *when*."""
    return (when + offset_at(zone, when)) // DAY


def _stretches(zone: ZoneInfo, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Cut [*start*, *end*) where the offset changes; no zone of tzdata ever changed twice in three days."""
    begun, offset = start, offset_at(zone, start)
    for asked in range(start, end, _STEP):
        until = min(asked + _STEP, end)
        after = offset_at(zone, until)
        if after != offset:
            change = _change(zone, asked, until, offset)
            yield begun, change, offset
            begun, offset = change, after
    if begun < end:
        yield begun, end, offset


def _change(zone: ZoneInfo, low: int, high: int, offset: int) -> int:
    """Find the first whole second in (*low*, *high*] at which the offset is no longer *offset*."""
    low, high = low // _SECOND, high // _SECOND
    while high - low > 1:
        middle = (low + high) // 2
        if offset_at(zone, middle * _SECOND) == offset:
            low = middle
        else:
            high = middle
    return high * _SECOND
