"""When reports were expected, and which of them came (M09)."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from ledger.calendars import day_number, occurrences, parse_local
from ledger.errors import Malformed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from ledger.calendars import Calendar
    from ledger.events import CadenceAgreed, StatusReportSent
    from ledger.facts import Fact

    Sent = tuple[datetime, Fact[StatusReportSent]]

AHEAD = timedelta(days=800)
"""How far ahead the next expected time is looked for: the least frequent rules that people write recur yearly."""


@dataclass(frozen=True, slots=True)
class Occurrence:
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
    found: list[Occurrence] = []
    for when in _times(cadence, calendar, as_of + AHEAD):
        day = calendar.day_of(when)
        ends = _later(calendar, when, day, cadence.tolerance_bd)
        inside = bisect_right(reports, ends, key=lambda pair: pair[0])
        found.append(Occurrence(when, ends, day, reports[0] if inside else None))
        del reports[:inside]
        if ends > as_of:
            break
    return found


def _times(cadence: CadenceAgreed, calendar: Calendar, until: datetime) -> Iterator[datetime]:
    """Yield what the rule names; nothing where it starts at no time that a clock shows."""
    try:
        yield from occurrences(cadence.rrule, cadence.starts, calendar, until)
    except (Malformed, OverflowError):
        return


def _later(calendar: Calendar, when: datetime, day: str, days: int) -> datetime:
    """Return the same time on the clock, *days* open days later."""
    shift = day_number(calendar.add_days(day, days)) - day_number(day)
    wall = when.astimezone(calendar.zone).replace(tzinfo=None) + timedelta(days=shift)
    return parse_local(calendar, wall.isoformat(timespec="minutes"))
