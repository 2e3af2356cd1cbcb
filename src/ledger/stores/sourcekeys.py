"""Which source keys have been recorded: 63 bits of each lead to an entry, whose bytes decide.

Two keys with the same 63 bits sit side by side: whoever comes second takes the next slot that is free.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence

from ledger.canonical import decode
from ledger.stores import rows
from ledger.values import Position

_SLOTS = 1 << 63


def find(db: sqlite3.Connection, wanted: Sequence[str]) -> dict[str, Position]:
    """Return the positions of the entries made from those of *wanted* that are recorded."""
    first = dict(rows.in_many(db, "SELECT key, position FROM sourcekeys WHERE key IN", [*map(slot, wanted)]))
    found: dict[str, Position] = {}
    for sourcekey in wanted:
        at, position = slot(sourcekey), first.get(slot(sourcekey))
        while position is not None and _sourcekey_at(db, position) != sourcekey:
            at = (at + 1) % _SLOTS  # another key with the same 63 bits sits there
            position = _slot_at(db, at)
        if position is not None:
            found[sourcekey] = position
    return found


def free_slots(db: sqlite3.Connection, keyed: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """Yield the row of each new source key and its position: the first slot from its own on that is free."""
    wanted = [*map(slot, keyed)]
    taken = {at for at, _ in rows.in_many(db, "SELECT key, position FROM sourcekeys WHERE key IN", wanted)}
    for at, position in zip(wanted, keyed.values(), strict=True):
        first = at
        while at in taken or (at != first and _slot_at(db, at) is not None):
            at = (at + 1) % _SLOTS  # noqa: PLW2901 -- the next slot, until one is free
        taken.add(at)
        yield at, position


def slot(sourcekey: str) -> int:
    """Return the first 63 bits of a source key."""
    return int(sourcekey[:16], 16) >> 1


def _slot_at(db: sqlite3.Connection, at: int) -> Position | None:
    row = db.execute("SELECT position FROM sourcekeys WHERE key = ?", (at,)).fetchone()
    return row[0] if row else None


def _sourcekey_at(db: sqlite3.Connection, position: int) -> object:
    raw = rows.raw_at(db, position)
    return decode(raw).get("sourcekey") if raw else None
