"""Disputes, and what they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.errors import Malformed
from ledger.events.base import Event
from ledger.values import DisputeId, Erasable, Minted, Party

if TYPE_CHECKING:
    from ledger.values.records import Claim, DisputeItem


class DisputeRaised(Event, streams="engagement", defines="dispute"):
    """One side disputes something; from here on corrections of it need evidence (M19)."""

    dispute_id: Minted[DisputeId]
    raised_by: Party
    items: list[DisputeItem]
    claims: Erasable[list[Claim]] = None

    def check(self) -> None:
        """Refuse an item named twice."""
        if len({item["item_id"] for item in self.items}) < len(self.items):
            raise Malformed("An item is named twice.", field="items")
