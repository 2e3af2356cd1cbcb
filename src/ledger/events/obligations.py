"""What the client owes the engagement (P17, P52)."""

from __future__ import annotations

from typing import Literal

from ledger.events.base import Event
from ledger.values import Channel, ContactId, Due, Erasable, Identity, MilestoneId, ObligationId, Str, Text, Version


class ObligationAgreed(Event, streams="engagement", defines="obligation"):
    """Something the client is to give by a date (P17, P52, M15)."""

    obligation_id: Identity[ObligationId]
    kind: Literal["deliverable", "decision", "access", "support"]
    due: Due
    owner: ContactId | None = None
    blocks: list[MilestoneId] = []
    agreement_version: Version | None = None
    title: Erasable[Str]


class ObligationDelayNotified(Event, streams="engagement"):
    """The client said that it will be late, and perhaps until when (P17, M15)."""

    obligation_id: ObligationId
    new_date: Due | None = None
    by: ContactId | None = None
    channel: Channel | None = None
    reason: Erasable[Text] = None


class ObligationFulfilled(Event, streams="engagement"):
    """The client gave what it owed (P17, M15)."""

    obligation_id: Identity[ObligationId]
    by: ContactId | None = None
