"""What an engagement and an account have in common: talk, requests, concerns, actions, ideas, and how they are filed."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from ledger.aggregate import Aggregate
from ledger.events import (
    ActionAgreed,
    ActionCompleted,
    CommitmentReleased,
    ConcernFelt,
    ConcernRaised,
    ConcernResolved,
    ContactMade,
    EntryAnnotated,
    FeedbackRequested,
    HoldingReplySent,
    IdeaDecided,
    IdeaOffered,
    LessonRecorded,
    NewsVerified,
    RequestAnswered,
    RequestReceived,
    RequestSent,
)
from ledger.rules import check_annotated, check_answered_after

if TYPE_CHECKING:
    from typing import Any

    from ledger.aggregate import Act
    from ledger.facts import Fact

RequestEvent = RequestReceived | RequestSent | HoldingReplySent | RequestAnswered
ConcernEvent = ConcernFelt | ConcernRaised | ConcernResolved
DoingEvent = ActionAgreed | ActionCompleted | IdeaOffered | IdeaDecided
DialogueEvent = (
    RequestEvent
    | ConcernEvent
    | DoingEvent
    | ContactMade
    | NewsVerified
    | FeedbackRequested
    | LessonRecorded
    | CommitmentReleased
    | EntryAnnotated
)


class Request:
    """A request of either side, the promises to answer it, and the answer."""

    def __init__(self) -> None:
        self.asked: Fact[RequestReceived] | Fact[RequestSent] | None = None
        self.held: list[Fact[HoldingReplySent]] = []
        self.answered: Fact[RequestAnswered] | None = None


class Concern:
    """A concern: felt, raised, resolved."""

    def __init__(self) -> None:
        self.felt: Fact[ConcernFelt] | None = None
        self.raised: Fact[ConcernRaised] | None = None
        self.resolved: Fact[ConcernResolved] | None = None


class Action:
    """An action: agreed, completed."""

    def __init__(self) -> None:
        self.agreed: Fact[ActionAgreed] | None = None
        self.completed: Fact[ActionCompleted] | None = None


class Idea:
    """An idea: offered, taken up or not."""

    def __init__(self) -> None:
        self.offered: Fact[IdeaOffered] | None = None
        self.decided: Fact[IdeaDecided] | None = None


class Dialogue(Aggregate):
    """The drawers that an engagement and an account have in common."""

    def __init__(self) -> None:
        super().__init__()
        self.requests: dict[str, Request] = {}
        self.concerns: dict[str, Concern] = {}
        self.actions: dict[str, Action] = {}
        self.ideas: dict[str, Idea] = {}
        self.contacts_made: list[Fact[ContactMade]] = []
        self.verified: dict[str, list[Fact[NewsVerified]]] = {}
        self.asked: dict[str, Fact[FeedbackRequested]] = {}
        self.lessons: list[Fact[LessonRecorded]] = []
        self.released: dict[str, Fact[CommitmentReleased]] = {}
        self.annotations: dict[str, list[Fact[EntryAnnotated]]] = {}


def converse(state: Dialogue, fact: Fact[Any], event: DialogueEvent) -> None:
    """File *fact*, which says *event*, in its drawer; never refuses."""
    match event:
        case ContactMade():
            state.contacts_made.append(fact.saying(event))
        case RequestReceived() | RequestSent() | HoldingReplySent() | RequestAnswered():
            _file_request(state.requests.setdefault(event.request_id, Request()), fact, event)
        case NewsVerified():
            state.verified.setdefault(event.news_id, []).append(fact.saying(event))
        case FeedbackRequested():
            state.asked[event.feedback_id] = fact.saying(event)
        case ConcernFelt() | ConcernRaised() | ConcernResolved():
            _file_concern(state.concerns.setdefault(event.concern_id, Concern()), fact, event)
        case ActionAgreed() | ActionCompleted() | IdeaOffered() | IdeaDecided():
            _file_doing(state, fact, event)
        case LessonRecorded():
            state.lessons.append(fact.saying(event))
        case CommitmentReleased():
            state.released[event.released] = fact.saying(event)
        case EntryAnnotated():
            state.annotations.setdefault(event.entry, []).append(fact.saying(event))
        case _:
            assert_never(event)


def check_dialogue(state: Dialogue, act: Act) -> None:
    """Refuse an answer from before the request, and a remark on an entry of another stream."""
    match act.event:
        case RequestReceived(request_id=request_id) | RequestSent(request_id=request_id):
            request = state.requests.get(request_id, Request())
            for reply in (*request.held, *([request.answered] if request.answered else [])):
                check_answered_after(act.occurred, reply.occurred)
        case HoldingReplySent(request_id=request_id) | RequestAnswered(request_id=request_id):
            asked = state.requests.get(request_id, Request()).asked
            check_answered_after(asked.occurred if asked else None, act.occurred)
        case EntryAnnotated() as event:
            check_annotated(state, event)
        case _:
            pass


def _file_request(request: Request, fact: Fact[Any], event: RequestEvent) -> None:
    match event:
        case RequestReceived():
            request.asked = fact.saying(event)
        case RequestSent():
            request.asked = fact.saying(event)
        case HoldingReplySent():
            request.held.append(fact.saying(event))
        case RequestAnswered():
            request.answered = fact.saying(event)
        case _:
            assert_never(event)


def _file_concern(concern: Concern, fact: Fact[Any], event: ConcernEvent) -> None:
    match event:
        case ConcernFelt():
            concern.felt = fact.saying(event)
        case ConcernRaised():
            concern.raised = fact.saying(event)
        case ConcernResolved():
            concern.resolved = fact.saying(event)
        case _:
            assert_never(event)


def _file_doing(state: Dialogue, fact: Fact[Any], event: DoingEvent) -> None:
    match event:
        case ActionAgreed():
            state.actions.setdefault(event.action_id, Action()).agreed = fact.saying(event)
        case ActionCompleted():
            state.actions.setdefault(event.action_id, Action()).completed = fact.saying(event)
        case IdeaOffered():
            state.ideas.setdefault(event.idea_id, Idea()).offered = fact.saying(event)
        case IdeaDecided():
            state.ideas.setdefault(event.idea_id, Idea()).decided = fact.saying(event)
        case _:
            assert_never(event)
