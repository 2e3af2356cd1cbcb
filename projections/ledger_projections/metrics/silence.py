"""How long the client heard nothing from us (M10, domain 3.3.7; P24, P26).

    longest_bd, longest_bh    the longest silence between two words of ours, or since the last one
    current_bd, current_bh    the silence since the last one; none before the first

A word is what `ledger.standing.spoken` says: outbound contacts of substance, reports, news and slips told, requests, answers,
holding replies, reviews. Time is counted in the calendar of the agreement in force, up to the close of the engagement; the
longest in days need not be the longest in hours.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ledger.calendars import hours, parse_instant
from ledger.standing import closed_at, spoken
from ledger.values.named import NamedTuple
from ledger_projections.metrics.figure import NONE_YET, Figure, Meaning, Metric

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from ledger.calendars import Calendar
    from ledger.facts import Fact
    from ledger_projections.view import View

    Word = tuple[datetime, Fact[Any]]

FIGURES = ("longest_bd", "longest_bh", "current_bd", "current_bh")


class Silence(NamedTuple):
    """A stretch in which we said nothing, and the words around it; after the last one there is none yet."""

    since: datetime
    until: datetime
    facts: Sequence[Fact[Any]]

    def bd(self, calendar: Calendar) -> int:
        """Return how many business days it lasts."""
        return calendar.bd(calendar.day_of(self.since), calendar.day_of(self.until))

    def open_time(self, calendar: Calendar) -> int:
        """Return how much open time it lasts, in microseconds."""
        return calendar.business_microseconds(self.since, self.until)


def figures(view: View) -> Iterator[Figure]:
    """Yield the figures of the engagement, or of the account alone."""
    as_of = parse_instant(view.as_of)
    calendar, silences = view.standing.calendar(as_of), silences_of(view, as_of)
    if not silences:
        yield from (Figure(name, None, 0, (), words=NONE_YET) for name in FIGURES)
        return
    n, current = len(silences), silences[-1]
    by_days = max(silences, key=lambda silence: silence.bd(calendar))
    by_time = max(silences, key=lambda silence: silence.open_time(calendar))
    yield Figure("longest_bd", by_days.bd(calendar), n, by_days.facts)
    yield Figure("longest_bh", hours(by_time.open_time(calendar)), n, by_time.facts)
    yield Figure("current_bd", current.bd(calendar), n, current.facts)
    yield Figure("current_bh", hours(current.open_time(calendar)), n, current.facts)


def silences_of(view: View, as_of: datetime) -> list[Silence]:
    """Return the silence after each word of ours, oldest first; the last of them lasts until now."""
    words = _words(view, as_of)
    between = [Silence(a, b, [fact, next_]) for (a, fact), (b, next_) in pairwise(words)]
    return [*between, *_since(view, as_of, words)]


def silence_now(view: View) -> Silence | None:
    """Return the silence since the last word of ours, if there was one."""
    as_of = parse_instant(view.as_of)
    return next(_since(view, as_of, _words(view, as_of)), None)


def _words(view: View, as_of: datetime) -> list[Word]:
    return [word for word in spoken(view.standing, view.dialogue) if word[0] <= as_of]


def _since(view: View, as_of: datetime, words: Sequence[Word]) -> Iterator[Silence]:
    for said, fact in words[-1:]:
        closed = closed_at(view.standing)
        yield Silence(said, max(said, min(as_of, closed or as_of)), [fact])


METRIC = Metric(
    "M10",
    "Silence",
    ("P24", "P26"),
    {
        "longest_bd": Meaning(
            "The longest that we said nothing, the silence so far included.", "business days", "higher"
        ),
        "longest_bh": Meaning(
            "The longest that we said nothing, the silence so far included.", "business hours", "higher"
        ),
        "current_bd": Meaning("Since we last said something.", "business days", "higher"),
        "current_bh": Meaning("Since we last said something.", "business hours", "higher"),
    },
    figures,
    frozenset({"engagement", "account"}),
)
