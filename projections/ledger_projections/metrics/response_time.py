"""How soon a client who asks hears from us, and has the answer (M06, domain 3.3.7; P22, P23).

    first_…_bh        BH(received, the first word back: a holding reply or the answer)
    resolution_…_bh   BH(received, answered)
    median            the mean of the middle two;  p90  the ⌈0.9 n⌉-th smallest
    open              requests that still wait, with the age of the oldest: they are in no median, and not forgotten
    promises_kept     holding replies whose promise the answer kept, of promises_n that were kept or broken

Of requests received that need a reply. A promise that may still be kept counts in neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.calendars import parse_instant, unrounded_hours
from ledger.events import RequestReceived
from ledger.standing import requests_of
from ledger.statistics.quantiles import NINE_IN_TEN, median, nearest_rank
from ledger_projections.metrics.figure import NONE_YET, Figure, Meaning, Metric

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger.facts import Fact
    from ledger.standing import Asked
    from ledger_projections.view import View


def figures(view: View) -> Iterator[Figure]:
    """Yield the figures of all requests of the stream."""
    received = [asked for asked in _asked(view) if isinstance(asked.asked.event, RequestReceived) and asked.needs_reply]
    waiting = [asked for asked in received if asked.is_open]
    yield from _quantiles("first", {a.name: a.first for a in received}, received)
    yield from _quantiles("resolution", {a.name: a.resolution for a in received}, received)
    yield Figure("n", len(received) - len(waiting), len(received) - len(waiting), _facts(received))
    yield Figure("open", len(waiting), len(waiting), _facts(waiting))
    ages = [asked.age_bh for asked in waiting if asked.age_bh is not None]
    words = "" if waiting else NONE_YET
    yield Figure("oldest_open_bh", max(ages, default=None), len(ages), _facts(waiting), words=words)
    yield from _promises([asked for asked in received if asked.held])


def _asked(view: View) -> Sequence[Asked]:
    return requests_of(view.standing, view.dialogue, parse_instant(view.as_of))


def _quantiles(name: str, taken: Mapping[str, int | None], received: Sequence[Asked]) -> Iterator[Figure]:
    """Yield the quantiles of what was *taken*; the words count the requests that have nothing yet, and so do the facts."""
    hours = [unrounded_hours(each) for each in taken.values() if each is not None]
    facts, waiting = _facts(received), len(received) - len(hours)
    words = f"{waiting} still open, apart" if waiting else "" if hours else NONE_YET
    yield Figure(f"{name}_median_bh", median(hours) if hours else None, len(hours), facts, words=words)
    p90 = nearest_rank(hours, *NINE_IN_TEN) if hours else None
    yield Figure(f"{name}_p90_bh", p90, len(hours), facts, words=words)


def _promises(held: Sequence[Asked]) -> Iterator[Figure]:
    kept = sum(asked.promises_kept for asked in held)
    n = sum(asked.answered is not None or promised < asked.as_of for asked in held for promised in asked.promised)
    yield Figure("promises_kept", kept, n, _facts(held))
    yield Figure("promises_n", n, n, _facts(held))


def _facts(requests: Sequence[Asked]) -> Sequence[Fact[Any]]:
    return [fact for asked in requests for fact in asked.facts]


METRIC = Metric(
    "M06",
    "Response time",
    ("P22", "P23"),
    {
        "first_median_bh": Meaning("To the first word back: half of them took no longer.", "business hours", "higher"),
        "first_p90_bh": Meaning("To the first word back: nine in ten took no longer.", "business hours", "higher"),
        "resolution_median_bh": Meaning("To the answer: half of them took no longer.", "business hours", "higher"),
        "resolution_p90_bh": Meaning("To the answer: nine in ten took no longer.", "business hours", "higher"),
        "n": Meaning("Requests that needed a reply and were answered.", "requests"),
        "open": Meaning("Requests that still wait for an answer.", "requests", "higher"),
        "oldest_open_bh": Meaning("How long the oldest of them has waited.", "business hours", "higher"),
        "promises_kept": Meaning("Promises of an answer that were kept.", "promises"),
        "promises_n": Meaning("Promises of an answer that were kept or broken.", "promises"),
    },
    figures,
    frozenset({"engagement", "account"}),
)
