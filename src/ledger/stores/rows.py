"""The questions that readers and the writer alike put to the tables, on any connection."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence

from ledger.canonical import decode
from ledger.merkle import HASH_SIZE, Hash, parse_hashes
from ledger.values import EntryId, Position, T

CHAIN = """WITH RECURSIVE chain (position, previous) AS (
  SELECT position, previous FROM entries WHERE position = (SELECT position FROM streams WHERE stream = ?)
  UNION ALL SELECT e.position, e.previous FROM chain CROSS JOIN entries AS e ON e.position = chain.previous
)"""
"""The positions of one stream, newest first, without an index on stream."""
_MANY = 250
_SLOTS = 1 << 63


class StoredNodes:
    """The hashes of the tree: a full tile's in one read, all others from the rows they are roots or leaves of."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def row(self, level: int, first: int, count: int) -> Sequence[Hash]:
        """Read *count* hashes of row *level* from *first* on."""
        start = first % 256 * HASH_SIZE
        sql = "SELECT substr(hashes, ?, ?) FROM tiles WHERE level = ? AND number = ?"
        tile = self._db.execute(sql, (start + 1, count * HASH_SIZE, level, first // 256)).fetchone()
        if tile:
            return parse_hashes(tile[0])
        if level:
            sql = "SELECT root FROM tiles WHERE level = ? AND number >= ? AND number < ? ORDER BY number"
            return [root for (root,) in self._db.execute(sql, (level - 1, first, first + count))]
        sql = "SELECT leaf_hash FROM entries WHERE position > ? AND position <= ? ORDER BY position"
        return [leaf for (leaf,) in self._db.execute(sql, (first, first + count))]


def head(db: sqlite3.Connection) -> tuple[Position, str]:
    """Return the newest position and when it was recorded; 0 and nothing for an empty journal."""
    row = db.execute("SELECT position, recorded FROM entries ORDER BY position DESC LIMIT 1").fetchone()
    return row or (Position(0), "")


def raw_at(db: sqlite3.Connection, position: int) -> bytes | None:
    """Return the bytes of the entry at *position*."""
    row = db.execute("SELECT entry FROM entries WHERE position = ?", (position,)).fetchone()
    return row[0] if row else None


def disclosures(db: sqlite3.Connection, first: int, last: int) -> dict[Position, list[bytes]]:
    """Return the disclosures that are still there, by position, in the order of their digests."""
    found: dict[Position, list[bytes]] = {}
    sql = "SELECT key >> 6, disclosure FROM disclosures WHERE key >= ? AND key < ? ORDER BY key"
    for position, disclosure in db.execute(sql, (first << 6, last + 1 << 6)):
        found.setdefault(position, []).append(disclosure)
    return found


def ids(db: sqlite3.Connection, wanted: Sequence[EntryId]) -> dict[EntryId, Position]:
    """Return the positions of those of *wanted* that are recorded."""
    # ids begin with their time (UUIDv7), so almost every new one is beyond the newest there: no search for it
    (newest,) = db.execute("SELECT max(id) FROM entries").fetchone()
    older = [i for i in wanted if i <= newest] if newest else []
    return dict(_in_many(db, "SELECT id, position FROM entries WHERE id IN", older))


def sourcekeys(db: sqlite3.Connection, wanted: Sequence[str]) -> dict[str, Position]:
    """Return the positions of the entries made from those of *wanted* that are recorded."""
    first = dict(_in_many(db, "SELECT key, position FROM sourcekeys WHERE key IN", [*map(slot, wanted)]))
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
    taken: set[int] = set()
    for sourcekey, position in keyed.items():
        at = slot(sourcekey)
        while at in taken or _slot_at(db, at) is not None:
            at = (at + 1) % _SLOTS
        taken.add(at)
        yield at, position


def slot(sourcekey: str) -> int:
    """Return the first 63 bits of a source key."""
    return int(sourcekey[:16], 16) >> 1


def _slot_at(db: sqlite3.Connection, at: int) -> Position | None:
    row = db.execute("SELECT position FROM sourcekeys WHERE key = ?", (at,)).fetchone()
    return row[0] if row else None


def _sourcekey_at(db: sqlite3.Connection, position: int) -> object:
    raw = raw_at(db, position)
    return decode(raw).get("sourcekey") if raw else None


def _in_many(db: sqlite3.Connection, sql: str, wanted: Sequence[T]) -> Iterator[tuple[T, Position]]:
    size = _MANY if len(wanted) > 8 else 1  # two statements only, for SQLite to remember
    question = f"{sql} ({','.join('?' * size)})"
    for start in range(0, len(wanted), size):
        some = wanted[start : start + size]
        yield from db.execute(question, (*some, *[None] * (size - len(some))))  # NULL is in no list
