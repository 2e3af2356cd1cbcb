"""Entries that a line names by its id and the ledger has: the ledger's own export, read back into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.entry import decode
from ledger.events import type_named
from ledger.values import EntryId

if TYPE_CHECKING:
    from ledger.drafts import Draft
    from ledger.journal import Reader


def recorded_here(reader: Reader, draft: Draft) -> bool:
    """Return whether the entry that *draft* names by its id is in the ledger and says the same."""
    position = reader.find(EntryId(draft.id)) if draft.id else None
    stored = reader.at(position) if position else None
    if stored is None:
        return False
    entry, event_type = decode(*stored), type_named(draft.type)
    plain = {name: value for name, value in draft.data.items() if name not in event_type.erasable()}
    there = {name: entry.data.get(name) for name in plain}
    return entry.type == event_type.stored_name and there == plain
