"""A ledger as it was when it was shorter, and every row that is made of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ledger_projections.readmodel.filling import fill
from ledger_projections.readmodel.shape import Shape

from ledger.journal import Stored, StreamHead
from ledger.merkle import Hash, Nodes, tree_root
from ledger.values import EntryId, Position, Stream

if TYPE_CHECKING:
    from ledger_projections.table import Table

    from ledger.journal import Reader


class Cut:
    """A journal as it was when it had *last* entries."""

    def __init__(self, journal: Reader, last: int) -> None:
        self._journal, self.last = journal, last
        self.origin = journal.origin

    def head(self) -> Position:
        return Position(self.last)

    def streams(self) -> Iterator[StreamHead]:
        for head in self._journal.streams():
            if kept := self.read(head.stream):
                yield StreamHead(head.stream, len(kept), kept[-1].position, kept[0].position)

    def version(self, stream: Stream) -> int:
        return len(self.read(stream))

    def read(self, stream: Stream) -> Sequence[Stored]:
        return [stored for stored in self._journal.read(stream) if stored.position <= self.last]

    def read_but(self, stream: Stream, types: Collection[str]) -> tuple[Sequence[Stored], int]:
        kept, left_out = self._journal.read_but(stream, types)
        return (kept, left_out) if not kept or kept[-1].position <= self.last else (self.read(stream), 0)

    def since(self, after: Position, limit: int) -> Sequence[Stored]:
        return [stored for stored in self._journal.since(after, limit) if stored.position <= self.last]

    def at(self, position: Position) -> Stored | None:
        return self._journal.at(position) if position <= self.last else None

    def find(self, entry_id: EntryId) -> Position | None:
        position = self._journal.find(entry_id)
        return position if position and position <= self.last else None

    def disclosures(self, positions: Iterable[Position]) -> Mapping[Position, Sequence[bytes]]:
        return self._journal.disclosures(position for position in positions if position <= self.last)

    def nodes(self) -> Nodes:
        return self._journal.nodes()

    def root(self) -> Hash:
        return tree_root(self.last, self.nodes())


Rows = Mapping[str, Sequence[tuple[object, ...]]]


def built(reader: Reader, tables: Sequence[Table], as_of: str) -> Rows:
    """Return the rows of *tables* made from nothing."""
    db = opened()
    fill(db, reader, tables, as_of)
    rows = everything(db, tables)
    db.close()
    return rows


def opened() -> sqlite3.Connection:
    """Return an empty database in memory."""
    return sqlite3.connect(":memory:", isolation_level=None)


def everything(db: sqlite3.Connection, tables: Sequence[Table]) -> Rows:
    """Return every row of *tables*, tombstones included, sorted."""
    names = {table.name: ", ".join(Shape(table).types) for table in tables}
    return {
        name: sorted(db.execute(f'SELECT {columns} FROM "{name}"').fetchall(), key=repr)
        for name, columns in names.items()
    }
