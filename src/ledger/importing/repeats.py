"""How many originals like this one came before it in the file: two equal lines are two facts (design, section 2.1)."""

from __future__ import annotations

import sqlite3
from hashlib import sha256
from typing import Self

_COUNT = "INSERT INTO seen VALUES (?, 0) ON CONFLICT DO UPDATE SET times = times + 1 RETURNING times"


class Repeats:
    """Counts originals in a temporary file of SQLite's own, so that memory stays flat however long the source is."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.execute("CREATE TABLE seen (digest BLOB PRIMARY KEY, times INTEGER NOT NULL) WITHOUT ROWID")
        self._db.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._db.close()

    def count(self, original: bytes) -> int:
        """Return how many like *original* were counted before, and count it."""
        return int(self._db.execute(_COUNT, (sha256(original).digest()[:16],)).fetchone()[0])
