"""How the facts of an engagement are folded: each into its drawer, nothing refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never, cast

from ledger.aggregate import folded
from ledger.dialogue import DialogueEvent, converse
from ledger.engagement.drawers import Engagement, Milestone, News, Slip
from ledger.engagement.working import ReviewEvent, TermsEvent, WorkEvent, file_review, file_terms, file_work
from ledger.events import (
    AgreementDrafted,
    AgreementSigned,
    AmendmentDeclined,
    AmendmentProposed,
    AssumptionRecorded,
    AssumptionTested,
    AvailabilityDeclared,
    CadenceAgreed,
    CommunicationAcknowledged,
    DisputeClosed,
    DisputeRaised,
    EngagementClosed,
    EngagementOpened,
    EngagementPaused,
    EngagementResumed,
    EntryCorrected,
    FeedbackGiven,
    FeedbackReceived,
    MilestoneAgreed,
    MilestoneDelivered,
    MilestoneJudged,
    MilestoneRescheduled,
    NewsLearned,
    NewsReported,
    ObligationAgreed,
    ObligationDelayNotified,
    ObligationFulfilled,
    PositionStated,
    ResultMeasured,
    ReviewHeld,
    SelfAssessed,
    SlipAverted,
    SlipForeseen,
    SlipReported,
    StatusReportSent,
    WorkRecorded,
    WorkStarted,
)
from ledger.facts import Fact

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ledger.events import Event

MilestoneEvent = (
    MilestoneAgreed
    | MilestoneRescheduled
    | MilestoneDelivered
    | MilestoneJudged
    | SlipForeseen
    | SlipReported
    | SlipAverted
)
TalkEvent = StatusReportSent | CommunicationAcknowledged | NewsLearned | NewsReported | FeedbackReceived
EngagementEvent = (
    EngagementOpened
    | AgreementDrafted
    | AgreementSigned
    | ObligationAgreed
    | CadenceAgreed
    | DisputeRaised
    | EngagementClosed
    | EntryCorrected
    | MilestoneEvent
    | TalkEvent
    | WorkEvent
    | TermsEvent
    | ReviewEvent
    | DialogueEvent
)


def fold(facts: Iterable[Fact[Event]]) -> Engagement:
    """Return the state that *facts*, in the order of the log, amount to once corrected."""
    return folded(Engagement(), facts, add)


def add(state: Engagement, fact: Fact[Event]) -> None:
    """Add a fact that stands."""
    state.file(fact)
    evolve(state, cast("Fact[EngagementEvent]", fact))


def evolve(state: Engagement, fact: Fact[EngagementEvent]) -> None:
    """File *fact* in its drawer; never refuses."""
    match fact.event:
        case EngagementOpened() as event:
            state.opened = fact.saying(event)
        case AgreementDrafted() as event:
            if state.drafts.setdefault(event.version, fact.saying(event)).entry is not fact.entry:
                state.redrafts.append(fact.saying(event))
        case AgreementSigned() as event:
            state.signatures.append(fact.saying(event))
        case ObligationAgreed() as event:
            state.obligations[event.obligation_id] = fact.saying(event)
        case CadenceAgreed() as event:
            state.cadences[event.cadence_id] = fact.saying(event)
        case DisputeRaised() as event:
            state.disputes[event.dispute_id] = fact.saying(event)
        case EngagementClosed() as event:
            state.closed = fact.saying(event)
        case EntryCorrected():
            pass  # applied before the fold
        case (
            MilestoneAgreed() | MilestoneRescheduled() | MilestoneDelivered() | MilestoneJudged()
            | SlipForeseen() | SlipReported() | SlipAverted()
        ) as event:  # fmt: skip
            _file_milestone(state, fact, event)
        case (
            StatusReportSent() | CommunicationAcknowledged() | NewsLearned() | NewsReported() | FeedbackReceived()
        ) as event:  # fmt: skip
            _file_talk(state, fact, event)
        case event:
            _file_more(state, fact, event)


def _file_more(
    state: Engagement, fact: Fact[EngagementEvent], event: WorkEvent | TermsEvent | ReviewEvent | DialogueEvent
) -> None:
    match event:
        case WorkStarted() | WorkRecorded() | ResultMeasured() | EngagementPaused() | EngagementResumed():
            file_work(state, fact, event)
        case (
            AmendmentProposed() | AmendmentDeclined() | ObligationDelayNotified() | ObligationFulfilled()
            | AssumptionRecorded() | AssumptionTested()
        ):  # fmt: skip
            file_terms(state, fact, event)
        case (
            AvailabilityDeclared() | ReviewHeld() | FeedbackGiven() | SelfAssessed() | PositionStated()
            | DisputeClosed()
        ):  # fmt: skip
            file_review(state, fact, event)
        case _:
            converse(state, fact, event)


def _file_milestone(state: Engagement, fact: Fact[EngagementEvent], event: MilestoneEvent) -> None:
    match event:
        case MilestoneAgreed():
            _milestone(state, event.milestone_id).agreed = fact.saying(event)
        case MilestoneRescheduled():
            milestone = _milestone(state, event.milestone_id)
            milestone.moves.append(fact.saying(event))
            milestone.moved = len(state.facts)
        case MilestoneDelivered():
            _milestone(state, event.milestone_id).delivered.append(fact.saying(event))
        case MilestoneJudged():
            _milestone(state, event.milestone_id).judged.append(fact.saying(event))
        case SlipForeseen():
            _slip(state, event.slip_id, event.milestone_id).foreseen.append(fact.saying(event))
        case SlipReported():
            _slip(state, event.slip_id, event.milestone_id).reported.append(fact.saying(event))
        case SlipAverted():
            if event.slip_id in state.slips:
                state.slips[event.slip_id].averted = fact.saying(event)
        case _:
            assert_never(event)


def _file_talk(state: Engagement, fact: Fact[EngagementEvent], event: TalkEvent) -> None:
    match event:
        case StatusReportSent():
            state.reports.append(fact.saying(event))
        case CommunicationAcknowledged():
            state.acknowledgements.setdefault(event.acknowledges, []).append(fact.saying(event))
        case NewsLearned():
            state.news.setdefault(event.news_id, News()).learned = fact.saying(event)
        case NewsReported():
            state.news.setdefault(event.news_id, News()).reported.append(fact.saying(event))
        case FeedbackReceived():
            state.feedback.append(fact.saying(event))
        case _:
            assert_never(event)


def _milestone(state: Engagement, milestone_id: str) -> Milestone:
    return state.milestones.setdefault(milestone_id, Milestone())


def _slip(state: Engagement, slip_id: str, milestone_id: str) -> Slip:
    if slip_id not in state.slips:
        state.slips[slip_id] = Slip(milestone_id)
        _milestone(state, milestone_id).slips.append(slip_id)
    state.slips[slip_id].spoken = len(state.facts)
    return state.slips[slip_id]
