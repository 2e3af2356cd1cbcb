"""How the terms are negotiated anew: changes proposed, and declined (P10, P12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.events.base import Event
from ledger.events.corrections import check_changes
from ledger.values import Amendment, Erasable, Identity, Party, Text, Version

if TYPE_CHECKING:
    from ledger.values.records import Change


class AmendmentProposed(Event, streams="engagement", defines="amendment"):
    """One side wants the terms changed, into those of a new version (P10, P12)."""

    from_version: Version
    new_version: Identity[Amendment]
    proposed_by: Party
    changes: Erasable[list[Change]]
    reason: Erasable[Text] = None

    def check(self) -> None:
        """Refuse a value that is no JSON."""
        check_changes(self.changes or ())


class AmendmentDeclined(Event, streams="engagement"):
    """One side will not have the new version (P10)."""

    new_version: Identity[Amendment]
    declined_by: Identity[Party]
    reason: Erasable[Text] = None
