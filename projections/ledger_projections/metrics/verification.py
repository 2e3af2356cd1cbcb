"""Whether news is looked into before it is told (M08, domain 3.3.7; P32).

    reported_before_verified   told before it was verified, or never verified ÷ told
    refuted_after_reported     how many turned out to be untrue after they had been told
    verify_median_bh           the median of BH(aware_at, verified_at)
    n                          news that was told

Of news of every polarity. Verified is the first time that anybody looked into it, refuted what was found last.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ledger.calendars import parse_instant, unrounded_hours
from ledger.standing import tidings_of
from ledger.statistics.quantiles import median
from ledger_projections.metrics.figure import NONE_YET, Figure, Meaning, Metric

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.facts import Fact
    from ledger.standing import Tidings
    from ledger_projections.view import View


def figures(view: View) -> Iterator[Figure]:
    """Yield the figures of all news of the stream."""
    news = tidings_of(view.standing, view.state, parse_instant(view.as_of))
    told = [each for each in news if each.told]
    n, facts = len(told), _facts(told)
    unverified = sum(each.told_unverified for each in told)
    share = Decimal(unverified) / n if n else None
    yield Figure("reported_before_verified", share, n, facts, words="" if n else NONE_YET)
    yield Figure("refuted_after_reported", sum(each.refuted_after_told for each in told), n, facts)
    taken = {each.learned.event.news_id: each.verification for each in news}
    hours = [unrounded_hours(each) for each in taken.values() if each is not None]
    timed = _facts([each for each in news if taken[each.learned.event.news_id] is not None])
    middle = median(hours) if hours else None
    yield Figure("verify_median_bh", middle, len(hours), timed, words="" if hours else NONE_YET)
    yield Figure("n", n, n, facts)


def _facts(news: Sequence[Tidings]) -> Sequence[Fact[Any]]:
    found = ((each.learned, each.report, *each.verifications) for each in news)
    return [fact for facts in found for fact in facts if fact]


METRIC = Metric(
    "M08",
    "Verification",
    ("P32",),
    {
        "reported_before_verified": Meaning(
            "The share of news told that was told before anybody verified it.", "of 1", "higher"
        ),
        "refuted_after_reported": Meaning(
            "News that turned out to be untrue after it had been told.", "news", "higher"
        ),
        "verify_median_bh": Meaning(
            "From when we knew to when it was verified: half took no longer.", "business hours", "higher"
        ),
        "n": Meaning("News that was told.", "news"),
    },
    figures,
    frozenset({"engagement", "account"}),
)
