"""A ledger file as those see it who only read: plain SQLite, nothing else imported."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Self

from ledger.errors import Unreachable
from ledger.journal import Stored, StreamHead
from ledger.stores import rows
from ledger.stores.failures import explained
from ledger.stores.opening import connect_reading

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from types import TracebackType

    from ledger.merkle import Hash, Nodes
    from ledger.values import EntryId, Position, Stream

_STREAM = f"{rows.CHAIN} SELECT position, entry FROM chain"
_STREAM_BUT = f"""{rows.BARE_CHAIN} SELECT e.version, e.position, e.entry
FROM chain CROSS JOIN entries AS e ON e.position = chain.position WHERE chain.newest OR e.type NOT IN """

_PAGE = 10_000
"""Streams that are held at once: among all those of a large ledger would lie what is made of them, and hold their memory."""
_LAST = 2**56
"""No position is this large, and SQLite takes 64 bits: a disclosure's key is 6 longer."""


class SqliteReader:
    """The entries, disclosures and hashes of the ledger at *path*, read as they stand at each call."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = os.path.realpath(path)
        self._db = connect_reading(self.path)
        try:
            self._origin = str(self._setting("origin"))
        except BaseException:
            self._db.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def origin(self) -> str:
        """The name of this ledger, which is the `source` of its entries."""
        return self._origin

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def head(self) -> Position:
        """Return the newest position; 0 for an empty journal."""
        newest: Position = self._rows("SELECT coalesce(max(position), 0) FROM entries")[0][0]
        return newest

    def streams(self) -> Iterator[StreamHead]:
        """Yield every stream, in the order they were opened."""
        sql = "SELECT * FROM streams WHERE opened > ? ORDER BY opened LIMIT ?"
        last = 0
        while page := [*map(StreamHead._make, self._rows(sql, last, _PAGE))]:
            yield from page
            last = page[-1].opened

    def version(self, stream: Stream) -> int:
        """Return the newest version of *stream*; 0 if there is none."""
        found = self._rows("SELECT version FROM streams WHERE stream = ?", stream)
        return int(found[0][0]) if found else 0

    def read(self, stream: Stream) -> Sequence[Stored]:
        """Return the entries of *stream*, oldest first."""
        return [*map(Stored._make, reversed(self._rows(_STREAM, stream)))]

    def read_but(self, stream: Stream, types: Collection[str]) -> tuple[Sequence[Stored], int]:
        """Return the entries of *stream* but those of some *types*, and how many those are; the newest is always there."""
        found = self._rows(f"{_STREAM_BUT}({', '.join('?' * len(types))})", stream, *types)
        left_out = found[0][0] - len(found) if found else 0
        return [Stored(position, raw) for _, position, raw in reversed(found)], left_out

    def since(self, after: Position, limit: int) -> Sequence[Stored]:
        """Return up to *limit* entries that stand after *after*, which is left out."""
        sql = "SELECT position, entry FROM entries WHERE position > ? ORDER BY position LIMIT ?"
        return [*map(Stored._make, self._rows(sql, min(after, _LAST), min(max(limit, 0), _LAST)))]

    def at(self, position: Position) -> Stored | None:
        """Return the entry at *position*."""
        with explained(self.path, "read"):
            raw = rows.raw_at(self._db, min(position, _LAST))
        return None if raw is None else Stored(position, raw)

    def find(self, entry_id: EntryId) -> Position | None:
        """Return the position of the entry with this id."""
        found = self._rows("SELECT position FROM entries WHERE id = ?", entry_id)
        position: Position | None = found[0][0] if found else None
        return position

    def disclosures(self, positions: Iterable[Position]) -> Mapping[Position, Sequence[bytes]]:
        """Return the disclosures of the entries at *positions* that have any, in the order of their digests."""
        with explained(self.path, "read"):
            return rows.disclosures(self._db, (min(position, _LAST) for position in positions))

    def nodes(self) -> Nodes:
        """Return the stored hashes of the Merkle tree."""
        from ledger.stores.nodes import ExplainedNodes

        return ExplainedNodes(self.path, self._db)

    def root(self) -> Hash:
        """Return the root of the tree over all entries."""
        from ledger.merkle import tree_root

        return tree_root(self.head(), self.nodes())

    def _setting(self, key: str) -> Any:  # noqa: ANN401 -- the column is ANY
        found = self._rows("SELECT value FROM ledger WHERE key = ?", key)
        if not found:
            raise Unreachable(f'"{self.path}" is no whole ledger: it lacks its {key}.', advice="Restore a backup.")
        return found[0][0]

    def _rows(self, sql: str, *values: object) -> list[Any]:
        with explained(self.path, "read"):
            return self._db.execute(sql, values).fetchall()
