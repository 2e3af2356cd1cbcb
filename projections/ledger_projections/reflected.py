"""Which rows an entry changes that looks back on the work: reviews, feedback, candour, and what is done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.events import (
    ActionAgreed,
    ActionCompleted,
    ConcernFelt,
    ConcernRaised,
    ConcernResolved,
    FeedbackReceived,
    IdeaDecided,
    IdeaOffered,
    LessonRecorded,
    SelfAssessed,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.standing import Known

    Find = Callable[[Fact[Any], Known], Iterable[str]]


def _own(kind: str) -> Find:
    """Return a function that finds the one thing of *kind* that an entry names."""
    return lambda fact, known: [f"{kind}:{getattr(fact.event, f'{kind}_id')}"]


def _answered(fact: Fact[FeedbackReceived], known: Known) -> Iterable[str]:
    actions = known.engagement.actions.items() if fact.event.feedback_id else ()
    begun = f"feedback:{fact.event.feedback_id}"
    set_off = [f"action:{name}" for name, action in actions if action.agreed and action.agreed.event.trigger == begun]
    return [f"answer:{fact.entry.id}", f"wave:{fact.event.wave}", *set_off]


def _assessed(fact: Fact[SelfAssessed], known: Known) -> Iterable[str]:
    return [f"wave:{answer.event.wave}" for answer in known.engagement.feedback]


REFLECTED: Mapping[type[Event], Find] = {
    FeedbackReceived: _answered,
    SelfAssessed: _assessed,
    ConcernFelt: _own("concern"),
    ConcernRaised: _own("concern"),
    ConcernResolved: _own("concern"),
    ActionAgreed: _own("action"),
    ActionCompleted: _own("action"),
    IdeaOffered: _own("idea"),
    IdeaDecided: _own("idea"),
    LessonRecorded: lambda fact, known: [f"lesson:{fact.entry.id}"],
}
"""What an entry of each type changes the rows of."""
