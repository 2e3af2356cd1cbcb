"""Concerns, felt and raised, and disputes (P34, P36, P37, P47, P51)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ledger.errors import Malformed
from ledger.events.base import Event
from ledger.values import Channel, ConcernId, ContactId, DisputeId, Erasable, Identity, Minted, Party, Ref, Slug, Text

if TYPE_CHECKING:
    from ledger.values.records import Claim, DisputeItem


class ConcernFelt(Event, streams="engagement account", defines="concern", private=True):
    """Something feels wrong to us; nobody need have been told (P34, P47, P51, M14)."""

    concern_id: Minted[ConcernId]
    topic: Literal["price", "delivery", "cooperation", "scope", "people", "other"]
    intuition: bool = False
    about: list[Ref] = []
    text: Erasable[Text]


class ConcernRaised(Event, streams="engagement account", defines="concern"):
    """One side told the other of a concern; with a new id it opens that concern (P34, P36, M14)."""

    concern_id: Minted[ConcernId]
    topic: Literal["price", "delivery", "cooperation", "scope", "people", "other"]
    raised_by: Party
    by: ContactId | None = None
    to: list[ContactId] = []
    channel: Channel | None = None
    about: list[Ref] = []
    client_view_stated: bool = False
    text: Erasable[Text]
    client_view: Erasable[Text] = None


class ConcernResolved(Event, streams="engagement account"):
    """A concern is settled; *confirmed* says whether what was felt was so (P37, P47)."""

    concern_id: Identity[ConcernId]
    outcome: Literal["resolved", "withdrawn", "agreed_to_differ"]
    confirmed: bool | None = None
    how: Erasable[Text] = None


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


class PositionStated(Event, streams="engagement"):
    """What one side holds about one item of a dispute."""

    dispute_id: DisputeId
    item_id: Slug
    stated_by: Party
    position: Erasable[Text]


class DisputeClosed(Event, streams="engagement"):
    """A dispute is over."""

    dispute_id: Identity[DisputeId]
    outcome: Literal["settled", "withdrawn", "decided"]
    terms: Erasable[Text] = None
