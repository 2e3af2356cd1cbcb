"""Gifts and inducements, best avoided by either side (P57)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ledger.events.base import Event
from ledger.values import ActorId, ContactId, Erasable, GiftId, Minted, Text

if TYPE_CHECKING:
    from ledger.values.records import Money


class GiftRecorded(Event, streams="account", defines="gift"):
    """Something was given or offered, by us or to us; what was declined too (P57, M20)."""

    gift_id: Minted[GiftId]
    direction: Literal["to_us", "to_them"]
    counterpart: ContactId
    our_person: ActorId
    value: Money
    estimated: bool
    kind: Literal["gift", "hospitality", "travel", "other"]
    decision: Literal["accepted", "declined", "returned", "donated"]
    approved_by: ActorId | None = None
    what: Erasable[Text]
    occasion: Erasable[Text] = None
