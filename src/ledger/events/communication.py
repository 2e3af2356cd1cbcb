"""What was said, when, to whom, and that it arrived (P04, P15, P25, P26, P31)."""

from __future__ import annotations

from typing import Annotated, Literal

from ledger.calendars import check_rrule
from ledger.events.base import Event
from ledger.values import (
    CadenceId,
    Channel,
    ContactId,
    EntryRef,
    Erasable,
    Form,
    Identity,
    Local,
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
