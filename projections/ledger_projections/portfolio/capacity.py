"""More promised for a week than there is time for (P19).

The effort of a milestone falls evenly on the open days from its start, or from today, to its date in force; a capacity
evenly on the open days of its span. Weeks that no capacity was stated for are not judged.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ledger.values.named import NamedTuple
from ledger_projections.days import day_words
from ledger_projections.portfolio.found import Found, named
from ledger_projections.portfolio.gathered import midnight

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger_projections.portfolio.gathered import Gathered
    from ledger_projections.portfolio.open_days import OpenDays

    Row = dict[str, Any]
    Spread = Mapping[int, Sequence[tuple[Row, Decimal]]]

WEEKS = 156
"""So many weeks are judged, from this one on: three years, for capacities are stated for weeks and months, not for ever.
What is longer gives each of them its share all the same."""
HORIZON = 13
"""So many weeks ahead too much is a signal: a quarter, in which the terms are gone through with every client once (P04), so
that what lies farther ahead can be put right there. It would stand on each morning until then; here it is counted beside."""


class Week(NamedTuple):
    """A week by the ordinal of its Monday: what is *promised* for it, and the capacity *stated*, each with its days."""

    monday: int
    promised: Sequence[tuple[Row, Decimal]]
    stated: Sequence[tuple[Row, Decimal]]

    @property
    def name(self) -> str:
        """Return the day it begins with."""
        return date.fromordinal(self.monday).isoformat()

    @property
    def committed(self) -> Decimal:
        """Return the days that are promised."""
        return sum((days for _, days in self.promised), Decimal(0))

    @property
    def capacity(self) -> Decimal:
        """Return the days that there are."""
        return sum((days for _, days in self.stated), Decimal(0))

    @property
    def is_over(self) -> bool:
        """Return whether more is promised than our policy allows."""
        limit = Decimal(str(self.stated[0][0]["policy"]))
        return bool(self.promised) and self.committed > limit * self.capacity

    @property
    def rows(self) -> list[Row]:
        """Return the rows that it is judged by."""
        return [row for row, _ in (*self.promised, *self.stated)]


def weeks(gathered: Gathered) -> Iterator[Week]:
    """Yield each of the weeks to be judged that a capacity was stated for, the first one first."""
    if not gathered.part("capacity"):
        return
    calendar = gathered.open_days
    today = gathered.today(calendar.zone)
    promised, stated = _promised(gathered, calendar, today), _stated(gathered, calendar, today)
    for monday in sorted(stated):
        yield Week(monday, promised.get(monday, ()), stated[monday])


def overcommitted(gathered: Gathered) -> Iterator[Found]:
    """Yield a signal for the first week of which more is promised than our policy allows, once it is within the horizon."""
    over = [week for week in weeks(gathered) if week.is_over]
    if over and over[0].monday - 7 * HORIZON <= gathered.today(gathered.open_days.zone):
        yield _found(gathered, over[0], over[1:])


def _found(gathered: Gathered, first: Week, more: Sequence[Week]) -> Found:
    most, _ = max(first.promised, key=lambda promise: promise[1])
    milestone = most["subject"].partition(":")[2]
    begins = midnight(first.monday, gathered.open_days.zone)
    words = f"{first.committed:.1f} days promised in the week of {day_words(first.name, gathered.as_of)}"
    return Found(
        "A-overcommitted",
        "P19",
        "practice",
        {},
        "practice",
        _raised(first, gathered.open_days.zone),
        says=f"{words}, there are {first.capacity:.1f}",
        also=f"most of it for {named(most)} {milestone}{_and(more, gathered.as_of)}",
        command=f"engage rescheduled {named(most)} {milestone}",
        counts_from=begins,
        deadline=begins,
        occurrence=first.name,
        positions=[row["position"] for week in (first, *more) for row, _ in week.promised],
        rows=[row for week in (first, *more) for row in week.rows],
    )


def _raised(first: Week, zone: str) -> str:
    """Return from when it is a signal: all that makes it one is said, and the week is near enough."""
    said = max(str(row["since"]) for row in first.rows)
    near = first.monday - 7 * HORIZON
    return max(said, midnight(near, zone)) if near >= _ordinal(said[:10]) else said


def _and(more: Sequence[Week], as_of: str) -> str:
    """Return in words of how many weeks besides too much is promised."""
    if not more:
        return ""
    last = f"that of {day_words(more[-1].name, as_of)}"
    return (
        f"; too much in {len(more)} more weeks, the last {last}" if more[1:] else f"; too much in 1 more week, {last}"
    )


def _stated(gathered: Gathered, calendar: OpenDays, today: int) -> Spread:
    found: dict[int, list[tuple[Row, Decimal]]] = defaultdict(list)
    for row in gathered.part("capacity"):
        for monday, days in _spread(row, _ordinal(row["first_on"]), _ordinal(row["last_on"]), calendar, today):
            found[monday].append((row, days))
    return found


def _promised(gathered: Gathered, calendar: OpenDays, today: int) -> Spread:
    found: dict[int, list[tuple[Row, Decimal]]] = defaultdict(list)
    for row in gathered.part("effort"):
        starts = max(_ordinal(row["first_on"]) if row["first_on"] else today, today)
        for monday, days in _spread(row, starts, max(starts, _ordinal(row["last_on"])), calendar, today):
            found[monday].append((row, days))
    return found


def _spread(row: Row, first: int, last: int, calendar: OpenDays, today: int) -> Iterator[tuple[int, Decimal]]:
    """Yield how many of the days of *row* fall into each week that is judged, by the ordinal of its Monday."""
    if not (every := calendar.count(first, last)):
        first, every = last, 0
    amount, this = Decimal(str(row["amount"])), _monday(today)
    for monday in range(max(this, _monday(first)), min(last, this + 7 * WEEKS - 1) + 1, 7):
        count = calendar.count(max(first, monday), min(last, monday + 6)) if every else 1
        if count:
            yield monday, amount * count / (every or 1)


def _monday(day: int) -> int:
    return day - (day - 1) % 7


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()
