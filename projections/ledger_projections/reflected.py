"""Which rows an entry changes that looks back on the work: reviews, feedback, candour, and what is done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.events import FeedbackReceived, SelfAssessed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.standing import Known

    Find = Callable[[Fact[Any], Known], Iterable[str]]


def _answered(fact: Fact[FeedbackReceived], known: Known) -> Iterable[str]:
    return [f"answer:{fact.entry.id}", f"wave:{fact.event.wave}"]


def _assessed(fact: Fact[SelfAssessed], known: Known) -> Iterable[str]:
    return [f"wave:{answer.event.wave}" for answer in known.engagement.feedback]


REFLECTED: Mapping[type[Event], Find] = {
    FeedbackReceived: _answered,
    SelfAssessed: _assessed,
}
"""What an entry of each type changes the rows of."""
