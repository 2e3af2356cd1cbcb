"""Somebody with the file and an SQL shell: triggers away, a change, triggers back."""

import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from ledger import canonical
from ledger.audit import verify
from ledger.errors import Tampered
from ledger.merkle import Edge, Hash, leaf_hash
from tests.every_event import EVERY, make_ledger

MORE = ["slip-foreseen"] * (600 - len(EVERY))
"""Fills two tiles: 600 entries in all."""


@cache
def template(large: bool = False) -> Path:
    """Return a ledger of every event, to copy; a *large* one has 600 entries."""
    path = Path(mkdtemp()) / "ledger.db"
    make_ledger(path, *(MORE if large else ()))
    return path


def copy(folder: Path, *, large: bool = False) -> Path:
    """Return a copy to meddle with."""
    return Path(shutil.copy(template(large), folder / "ledger.db"))


@contextmanager
def meddling(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the ledger without its triggers; they are back afterwards, as if nothing had been."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA synchronous = OFF")
        db.execute("BEGIN")
        triggers = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            db.execute(f"DROP TRIGGER {name}")
        yield db
        for _, sql in triggers:
            db.execute(sql)
        db.execute("COMMIT")


@contextmanager
def undone(path: Path) -> Iterator[None]:
    """Put the file back as it was."""
    before = path.read_bytes()
    yield
    path.write_bytes(before)


def found(path: Path, after: int = 0, trusted: Hash | None = None) -> tuple[int, str]:
    """Return the position and the words of what the audit of *path* finds; 0 and nothing if it finds nothing."""
    try:
        verify(path, after=after, trusted=trusted)
    except Tampered as error:
        return error.position, error.what
    return 0, ""


def attributes(path: Path, position: int) -> dict[str, Any]:
    """Return the entry at *position*, parsed."""
    with closing(sqlite3.connect(path)) as db:
        (raw,) = db.execute("SELECT entry FROM entries WHERE position = ?", (position,)).fetchone()
    return canonical.decode(raw)


def rewrite(path: Path, position: int, entry: Mapping[str, Any] | bytes, *, tree: bool = False) -> None:
    """Put other bytes at *position*; with *tree*, make the leaf and all tiles agree with them."""
    raw = entry if isinstance(entry, bytes) else canonical.encode(entry)
    with meddling(path) as db:
        db.execute("UPDATE entries SET entry = ? WHERE position = ?", (raw, position))
        if tree:
            db.execute("UPDATE entries SET leaf_hash = ? WHERE position = ?", (leaf_hash(raw), position))
            regrow(db)


def regrow(db: sqlite3.Connection) -> None:
    """Make the tiles anew from the leaves."""
    db.execute("DELETE FROM tiles")
    leaves = [leaf for (leaf,) in db.execute("SELECT leaf_hash FROM entries ORDER BY position")]
    rows = [(t.level, t.number, t.root, t.hashes) for t in Edge().extend(leaves)]
    db.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", rows)


def after(path: Path, sql: str, *values: object) -> tuple[int, str]:
    """Return what the audit finds after *sql*, and put the file back."""
    with undone(path):
        with meddling(path) as db:
            db.execute(sql, values)
        return found(path)
