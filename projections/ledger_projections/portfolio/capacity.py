"""More promised for a week than there is time for (P19).

The effort of a milestone falls evenly on the open days from its start, or from today, to its date in force; a capacity
evenly on the open days of its span. Weeks that no capacity was stated for are not judged.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger_projections.days import day_words
from ledger_projections.portfolio.found import Found, named
from ledger_projections.portfolio.gathered import midnight

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger_projections.portfolio.gathered import Gathered
    from ledger_projections.portfolio.open_days import OpenDays

    Row = dict[str, Any]
    Spread = Mapping[int, Sequence[tuple[Row, Decimal]]]

LONGEST = 3 * 366
"""No span is counted further than this, in days: capacities are stated for weeks and months."""


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


def weeks(gathered: Gathered) -> Iterator[Week]:
    """Yield each week from this one on that a capacity was stated for, the first one first."""
    if not gathered.part("capacity"):
        return
    calendar = gathered.open_days
    today = gathered.today(calendar.zone)
    promised, stated = _promised(gathered, calendar, today), _stated(gathered, calendar, today)
    for monday in sorted(stated):
        yield Week(monday, promised.get(monday, ()), stated[monday])


def overcommitted(gathered: Gathered) -> Iterator[Found]:
    """Yield a signal for the first week of which more is promised than our policy allows."""
    for week in weeks(gathered):
        limit = Decimal(str(week.stated[0][0]["policy"]))
        if week.promised and week.committed > limit * week.capacity:
            yield _found(gathered, week)
            return


def _found(gathered: Gathered, week: Week) -> Found:
    most, _ = max(week.promised, key=lambda promise: promise[1])
    milestone = most["subject"].partition(":")[2]
    begins = midnight(week.monday, gathered.open_days.zone)
    words = f"{week.committed:.1f} days promised in the week of {day_words(week.name, gathered.as_of)}"
    return Found(
        "A-overcommitted",
        "P19",
        "practice",
        {},
        "practice",
        max(row["since"] for row, _ in week.promised),
        says=f"{words}, there are {week.capacity:.1f}",
        also=f"most of it for {named(most)} {milestone}",
        command=f"engage rescheduled {named(most)} {milestone}",
        counts_from=begins,
        deadline=begins,
        occurrence=week.name,
        positions=[row["position"] for row, _ in week.promised],
        rows=[row for row, _ in (*week.promised, *week.stated)],
    )


def _stated(gathered: Gathered, calendar: OpenDays, today: int) -> Spread:
    found: dict[int, list[tuple[Row, Decimal]]] = defaultdict(list)
    for row in gathered.part("capacity"):
        for monday, days in _spread(row, _ordinal(row["first_on"]), _ordinal(row["last_on"]), calendar):
            if monday >= _monday(today):
                found[monday].append((row, days))
    return found


def _promised(gathered: Gathered, calendar: OpenDays, today: int) -> Spread:
    found: dict[int, list[tuple[Row, Decimal]]] = defaultdict(list)
    for row in gathered.part("effort"):
        starts = max(_ordinal(row["first_on"]) if row["first_on"] else today, today)
        for monday, days in _spread(row, starts, max(starts, _ordinal(row["last_on"])), calendar):
            found[monday].append((row, days))
    return found


def _spread(row: Row, first: int, last: int, calendar: OpenDays) -> Iterator[tuple[int, Decimal]]:
    """Yield how many of the days of *row* fall into each week, by the ordinal of its Monday."""
    days = calendar.between(first, min(last, first + LONGEST)) or [last]
    amount = Decimal(str(row["amount"]))
    yield from ((monday, amount * count / len(days)) for monday, count in Counter(map(_monday, days)).items())


def _monday(day: int) -> int:
    return day - (day - 1) % 7


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()
