"""Which rows an entry changes that looks back on the work: reviews, feedback, candour, and what is done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.events import (
    AccountPlanApproved,
    ActionAgreed,
    ActionCompleted,
    AssumptionRecorded,
    AssumptionTested,
    ClientFitAssessed,
    ConcernFelt,
    ConcernRaised,
    ConcernResolved,
    ExitConsidered,
    ExitDecided,
    FeedbackReceived,
    IdeaDecided,
    IdeaOffered,
    KnowledgeNoted,
    LessonRecorded,
    PositionStated,
    ProspectDeclined,
    ResultMeasured,
    SelfAssessed,
)
from ledger.standing import resting_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.standing import Known

    Find = Callable[[Fact[Any], Known], Iterable[str]]


def _own(kind: str) -> Find:
    """Return a function that finds the one thing of *kind* that an entry names."""
    return lambda fact, known: [f"{kind}:{getattr(fact.event, f'{kind}_id')}"]


def set_off(fact: Fact[Any], known: Known) -> Iterable[str]:
    """Return the actions of the engagement that an answer sets off, one that was given in the stream of its account too."""
    asked = fact.event.feedback_id if isinstance(fact.event, FeedbackReceived) else None
    if asked is None:
        return []
    stream = fact.entry.stream
    trigger = f"{stream}#feedback:{asked}" if stream.startswith("account/") else f"feedback:{asked}"
    agreed = (action.agreed for action in known.engagement.actions.values())
    return [f"action:{action.event.action_id}" for action in agreed if action and action.event.trigger == trigger]


def _answered(fact: Fact[FeedbackReceived], known: Known) -> Iterable[str]:
    asked = [f"feedback:{fact.event.feedback_id}"] if fact.event.feedback_id else []
    return [f"answer:{fact.entry.id}", "engagement", *asked, *_waves(known), *set_off(fact, known)]


def _waves(known: Known) -> list[str]:
    """Return every round: the trend of later ones begins with the earlier ones (M12)."""
    return [f"wave:{answer.event.wave}" for answer in known.engagement.feedback]


def _acted(fact: Fact[ActionAgreed], known: Known) -> Iterable[str]:
    return [f"action:{fact.event.action_id}", *_waves(known)]


def _assessed(fact: Fact[SelfAssessed], known: Known) -> Iterable[str]:
    return _waves(known)


def _assumed(fact: Fact[Any], known: Known) -> Iterable[str]:
    name = fact.event.assumption_id
    resting = (f"milestone:{agreed.event.milestone_id}" for agreed in resting_on(known, name))
    return [f"assumption:{name}", *resting]


REFLECTED: Mapping[type[Event], Find] = {
    FeedbackReceived: _answered,
    SelfAssessed: _assessed,
    ConcernFelt: _own("concern"),
    ConcernRaised: _own("concern"),
    ConcernResolved: _own("concern"),
    ActionAgreed: _acted,
    ActionCompleted: _own("action"),
    IdeaOffered: _own("idea"),
    IdeaDecided: _own("idea"),
    LessonRecorded: lambda fact, known: [f"lesson:{fact.entry.id}"],
    AssumptionRecorded: _assumed,
    AssumptionTested: _assumed,
    ResultMeasured: _own("result"),
    PositionStated: _own("dispute"),
}
"""What an entry of each type changes the rows of."""
OF_THE_CLIENT: Sequence[type[Event]] = (
    AccountPlanApproved,
    ClientFitAssessed,
    ExitConsidered,
    ExitDecided,
    KnowledgeNoted,
    ProspectDeclined,
    ConcernFelt,
    ConcernRaised,
    ConcernResolved,
    ActionAgreed,
    ActionCompleted,
    IdeaOffered,
    IdeaDecided,
    LessonRecorded,
)
"""What we plan, think and do about an account changes nothing in its engagements."""
