"""How soon something is done about what was said or found (M22, domain 3.3.7; P43, P44).

    latency_bd   business days from what set the action off to its being agreed; of a request for feedback, from its answer
    in_time      whether it was done by its day; undefined while it still may be

Of each action; `in_time` without a subject is the share of those that were, of all that were done or ought to have been.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger.standing import undertakings_of
from ledger_projections.metrics.figure import NONE_YET, Figure, Meaning, Metric

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.standing import Undertaking
    from ledger_projections.view import View


def figures(view: View) -> Iterator[Figure]:
    """Yield the figures of each action of the stream, then the share of all."""
    actions = list(undertakings_of(view.standing, view.dialogue, parse_instant(view.as_of)))
    for action in actions:
        subject = f"action:{action.agreed.event.action_id}"
        unknown = "" if action.trigger else "what set it off is not known"
        yield Figure("latency_bd", action.latency_bd, 1, action.facts, subject, unknown)
        yield Figure("in_time", action.in_time, 1, action.facts, subject, action.state)
    yield _share([action for action in actions if action.in_time is not None])


def _share(judged: Sequence[Undertaking]) -> Figure:
    kept, n = sum(bool(action.in_time) for action in judged), len(judged)
    facts = [fact for action in judged for fact in action.facts]
    return Figure("in_time", Decimal(kept) / n, n, facts) if n else Figure("in_time", None, 0, (), words=NONE_YET)


METRIC = Metric(
    "M22",
    "Action latency",
    ("P43", "P44"),
    {
        "latency_bd": Meaning("From what set the action off to its being agreed.", "business days", "higher"),
        "in_time": Meaning("Whether it was done by its day; of all: the share that was.", "yes or no", "lower"),
    },
    figures,
    frozenset({"engagement", "account"}),
)
