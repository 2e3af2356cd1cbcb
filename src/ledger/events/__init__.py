"""The closed catalogue of event types, by area of the domain, and how their stored names are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.errors import Unknown, near
from ledger.events.accounts import AccountOpened
from ledger.events.agreement import AgreementDrafted, AgreementSigned, EngagementClosed, EngagementOpened
from ledger.events.base import VOCABULARY, Event, Field
from ledger.events.candour import DisputeRaised
from ledger.events.communication import CadenceAgreed, CommunicationAcknowledged, StatusReportSent
from ledger.events.corrections import EntryCorrected
from ledger.events.feedback import FeedbackReceived
from ledger.events.milestones import (
    MilestoneAgreed,
    MilestoneDelivered,
    MilestoneJudged,
    MilestoneRescheduled,
    SlipAverted,
    SlipForeseen,
    SlipReported,
)
from ledger.events.news import NewsLearned, NewsReported
from ledger.events.obligations import ObligationAgreed
from ledger.events.people import AuthorityChanged, ContactAdded
from ledger.events.practice import ActorAdded, PolicySet
from ledger.events.upcasting import UPCASTERS, upcast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.canonical import JSON

AREAS: Mapping[str, tuple[type[Event], ...]] = {
    "agreement": (EngagementOpened, AgreementDrafted, AgreementSigned, EngagementClosed),
    "milestones": (
        MilestoneAgreed,
        SlipForeseen,
        SlipReported,
        SlipAverted,
        MilestoneRescheduled,
        MilestoneDelivered,
        MilestoneJudged,
    ),
    "client obligations": (ObligationAgreed,),
    "communication": (CadenceAgreed, StatusReportSent, CommunicationAcknowledged),
    "news": (NewsLearned, NewsReported),
    "feedback": (FeedbackReceived,),
    "people": (ContactAdded, AuthorityChanged),
    "account": (AccountOpened,),
    "disputes": (DisputeRaised,),
    "practice": (ActorAdded, PolicySet),
    "ledger": (EntryCorrected,),
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
    name, data = upcast(name, {**data, **texts} if texts else data)
    return BY_NAME[name].trusted({key: value for key, value in data.items() if key != "_sd"})


__all__ = [
    "AREAS",
    "BY_NAME",
    "TYPES",
    "UPCASTERS",
    "VOCABULARY",
    "AccountOpened",
    "ActorAdded",
    "AgreementDrafted",
    "AgreementSigned",
    "AuthorityChanged",
    "CadenceAgreed",
    "CommunicationAcknowledged",
    "ContactAdded",
    "DisputeRaised",
    "EngagementClosed",
    "EngagementOpened",
    "EntryCorrected",
    "Event",
    "FeedbackReceived",
    "Field",
    "MilestoneAgreed",
    "MilestoneDelivered",
    "MilestoneJudged",
    "MilestoneRescheduled",
    "NewsLearned",
    "NewsReported",
    "ObligationAgreed",
    "PolicySet",
    "SlipAverted",
    "SlipForeseen",
    "SlipReported",
    "StatusReportSent",
    "read",
    "type_named",
    "upcast",
]
