"""How entries are written: their rows, their disclosures, their streams' heads, and the tiles they fill."""

import sqlite3
from collections.abc import Sequence

from eventsourcing.persistence import StoredEvent

from ledger.errors import Conflict
from ledger.merkle import TILE_WIDTH, Edge, Hash, Tile, leaf_hash
from ledger.stores import rows
from ledger.stores.finishing import finish
from ledger.stores.schema import ORDINAL_BITS

_ENTRY = "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"


def insert(
    db: sqlite3.Connection,
    head: int,
    recorded: str,
    events: Sequence[StoredEvent],
    ids: Sequence[str],
    disclosures: Sequence[Sequence[bytes]],
    sourcekeys: Sequence[str | None],
) -> Sequence[int]:
    """Write *events* after *head* within the transaction that *db* is in; return their positions."""
    positions = range(head + 1, head + 1 + len(events))
    heads = _Heads(db)
    leaves: list[Hash] = []
    entries: list[tuple[object, ...]] = []
    for position, event, entry_id in zip(positions, events, ids, strict=True):
        stream, version = str(event.originator_id), event.originator_version
        raw = finish(event.state, recorded, version)
        leaves.append(leaf_hash(raw))
        previous = heads.advance(stream, version, position)
        entries.append((position, stream, version, previous, event.topic, entry_id, recorded, leaves[-1], raw))
    db.executemany(_ENTRY, entries)
    heads.write()
    _write_disclosures(db, positions, disclosures)
    keyed = {key: position for key, position in zip(sourcekeys, positions, strict=True) if key is not None}
    db.executemany("INSERT INTO sourcekeys VALUES (?, ?)", [*rows.free_slots(db, keyed)])
    db.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", [(*tile,) for tile in map(_row, _filled(db, head, leaves))])
    return positions


class _Heads:
    """The newest version and position of each stream that a batch adds to."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._now: dict[str, tuple[int, int]] = {}
        self._opened: dict[str, int] = {}

    def advance(self, stream: str, version: int, position: int) -> int:
        """Put *version* of *stream* at *position*, and return the position before it; refuse any but the next version."""
        if stream not in self._now:
            row = self._db.execute("SELECT version, position FROM streams WHERE stream = ?", (stream,)).fetchone()
            if row is None:
                self._opened[stream] = position
            self._now[stream] = (0, 0) if row is None else (row[0], row[1])
        newest, previous = self._now[stream]
        if version != newest + 1:
            raise Conflict(stream, version - 1, newest)
        self._now[stream] = version, position
        return previous

    def write(self) -> None:
        """Write the heads back: a row for each new stream, a change for each other."""
        new = [(stream, *self._now[stream], opened) for stream, opened in self._opened.items()]
        grown = [(*now, stream) for stream, now in self._now.items() if stream not in self._opened]
        self._db.executemany("INSERT INTO streams VALUES (?, ?, ?, ?)", new)
        self._db.executemany("UPDATE streams SET version = ?, position = ? WHERE stream = ?", grown)


def _write_disclosures(
    db: sqlite3.Connection, positions: Sequence[int], disclosures: Sequence[Sequence[bytes]]
) -> None:
    keyed = [
        (position << ORDINAL_BITS | ordinal, disclosure)
        for position, own in zip(positions, disclosures, strict=True)
        for ordinal, disclosure in enumerate(own)
    ]
    db.executemany("INSERT INTO disclosures VALUES (?, ?)", keyed)


def _filled(db: sqlite3.Connection, head: int, leaves: Sequence[Hash]) -> Sequence[Tile]:
    # the edge is read back only where it fills: nothing about the tree is remembered between two appends
    if (head + len(leaves)) // TILE_WIDTH == head // TILE_WIDTH:
        return ()
    return Edge.at(head, rows.StoredNodes(db)).extend(leaves)


def _row(tile: Tile) -> tuple[int, int, Hash, bytes]:
    return tile.level, tile.index, tile.root, tile.hashes
