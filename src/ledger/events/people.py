"""Who stands on either side, and what each may do (P06, P49, P50)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ledger.errors import Malformed
from ledger.events.base import Event
from ledger.values import ContactId, Day, EngagementId, EntryRef, Erasable, Identity, Minted, Party, Str

if TYPE_CHECKING:
    from ledger.values.records import Money


class ContactAdded(Event, streams="account", defines="contact"):
    """A person on the client's side or on ours (P49, P50, M13, M18)."""

    contact_id: Minted[ContactId]
    side: Party
    level: Literal["executive", "senior", "manager", "operational"]
    name: Erasable[Str]
    role: Erasable[Str]
    email: Erasable[Str] = None
    responsible_for: Erasable[list[Str]] = None
    accountable_for: Erasable[list[Str]] = None


class AuthorityChanged(Event, streams="account"):
    """A person may, or may no longer, act in a scope; *ratifies* cures acts done without it (P06, P49, M18)."""

    contact: ContactId
    scope: Literal["sign", "accept", "instruct", "spend", "receive_notice", "inform", "make_changes"]
    granted: bool
    engagement: EngagementId | None = None
    limit: Money | None = None
    valid_from: Day
    valid_until: Day | None = None
    granted_by: ContactId
    ratifies: list[EntryRef] = []

    def check(self) -> None:
        """Refuse an authority that ends before it begins."""
        if self.valid_until is not None and self.valid_until < self.valid_from:
            raise Malformed("The authority ends before it begins.", field="valid_until")


class ContactDeparted(Event, streams="account"):
    """Somebody leaves, and perhaps somebody else comes in their place (P50)."""

    contact: Identity[ContactId]
    leaves_on: Day
    successor: ContactId | None = None
