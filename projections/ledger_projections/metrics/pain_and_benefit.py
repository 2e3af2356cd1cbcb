"""Whether it is time to think about leaving a client (M21; P61).

    pain, benefit   as we weighed them last, each 0 to 100
    prompt          whether pain outweighed benefit both times that we weighed them last

The last are those recorded last: what is written down later is what we think now, whatever day it was so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.events import ExitConsidered
from ledger_projections.metrics.figure import NONE_YET, TOO_FEW, Figure, Meaning, Metric

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger_projections.view import View

TWICE = 2


def figures(view: View) -> Iterator[Figure]:
    """Yield the figures of the account."""
    exits = view.account.exits if view.account else ()
    weighed = [(fact, fact.event) for fact in exits if isinstance(fact.event, ExitConsidered)]
    if not weighed:
        yield from (Figure(name, None, 0, (), words=NONE_YET) for name in METRIC.meanings)
        return
    fact, newest = weighed[-1]
    last = weighed[-TWICE:]
    prompt = len(last) == TWICE and all(event.pain > event.benefit for _, event in last)
    words = TOO_FEW if len(last) < TWICE else "consider an exit" if prompt else ""
    yield Figure("pain", newest.pain, 1, [fact])
    yield Figure("benefit", newest.benefit, 1, [fact])
    yield Figure("prompt", prompt, len(last), [fact for fact, _ in last], words=words)


METRIC = Metric(
    "M21",
    "Pain and benefit",
    ("P61",),
    {
        "pain": Meaning("The pain of working with them, as weighed last.", "of 100", "higher"),
        "benefit": Meaning("The benefit of it, as weighed last.", "of 100", "lower"),
        "prompt": Meaning("Whether pain outweighed benefit the last two times.", "yes or no", "higher"),
    },
    figures,
    frozenset({"account"}),
)
