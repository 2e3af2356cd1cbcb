"""How entries are written: their rows, their disclosures, their streams' heads, and the tiles they fill."""

import sqlite3
from collections.abc import Sequence

from eventsourcing.persistence import StoredEvent

from ledger.entry import Proposal
from ledger.errors import Conflict
from ledger.merkle import TILE_WIDTH, Edge, Hash, leaf_hash
from ledger.stores.finishing import finish
from ledger.stores.nodes import StoredNodes
from ledger.stores.schema import ORDINAL_BITS
from ledger.stores.sourcekeys import free_slots


def insert(
    db: sqlite3.Connection, head: int, recorded: str, events: Sequence[StoredEvent], proposals: Sequence[Proposal]
) -> Sequence[int]:
    """Write *events*, made of *proposals*, after *head* in the transaction that *db* is in; return their positions."""
    positions = range(head + 1, head + 1 + len(events))
    leaves = _write_entries(db, positions, recorded, events, proposals)
    _write_disclosures(db, positions, proposals)
    _write_sourcekeys(db, positions, proposals)
    # the edge is read back only where it fills: nothing about the tree is remembered between two appends
    if positions[-1] // TILE_WIDTH != head // TILE_WIDTH:
        tiles = Edge.at(head, StoredNodes(db)).extend(leaves)
        db.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", tiles)
    return positions


class _Heads:
    """The newest version and position of each stream that a batch adds to."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._now: dict[str, tuple[int, int]] = {}
        self._opened: dict[str, int] = {}

    def advance(self, stream: str, version: int, position: int) -> int:
        """Put *version* of *stream* at *position*, return the position before; refuse any but the next."""
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
        if new:
            self._db.executemany("INSERT INTO streams VALUES (?, ?, ?, ?)", new)
        if grown:
            self._db.executemany("UPDATE streams SET version = ?, position = ? WHERE stream = ?", grown)


def _write_entries(
    db: sqlite3.Connection,
    positions: Sequence[int],
    recorded: str,
    events: Sequence[StoredEvent],
    proposals: Sequence[Proposal],
) -> list[Hash]:
    heads = _Heads(db)
    leaves: list[Hash] = []
    entries: list[tuple[object, ...]] = []
    for position, event, proposal in zip(positions, events, proposals, strict=True):
        stream, version = str(event.originator_id), event.originator_version
        previous = heads.advance(stream, version, position)
        raw = finish(event.state, recorded, version)
        leaf = leaf_hash(raw)
        leaves.append(leaf)
        entries.append((position, stream, version, previous, event.topic, proposal.id, recorded, leaf, raw))
    db.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", entries)
    heads.write()
    return leaves


def _write_disclosures(db: sqlite3.Connection, positions: Sequence[int], proposals: Sequence[Proposal]) -> None:
    keyed = [
        (position << ORDINAL_BITS | ordinal, disclosure)
        for position, proposal in zip(positions, proposals, strict=True)
        for ordinal, disclosure in enumerate(proposal.disclosures)
    ]
    if keyed:
        db.executemany("INSERT INTO disclosures VALUES (?, ?)", keyed)


def _write_sourcekeys(db: sqlite3.Connection, positions: Sequence[int], proposals: Sequence[Proposal]) -> None:
    keyed = {
        str(key): position
        for position, proposal in zip(positions, proposals, strict=True)
        if (key := proposal.attributes.get("sourcekey")) is not None
    }
    if keyed:
        db.executemany("INSERT INTO sourcekeys VALUES (?, ?)", [*free_slots(db, keyed)])
