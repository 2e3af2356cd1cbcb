"""How steadily a record was kept, from its own entries: how soon after the fact, how often, and where it fell silent (M19).

- A lag is what M19 says: from when it was known, else from when it was so, to when it was written down. Entries that
  state neither have none, and are counted apart.
- The rhythm of a record is the lag that nine in ten of the entries before the first dispute kept to (nearest rank); of
  all entries where there is no dispute. It is a measure of this record alone, and no rule for others.
- A silence is what lies between two entries, or after the last: the open days on which nothing was written down.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from ledger.standing.scores import rounded
from ledger.statistics.quantiles import NINE_IN_TEN, median, nearest_rank
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from ledger.calendars import Calendar

GRADES = "ABCD"


class Mark(NamedTuple):
    """When one entry was written down, what and by whom, and how long after the fact."""

    position: int
    kind: str
    recorder: str
    recorded: str
    day: str
    """The day it was written down on."""
    lag: Decimal | None
    grade: str | None
    after_dispute: bool = False
    """Whether it was written down after a dispute on its subject was raised."""


class Tally(NamedTuple):
    """How many marks have each grade, those without one last, and the median lag of those that have one."""

    grades: Mapping[str, int]
    ungraded: int
    median: Decimal | None

    @property
    def graded(self) -> int:
        """Return how many have a grade."""
        return sum(self.grades.values())

    @property
    def total(self) -> int:
        """Return how many there are."""
        return self.graded + self.ungraded


class Silence(NamedTuple):
    """A stretch without an entry: after the entry at *after*, before the one at *before*, or to now."""

    after: int
    before: int | None
    first: str
    last: str
    open_days: int


class Rhythm(NamedTuple):
    """The usual *lag*, of how many entries it was taken, and how many before and after the dispute kept to it."""

    lag: Decimal
    taken_of: int
    before: tuple[int, int]
    """How many kept to it, of how many that have a lag."""
    after: tuple[int, int] | None
    """None where there is no dispute."""


def tally(marks: Iterable[Mark]) -> Tally:
    """Count *marks* by grade."""
    marks = list(marks)
    grades = Counter(mark.grade for mark in marks if mark.grade)
    lags = [mark.lag for mark in marks if mark.lag is not None]
    return Tally({g: grades[g] for g in GRADES}, len(marks) - grades.total(), rounded(median(lags)) if lags else None)


def weeks(marks: Sequence[Mark]) -> list[tuple[str, int]]:
    """Return each week from the first mark to the last, by its Monday, with how many entries it has."""
    counts = Counter(_monday(mark.day) for mark in marks)
    first, last = min(counts, default=date.max), max(counts, default=date.min)
    count = (last - first).days // 7 + 1
    days = (first + timedelta(days=7 * number) for number in range(max(count, 0)))
    return [(day.isoformat(), counts[day]) for day in days]


def silences(marks: Sequence[Mark], calendar: Calendar, today: str) -> list[Silence]:
    """Return the stretches of open days without an entry, the longest first, ties in the order of time."""
    ordered = sorted(marks, key=lambda mark: (mark.day, mark.position))
    found = [_silence(calendar, a, b.day, b.position) for a, b in pairwise(ordered)]
    found += [_silence(calendar, ordered[-1], today, None)] if ordered else []
    return sorted((one for one in found if one.open_days), key=lambda one: (-one.open_days, one.after))


def rhythm(marks: Sequence[Mark], dispute: int | None) -> Rhythm | None:
    """Return the rhythm of *marks*, of which the one at *dispute* raised the first dispute; None where none has a lag."""
    before = [mark.lag for mark in marks if mark.lag is not None and (dispute is None or mark.position < dispute)]
    after = [mark.lag for mark in marks if mark.lag is not None and dispute is not None and mark.position > dispute]
    if not before:
        return None
    usual = nearest_rank(before, *NINE_IN_TEN)
    kept, late = (sum(lag <= usual for lag in lags) for lags in (before, after))
    return Rhythm(usual, len(before), (kept, len(before)), None if dispute is None else (late, len(after)))


def _silence(calendar: Calendar, last: Mark, until: str, before: int | None) -> Silence:
    """Return what lies between a mark and the day *until*, on which there was an entry again, unless *before* is None."""
    days = calendar.open_days(last.day, until)
    if before is not None and days and days[-1] == until:
        days.pop()
    return Silence(last.position, before, days[0] if days else until, days[-1] if days else until, len(days))


def _monday(day: str) -> date:
    found = date.fromisoformat(day)
    return found - timedelta(days=found.weekday())
