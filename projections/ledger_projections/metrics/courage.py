"""Who brings up what is wrong, and how long we knew before we did (M14, domain 3.3.7; P34, P47).

    raised_first     concerns that we were the first to raise, of all that were raised
    median_lag_bh    from when we felt one to when it was raised, whoever raised it; only where somebody said that they felt it
    n                concerns that were raised

What is felt and not raised yet is in neither: nobody was first. The signal `A-unraised` speaks of it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ledger.calendars import parse_instant, unrounded_hours
from ledger.standing import misgivings_of
from ledger.statistics.quantiles import median
from ledger_projections.metrics.figure import NONE_YET, Figure, Meaning, Metric

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger_projections.view import View


def figures(view: View) -> Iterator[Figure]:
    """Yield the figures of the engagement, or of the account alone."""
    found = misgivings_of(view.standing, view.dialogue, parse_instant(view.as_of))
    told = [(one, one.concern.raised) for one in found if one.concern.raised]
    raised = [fact for _, fact in told]
    ours = sum(fact.event.raised_by == "provider" for fact in raised)
    lags = [(unrounded_hours(one.lag), one.facts) for one, _ in told if one.lag is not None]
    share = Decimal(ours) / len(raised) if raised else None
    lag = median(hours for hours, _ in lags) if lags else None
    behind = [fact for _, facts in lags for fact in facts]
    yield Figure("raised_first", share, len(raised), raised, words="" if raised else NONE_YET)
    yield Figure("median_lag_bh", lag, len(lags), behind, words="" if lags else NONE_YET)
    yield Figure("n", len(raised), len(raised), raised)


METRIC = Metric(
    "M14",
    "Courage",
    ("P34", "P47"),
    {
        "raised_first": Meaning("The share of concerns raised that we were the first to raise.", "of 1", "lower"),
        "median_lag_bh": Meaning(
            "The median time from feeling a concern to its being raised.", "business hours", "higher"
        ),
        "n": Meaning("Concerns raised.", "concerns"),
    },
    figures,
    frozenset({"engagement", "account"}),
)
