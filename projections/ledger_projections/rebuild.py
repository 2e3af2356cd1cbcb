"""The read model made from nothing: into a new file, compared with the old one, which it then replaces atomically."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp
from typing import TYPE_CHECKING

from ledger_projections.file import Stale, connect, opening
from ledger_projections.filling import fill

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from ledger.journal import Reader
    from ledger.values import Position
    from ledger_projections.table import Table

SHOWN = 100
"""Differences that are told; more of them say nothing more."""


def rebuild(
    reader: Reader,
    path: str,
    tables: Collection[Table],
    as_of: str,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> list[str]:
    """Make the tables at *path* anew; return how the old ones differed at the same position and time: our bug, if any.

    *progress* is told how many entries of how many are folded. The old file is read by those who have it open until they
    close it.
    """
    new = _temporary(path)
    try:
        position = build(reader, new, tables, as_of, progress)
        differences = compare(path, new, tables)[:SHOWN] if position else []
        replace(new, path)
    finally:
        for name in (new, f"{new}-journal"):
            with suppress(FileNotFoundError):
                os.unlink(name)
    return differences


def build(
    reader: Reader,
    path: str,
    tables: Collection[Table],
    as_of: str,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Position:
    """Make the tables in the empty file at *path*: every stream is folded once; return the position they stand at."""
    db = sqlite3.connect(path, isolation_level=None)
    try:
        db.execute("PRAGMA journal_mode = OFF")  # nobody sees the file before it is whole
        db.execute("PRAGMA synchronous = OFF")
        return fill(db, reader, tables, as_of, progress)
    finally:
        db.close()


def compare(old: str, new: str, tables: Collection[Table]) -> list[str]:
    """Return the rows in which two files differ that stand at the same position and time; nothing if they do not."""
    try:
        db = connect(old)
    except Stale:
        return []
    try:
        db.execute("ATTACH ? AS fresh", (new,))
        same = "SELECT f.position = n.position AND f.as_of = n.as_of AND s.tables = t.tables AND s.origin = t.origin"
        same += " FROM freshness f, fresh.freshness n, main.internal_state s, fresh.internal_state t"
        return list(_differences(db, tables)) if db.execute(same).fetchone()[0] else []
    except sqlite3.DatabaseError as error:
        return [f"the old file cannot be read: {error}"]
    finally:
        db.close()


def replace(new: str, path: str) -> None:
    """Put the file *new* in the place of *path*; those who have the old one open keep it.

    A mark stands while the old log beside the file is taken away, so that nobody trusts what a crash leaves (ADR 5).
    """
    with opening(path, alone=True):
        mark = Path(f"{path}.replacing")
        mark.touch()
        for name in (f"{path}-wal", f"{path}-shm"):
            with suppress(FileNotFoundError):
                os.unlink(name)
        os.replace(new, path)
        db = sqlite3.connect(path)
        db.execute("PRAGMA journal_mode = WAL")
        db.close()
        mark.unlink()


def _differences(db: sqlite3.Connection, tables: Collection[Table]) -> Iterator[str]:
    for table in tables:
        for one, other, what in (
            ("main", "fresh", "only in the old tables"),
            ("fresh", "main", "missing in the old tables"),
        ):
            sql = f'SELECT * FROM {one}."{table.name}" EXCEPT SELECT * FROM {other}."{table.name}" LIMIT {SHOWN}'
            yield from (f"{table.name}: {what}: {row}" for row in db.execute(sql))


def _temporary(path: str) -> str:
    file, name = mkstemp(prefix=f"{os.path.basename(path)}.new-", dir=os.path.dirname(path) or ".")
    os.close(file)
    return name
