"""What the client owes the engagement (P17, P52)."""

from __future__ import annotations

from typing import Literal

from ledger.events.base import Event
from ledger.values import ContactId, Due, Erasable, Identity, MilestoneId, ObligationId, Str, Version


class ObligationAgreed(Event, streams="engagement", defines="obligation"):
    """Something the client is to give by a date (P17, P52, M15)."""

    obligation_id: Identity[ObligationId]
    kind: Literal["deliverable", "decision", "access", "support"]
    due: Due
    owner: ContactId | None = None
    blocks: list[MilestoneId] = []
    agreement_version: Version | None = None
    title: Erasable[Str]
