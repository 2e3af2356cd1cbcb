"""The rows that an audit reads; what cannot be read is a fault of the entries it belongs to."""

from __future__ import annotations

import sqlite3
from typing import Any

from ledger.audit.report import Fault
from ledger.stores.failures import unreachable
from ledger.stores.schema import ORDINAL_BITS

Rows = list[tuple[Any, ...]]

_ROWS = "SELECT * FROM entries WHERE position >= ? AND position <= ? ORDER BY position"
_HASHED = (
    "SELECT position, 0, 0, 0, 0, 0, 0, leaf_hash, entry FROM entries"
    " WHERE position >= ? AND position <= ? ORDER BY position"
)
_TEXTS = "SELECT key, disclosure FROM disclosures WHERE key >= ? AND key < ? ORDER BY key"
_TILE = "SELECT root, hashes FROM tiles WHERE level = 0 AND number = ? AND ? = 0"
_CANNOT_READ = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_MISMATCH}


class Reading:
    """Reads of the ledger at *path* over *db*, all about the entries from *start* to *stop*."""

    __slots__ = ("_db", "_path", "_start", "_stop")

    def __init__(self, db: sqlite3.Connection, path: str, start: int, stop: int) -> None:
        self._db, self._path, self._start, self._stop = db, path, start, stop

    def rows(self) -> Rows | Fault:
        """Return the rows of the entries, every column."""
        return self._read(_ROWS, self._start, self._stop)

    def hashed(self) -> Rows | Fault:
        """Return the same rows with only what the tree is made of, nought for the rest."""
        return self._read(_HASHED, self._start, self._stop)

    def texts(self) -> Rows | Fault:
        """Return keys and disclosures of the entries."""
        return self._read(_TEXTS, self._start << ORDINAL_BITS, self._stop + 1 << ORDINAL_BITS)

    def tile(self, number: int) -> Rows | Fault:
        """Return root and hashes of a tile over leaves, in no row or one."""
        return self._read(_TILE, number, 0)

    def _read(self, sql: str, low: int, high: int) -> Rows | Fault:
        try:
            return self._fetch(sql, low, high)
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _CANNOT_READ:
                raise unreachable(self._path, "read", error) from error
            return Fault(self._start, f"it, or one of the {self._stop - self._start} after it, cannot be read: {error}")

    def _fetch(self, sql: str, low: int, high: int) -> Rows:
        try:
            return self._db.execute(sql, (low, high)).fetchall()
        except sqlite3.OperationalError as error:
            if "decode" not in str(error):
                raise
        self._db.text_factory = _legible  # a text is no UTF-8: read it as something else than its bytes say
        try:
            return self._db.execute(sql, (low, high)).fetchall()
        finally:
            self._db.text_factory = str


def _legible(text: bytes) -> str:
    return text.decode(errors="replace")
