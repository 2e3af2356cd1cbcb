"""The closed catalogue of event types, by area of the domain, and how their stored names are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.errors import Unknown, near
from ledger.events.accounts import (
    AccountOpened,
    AccountPlanApproved,
    ClientFitAssessed,
    ExitConsidered,
    ExitDecided,
    KnowledgeNoted,
    ProspectDeclined,
)
from ledger.events.agreement import AgreementDrafted, AgreementSigned, EngagementClosed, EngagementOpened
from ledger.events.amendments import AmendmentDeclined, AmendmentProposed
from ledger.events.assumptions import AssumptionRecorded, AssumptionTested
from ledger.events.base import VOCABULARY, Event
from ledger.events.candour import (
    ConcernFelt,
    ConcernRaised,
    ConcernResolved,
    DisputeClosed,
    DisputeRaised,
    PositionStated,
)
from ledger.events.communication import (
    AvailabilityDeclared,
    CadenceAgreed,
    CommunicationAcknowledged,
    ContactMade,
    PreferenceRecorded,
    StatusReportSent,
)
from ledger.events.corrections import EntryAnnotated, EntryCorrected
from ledger.events.ethics import GiftRecorded
from ledger.events.feedback import FeedbackGiven, FeedbackReceived, FeedbackRequested, SelfAssessed
from ledger.events.field import Field
from ledger.events.ideas import IdeaDecided, IdeaOffered
from ledger.events.keeping import (
    ActorKeyRegistered,
    ClockCorrected,
    DisclosuresErased,
    EvidenceIssued,
    LedgerCheckpointed,
)
from ledger.events.milestones import (
    CommitmentReleased,
    MilestoneAgreed,
    MilestoneDelivered,
    MilestoneJudged,
    MilestoneRescheduled,
    SlipAverted,
    SlipForeseen,
    SlipReported,
)
from ledger.events.news import NewsLearned, NewsReported, NewsVerified
from ledger.events.obligations import ObligationAgreed, ObligationDelayNotified, ObligationFulfilled
from ledger.events.people import AuthorityChanged, ContactAdded, ContactDeparted
from ledger.events.practice import ActorAdded, CapacityStated, PolicySet, ReservesStated
from ledger.events.requests import HoldingReplySent, RequestAnswered, RequestReceived, RequestSent
from ledger.events.review import ActionAgreed, ActionCompleted, LessonRecorded, ReviewHeld
from ledger.events.upcasting import UPCASTERS, upcast
from ledger.events.work import EngagementPaused, EngagementResumed, ResultMeasured, WorkRecorded, WorkStarted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.canonical import JSON

AREAS: Mapping[str, tuple[type[Event], ...]] = {
    "agreement": (
        EngagementOpened,
        AgreementDrafted,
        AgreementSigned,
        AmendmentProposed,
        AmendmentDeclined,
        WorkStarted,
        WorkRecorded,
        ResultMeasured,
        EngagementPaused,
        EngagementResumed,
        EngagementClosed,
    ),
    "milestones": (
        MilestoneAgreed,
        SlipForeseen,
        SlipReported,
        SlipAverted,
        MilestoneRescheduled,
        MilestoneDelivered,
        MilestoneJudged,
        CommitmentReleased,
    ),
    "client obligations": (
        ObligationAgreed,
        ObligationDelayNotified,
        ObligationFulfilled,
    ),
    "assumptions": (
        AssumptionRecorded,
        AssumptionTested,
    ),
    "communication": (
        CadenceAgreed,
        ContactMade,
        RequestReceived,
        RequestSent,
        HoldingReplySent,
        RequestAnswered,
        StatusReportSent,
        CommunicationAcknowledged,
        PreferenceRecorded,
        AvailabilityDeclared,
    ),
    "news": (
        NewsLearned,
        NewsVerified,
        NewsReported,
    ),
    "review and feedback": (
        ReviewHeld,
        FeedbackRequested,
        FeedbackReceived,
        FeedbackGiven,
        SelfAssessed,
        ActionAgreed,
        ActionCompleted,
        LessonRecorded,
    ),
    "people": (
        ContactAdded,
        AuthorityChanged,
        ContactDeparted,
    ),
    "account and ethics": (
        AccountOpened,
        ClientFitAssessed,
        AccountPlanApproved,
        GiftRecorded,
        ProspectDeclined,
        IdeaOffered,
        IdeaDecided,
        KnowledgeNoted,
        ExitConsidered,
        ExitDecided,
    ),
    "candour and disputes": (
        ConcernFelt,
        ConcernRaised,
        ConcernResolved,
        DisputeRaised,
        PositionStated,
        DisputeClosed,
    ),
    "practice": (
        ActorAdded,
        PolicySet,
        CapacityStated,
        ReservesStated,
    ),
    "ledger": (
        EntryCorrected,
        EntryAnnotated,
        ActorKeyRegistered,
        LedgerCheckpointed,
        DisclosuresErased,
        EvidenceIssued,
        ClockCorrected,
    ),
}
TYPES: Mapping[str, type[Event]] = {t.short_name: t for area in AREAS.values() for t in area}
"""Every type under the name that people type."""
BY_NAME: Mapping[str, type[Event]] = {t.stored_name: t for t in TYPES.values()}
"""Every type under its stored name."""


def type_named(name: str) -> type[Event]:
    """Return the type that *name* names, short or stored; raise Unknown with the nearest names."""
    found = TYPES.get(name) or BY_NAME.get(name)
    if found is None:
        raise Unknown("event type", name, candidates=near(name, TYPES), advice="engage types")
    return found


def read(name: str, data: Mapping[str, JSON], texts: Mapping[str, JSON] | None = None) -> Event:
    """Return the event stored as *name*, with plain *data* and disclosed *texts*; it was checked when written."""
    name, said = upcast(name, {**data, **texts} if texts else data)
    event = BY_NAME[name].trusted(said)
    event.__dict__.pop("_sd", None)
    return event


__all__ = [
    "AREAS",
    "BY_NAME",
    "TYPES",
    "UPCASTERS",
    "VOCABULARY",
    "AccountOpened",
    "AccountPlanApproved",
    "ActionAgreed",
    "ActionCompleted",
    "ActorAdded",
    "ActorKeyRegistered",
    "AgreementDrafted",
    "AgreementSigned",
    "AmendmentDeclined",
    "AmendmentProposed",
    "AssumptionRecorded",
    "AssumptionTested",
    "AuthorityChanged",
    "AvailabilityDeclared",
    "CadenceAgreed",
    "CapacityStated",
    "ClientFitAssessed",
    "ClockCorrected",
    "CommitmentReleased",
    "CommunicationAcknowledged",
    "ConcernFelt",
    "ConcernRaised",
    "ConcernResolved",
    "ContactAdded",
    "ContactDeparted",
    "ContactMade",
    "DisclosuresErased",
    "DisputeClosed",
    "DisputeRaised",
    "EngagementClosed",
    "EngagementOpened",
    "EngagementPaused",
    "EngagementResumed",
    "EntryAnnotated",
    "EntryCorrected",
    "Event",
    "EvidenceIssued",
    "ExitConsidered",
    "ExitDecided",
    "FeedbackGiven",
    "FeedbackReceived",
    "FeedbackRequested",
    "Field",
    "GiftRecorded",
    "HoldingReplySent",
    "IdeaDecided",
    "IdeaOffered",
    "KnowledgeNoted",
    "LedgerCheckpointed",
    "LessonRecorded",
    "MilestoneAgreed",
    "MilestoneDelivered",
    "MilestoneJudged",
    "MilestoneRescheduled",
    "NewsLearned",
    "NewsReported",
    "NewsVerified",
    "ObligationAgreed",
    "ObligationDelayNotified",
    "ObligationFulfilled",
    "PolicySet",
    "PositionStated",
    "PreferenceRecorded",
    "ProspectDeclined",
    "RequestAnswered",
    "RequestReceived",
    "RequestSent",
    "ReservesStated",
    "ResultMeasured",
    "ReviewHeld",
    "SelfAssessed",
    "SlipAverted",
    "SlipForeseen",
    "SlipReported",
    "StatusReportSent",
    "WorkRecorded",
    "WorkStarted",
    "read",
    "type_named",
    "upcast",
]
