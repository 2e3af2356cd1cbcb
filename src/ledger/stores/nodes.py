"""The stored hashes of the tree, as `merkle` asks for them."""

import sqlite3
from collections.abc import Sequence

from ledger.merkle import HASH_SIZE, TILE_WIDTH, Hash, parse_hashes
from ledger.stores.failures import explained


class StoredNodes:
    """The hashes of the tree: a full tile's in one read, all others from the rows they are roots or leaves of."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def row(self, level: int, first: int, count: int) -> Sequence[Hash]:
        """Read *count* hashes of row *level* from *first* on."""
        start = first % TILE_WIDTH * HASH_SIZE
        sql = "SELECT substr(hashes, ?, ?) FROM tiles WHERE level = ? AND number = ?"
        tile = self._db.execute(sql, (start + 1, count * HASH_SIZE, level, first // TILE_WIDTH)).fetchone()
        if tile:
            return parse_hashes(tile[0])
        if level:
            sql = "SELECT root FROM tiles WHERE level = ? AND number >= ? AND number < ? ORDER BY number"
            return [root for (root,) in self._db.execute(sql, (level - 1, first, first + count))]
        sql = "SELECT leaf_hash FROM entries WHERE position > ? AND position <= ? ORDER BY position"
        return [leaf for (leaf,) in self._db.execute(sql, (first, first + count))]


class ExplainedNodes(StoredNodes):
    """The same for readers of the file at *path*: what SQLite cannot read is Unreachable."""

    def __init__(self, path: str, db: sqlite3.Connection) -> None:
        super().__init__(db)
        self._path = path

    def row(self, level: int, first: int, count: int) -> Sequence[Hash]:
        """Read *count* hashes of row *level* from *first* on."""
        with explained(self._path, "read"):
            return super().row(level, first, count)
