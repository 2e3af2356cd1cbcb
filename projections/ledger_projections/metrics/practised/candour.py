"""What the practices of candour and anticipation ask to see (P35, P47, P59).

P35  admitted          news that we said was our mistake, and `admit_median_bh`, how long after we knew it
P47  confirmed         what we felt to be off, by intuition, and that proved to be so, of all that we felt so
P59  offered, adopted  ideas that we brought, and the share of them that was taken up

An intuition that nobody has settled yet is not confirmed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import parse_instant, unrounded_hours
from ledger.standing import misgivings_of, tidings_of
from ledger.statistics.quantiles import median
from ledger_projections.metrics.figure import NONE_YET, Figure, Meaning, Metric
from ledger_projections.metrics.practised.share import all_of, share

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from ledger.standing import Misgiving, Tidings
    from ledger_projections.view import View

BOTH = frozenset({"engagement", "account"})


def admitted(view: View) -> Iterator[Figure]:
    """Yield how often we said that it was our mistake, and how soon."""
    news = tidings_of(view.standing, view.dialogue, parse_instant(view.as_of))
    ours = [one for one in news if one.admission]
    facts = all_of(one.facts for one in ours)
    delays = [delay for one in ours if (delay := _admitting(one)) is not None]
    yield Figure("admitted", len(ours), len(ours), facts)
    words = "" if delays else NONE_YET
    yield Figure("admit_median_bh", median(delays) if delays else None, len(delays), facts, words=words)


def intuitions(view: View) -> Iterator[Figure]:
    """Yield how many of our intuitions proved right."""
    concerns = misgivings_of(view.standing, view.dialogue, parse_instant(view.as_of))
    felt = [one for one in concerns if one.concern.felt and one.concern.felt.event.intuition]
    yield share("confirmed", [_is_confirmed(one) for one in felt], all_of(one.facts for one in felt))


def ideas(view: View) -> Iterator[Figure]:
    """Yield how many ideas we brought, and how many of them were taken up."""
    offered = [(idea.offered, idea.decided) for idea in view.dialogue.ideas.values() if idea.offered]
    facts = all_of([fact for fact in pair if fact] for pair in offered)
    yield Figure("offered", len(offered), len(offered), facts)
    yield share("adopted", [bool(said and said.event.outcome == "adopted") for _, said in offered], facts)


def _admitting(news: Tidings) -> Decimal | None:
    """Return how long we knew of a mistake before we said that it was ours; None where nobody said when we knew."""
    if news.aware is None or news.admission is None:
        return None
    return unrounded_hours(news.calendar.business_microseconds(news.aware, news.admission))


def _is_confirmed(concern: Misgiving) -> bool:
    resolved = concern.concern.resolved
    return bool(resolved and resolved.event.confirmed)


METRICS = (
    Metric(
        "P35", "Mistakes admitted", ("P35",),
        {
            "admitted": Meaning("How often we said that it was our mistake.", "news"),
            "admit_median_bh": Meaning("From when we knew to when we said so, half of them.", "business hours", "higher"),
        },
        admitted, BOTH,
    ),
    Metric(
        "P47", "Intuition", ("P47",),
        {"confirmed": Meaning("The share of intuitions that proved right.", "of 1")}, intuitions, BOTH,
    ),
    Metric(
        "P59", "Ideas", ("P59",),
        {
            "offered": Meaning("Ideas that we brought.", "ideas"),
            "adopted": Meaning("The share of them that was taken up.", "of 1", "lower"),
        },
        ideas, BOTH,
    ),
)  # fmt: skip
