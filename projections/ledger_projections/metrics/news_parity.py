"""Whether bad news is told as fast as good (M07, domain 3.3.7; P31).

    B, G       the median of BH(aware_at, reported_at) over bad news, and over good; as parity is bad_median_bh, good_median_bh
    delta_bh   B - G;  ratio  B / G, where G > 0
    flagged    with three of each: whether B - G is more than our policy parity_delta_bh allows
    p          with four of each: that bad news is slower than good by chance alone, Mann-Whitney, exact, one-sided

News that nobody has told yet enters the medians and the ranks at its age so far, so that keeping silent never looks like haste.
News that was refuted before anybody was told is left out. Slips are M02, not news.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ledger.calendars import parse_instant, unrounded_hours
from ledger.standing import day_in, tidings_of
from ledger.statistics.quantiles import median
from ledger.statistics.ranks import chance_above
from ledger.values.named import NamedTuple
from ledger_projections.metrics.figure import NONE_YET, TOO_FEW, Figure, Meaning, Metric

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.facts import Fact
    from ledger.standing import Tidings
    from ledger_projections.view import View

FEW = 3
"""With fewer of either, nothing is flagged."""
TESTED = 4
"""With fewer of either, even the clearest order has a p above 0.05."""


class Told(NamedTuple):
    """News of one polarity: how long each took, or has taken so far, how many are untold, and what they stand on.

    The facts name what was left out, too, for whoever takes back that it was refuted changes the figures.
    """

    hours: Sequence[Decimal]
    untold: int
    facts: Sequence[Fact[Any]]

    @property
    def n(self) -> int:
        """Return how many there are."""
        return len(self.hours)

    @property
    def median(self) -> Decimal | None:
        """Return the median; None where there are none."""
        return median(self.hours) if self.hours else None


def figures(view: View) -> Iterator[Figure]:
    """Yield the figures of all news of the stream."""
    news = tidings_of(view.standing, view.state, parse_instant(view.as_of))
    bad, good = (_told([each for each in news if each.learned.event.polarity == one]) for one in ("bad", "good"))
    for name, told in (("good", good), ("bad", bad)):
        so_far = f"{told.untold} not told, at their age so far" if told.untold else ""
        words = so_far if told.n else NONE_YET
        yield Figure(f"{name}_median_bh", told.median, told.n, told.facts, words=words)
    for name, told in (("good", good), ("bad", bad)):
        yield Figure(f"n_{name}", told.n, told.n, told.facts)
    yield from _compared(view, bad, good)


def _told(news: Sequence[Tidings]) -> Told:
    counted = [(each, open_time) for each in news if (open_time := each.disclosure) is not None]
    facts = [fact for each in news for fact in (each.learned, *each.verifications, each.report) if fact]
    hours = [unrounded_hours(open_time) for _, open_time in counted]
    return Told(hours, sum(each.told is None for each, _ in counted), facts)


def _compared(view: View, bad: Told, good: Told) -> Iterator[Figure]:
    n, facts, fewest = bad.n + good.n, [*bad.facts, *good.facts], min(bad.n, good.n)
    few = TOO_FEW if fewest < FEW else ""
    delta = None if bad.median is None or good.median is None else bad.median - good.median
    yield Figure("delta_bh", delta, n, facts, words=few)
    yield Figure(
        "ratio", bad.median / good.median if bad.median is not None and good.median else None, n, facts, words=few
    )
    chance = chance_above(bad.hours, good.hours) if fewest >= TESTED else None
    p = Decimal(chance.numerator) / chance.denominator if chance is not None else None
    yield Figure("p", p, n, facts, words="" if chance is not None else TOO_FEW)
    limit = view.standing.number("parity_delta_bh", day_in(view.practice, view.as_of))
    yield Figure("flagged", None if few or delta is None else delta > limit, n, facts, words=few)


METRIC = Metric(
    "M07",
    "News parity",
    ("P31",),
    {
        "good_median_bh": Meaning(
            "From when we knew good news to when they were told: half took no longer.", "business hours"
        ),
        "bad_median_bh": Meaning(
            "From when we knew bad news to when they were told: half took no longer.", "business hours", "higher"
        ),
        "n_good": Meaning("Good news that is counted.", "news"),
        "n_bad": Meaning("Bad news that is counted.", "news"),
        "delta_bh": Meaning("By how much bad news takes longer; below zero, it is faster.", "business hours", "higher"),
        "ratio": Meaning("How many times as long bad news takes.", worse="higher"),
        "p": Meaning("How likely bad news would be as slow as that, beside good, by chance alone.", "of 1", "lower"),
        "flagged": Meaning(
            "Whether bad news takes longer than our policy parity_delta_bh allows.", "yes or no", "higher"
        ),
    },
    figures,
    frozenset({"engagement", "account"}),
)
