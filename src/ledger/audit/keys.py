"""Source keys: each entry that has one stands in their table, and nothing else does."""

import sqlite3
from collections.abc import Sequence

from ledger.audit.report import Fault, short
from ledger.entry import decode
from ledger.errors import Refused
from ledger.stores import rows, sourcekeys
from ledger.values import Position


def missing_key(db: sqlite3.Connection, keyed: Sequence[tuple[int, str]]) -> Fault | None:
    """Return the first of the entries, each with its source key, that its key does not lead to."""
    for start in range(0, len(keyed), 64):
        some = keyed[start : start + 64]
        slots = [sourcekeys.slot(key) for _, key in some] + [None] * (64 - len(some))
        sql = f"SELECT key, position FROM sourcekeys WHERE key IN ({','.join('?' * 64)})"
        found = dict(db.execute(sql, slots))
        for position, key in some:
            if found.get(sourcekeys.slot(key)) != position and (led := _lookup(db, key)) != position:
                where = f"#{led}" if led else "nothing"
                return Fault(position, f"its source key {short(key)} leads to {where}, not to it")
    return None


def extra_key(db: sqlite3.Connection, head: int) -> Fault:
    """Return the row that no entry accounts for, once it is known that there is one."""
    for slot, position in db.execute("SELECT key, position FROM sourcekeys ORDER BY position"):
        key = _key_of(db, position) if type(position) is int and 0 < position <= head else None
        if key is None or _place(db, key, position) != slot:
            there = position if type(position) is int else 0
            return Fault(there, f"the source key {slot:016x} leads to it, but it has another or none")
    return Fault(0, "there are more source keys than entries that have one")


def _lookup(db: sqlite3.Connection, key: str) -> Position | None:
    try:
        return sourcekeys.find(db, [key]).get(key)
    except Refused:  # it leads to an entry whose bytes are none
        return None


def _key_of(db: sqlite3.Connection, position: int) -> str | None:
    raw = rows.raw_at(db, position)
    return decode(position, raw).text("sourcekey") if raw else None


def _place(db: sqlite3.Connection, key: str, position: int) -> int:
    """Return the first row from the key's own on that leads to *position*."""
    sql = "SELECT key FROM sourcekeys WHERE key >= ? AND position = ? ORDER BY key LIMIT 1"
    found = db.execute(sql, (sourcekeys.slot(key), position)).fetchone()
    return int(found[0]) if found else -1
