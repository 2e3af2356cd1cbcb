"""What was said, when, to whom, and that it arrived (P04, P15, P25, P26, P31)."""

from __future__ import annotations

from typing import Annotated, Literal

from ledger.calendars import check_rrule
from ledger.events.base import Event
from ledger.events.spans import check_span
from ledger.values import (
    ActorId,
    CadenceId,
    Channel,
    ContactId,
    Count,
    Day,
    EntryRef,
    Erasable,
    Form,
    Identity,
    Local,
    Ref,
    Sha256,
    Slug,
    Str,
    Text,
    Version,
    Whole,
)


class CadenceAgreed(Event, streams="engagement account", defines="cadence"):
    """A rhythm of reports, reviews or feedback (P04, P25, P29, M09); *rrule* as in RFC 5545 §3.3.10."""

    cadence_id: Identity[CadenceId]
    kind: Literal["report", "review", "feedback", "check_in", "account_review"]
    rrule: Str
    starts: Local
    calendar: Slug
    tolerance_bd: Annotated[int, Whole(0, 366)] = 1
    audience: list[ContactId] = []
    agreement_version: Version | None = None

    def check(self) -> None:
        """Refuse a rule that is none."""
        check_rrule(self.rrule)


class StatusReportSent(Event, streams="engagement account"):
    """A report went out; one that says "no change" keeps the rhythm too (P25, P26, M09, M10)."""

    cadence_id: CadenceId | None = None
    period: Str | None = None
    to: list[ContactId]
    channel: Channel | None = None
    no_change: bool = False
    content_sha256: Erasable[Sha256] = None
    summary: Erasable[Text] = None


class CommunicationAcknowledged(Event, streams="engagement account"):
    """Somebody of the other side said that it arrived (P15, P31); *leaf_hash* is the RFC 6962 leaf they named."""

    acknowledges: Identity[EntryRef]
    leaf_hash: Annotated[str, Form(r"^[A-Za-z0-9+/]{43}=$")] | None = None
    by: Identity[ContactId]
    channel: Channel | None = None


class ContactMade(Event, streams="engagement account"):
    """Somebody of one side spoke with somebody of the other (P17, P18, P27 to P30, P50, M10, M13, M15, M18)."""

    kind: Literal["meeting", "call", "email", "message", "visit"]
    direction: Literal["inbound", "outbound"]
    purpose: Literal["update", "chase", "check_in", "negotiation", "introduction", "social", "other"]
    participants: list[ContactId]
    minutes: Count | None = None
    substantive: bool = True
    about: list[Ref] = []
    cadence_id: CadenceId | None = None
    substance: Erasable[Text]
    outcome: Erasable[Text] = None


class PreferenceRecorded(Event, streams="account"):
    """How somebody likes to be spoken to (P28)."""

    contact: ContactId
    channel: Channel
    detail_level: Literal["summary", "normal", "detailed"]
    source: Literal["asked", "stated", "observed"]
    frequency: Erasable[Str] = None


class AvailabilityDeclared(Event, streams="engagement practice"):
    """One of us cannot be reached for some days, with the reason and who stands in (P23)."""

    person: ActorId
    from_on: Day
    to_on: Day
    to: list[ContactId] = []
    cover: ActorId | None = None
    reason: Erasable[Text]

    def check(self) -> None:
        """Refuse days that end before they begin."""
        check_span(self.from_on, self.to_on)
