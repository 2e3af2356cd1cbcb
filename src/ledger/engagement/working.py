"""How the work, its terms and its reviews are filed: what an engagement has beside milestones and talk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, assert_never

from ledger.engagement.drawers import Amendment, Assumption, Dispute, Engagement
from ledger.events import (
    AmendmentDeclined,
    AmendmentProposed,
    AssumptionRecorded,
    AssumptionTested,
    AvailabilityDeclared,
    DisputeClosed,
    EngagementPaused,
    EngagementResumed,
    FeedbackGiven,
    ObligationDelayNotified,
    ObligationFulfilled,
    PositionStated,
    ResultMeasured,
    ReviewHeld,
    SelfAssessed,
    WorkRecorded,
    WorkStarted,
)

if TYPE_CHECKING:
    from ledger.facts import Fact

WorkEvent = WorkStarted | WorkRecorded | ResultMeasured | EngagementPaused | EngagementResumed
TermsEvent = (
    AmendmentProposed
    | AmendmentDeclined
    | ObligationDelayNotified
    | ObligationFulfilled
    | AssumptionRecorded
    | AssumptionTested
)
ReviewEvent = AvailabilityDeclared | ReviewHeld | FeedbackGiven | SelfAssessed | PositionStated | DisputeClosed


def file_work(state: Engagement, fact: Fact[Any], event: WorkEvent) -> None:
    """File what was begun, done, measured, paused."""
    match event:
        case WorkStarted():
            state.work.started.append(fact.saying(event))
        case WorkRecorded():
            state.work.recorded.append(fact.saying(event))
        case ResultMeasured():
            state.work.measured.append(fact.saying(event))
        case EngagementPaused():
            state.work.pauses.append(fact.saying(event))
        case EngagementResumed():
            state.work.pauses.append(fact.saying(event))
        case _:
            assert_never(event)


def file_terms(state: Engagement, fact: Fact[Any], event: TermsEvent) -> None:
    """File what was negotiated, what the client said of its obligations, what was taken to be so."""
    match event:
        case AmendmentProposed():
            state.amendments.setdefault(event.new_version, Amendment()).proposed = fact.saying(event)
        case AmendmentDeclined():
            state.amendments.setdefault(event.new_version, Amendment()).declined.append(fact.saying(event))
        case ObligationDelayNotified():
            state.delays.setdefault(event.obligation_id, []).append(fact.saying(event))
        case ObligationFulfilled():
            state.fulfilled[event.obligation_id] = fact.saying(event)
        case AssumptionRecorded():
            state.assumptions.setdefault(event.assumption_id, Assumption()).recorded = fact.saying(event)
        case AssumptionTested():
            state.assumptions.setdefault(event.assumption_id, Assumption()).tested = fact.saying(event)
        case _:
            assert_never(event)


def file_review(state: Engagement, fact: Fact[Any], event: ReviewEvent) -> None:
    """File what both sides looked back on, and what they dispute."""
    match event:
        case AvailabilityDeclared():
            state.away.append(fact.saying(event))
        case ReviewHeld():
            state.reviews[event.review_id] = fact.saying(event)
        case FeedbackGiven():
            state.given_feedback.append(fact.saying(event))
        case SelfAssessed():
            state.assessed.append(fact.saying(event))
        case PositionStated():
            state.contests.setdefault(event.dispute_id, Dispute()).positions.append(fact.saying(event))
        case DisputeClosed():
            state.contests.setdefault(event.dispute_id, Dispute()).closed = fact.saying(event)
        case _:
            assert_never(event)
