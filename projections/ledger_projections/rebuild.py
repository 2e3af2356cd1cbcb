"""The read model made from nothing: into a new file, compared with the old one, which it then replaces atomically."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ledger_projections.catchup import refresh
from ledger_projections.comparing import Rebuilt, comparable_at, compare
from ledger_projections.file import opening, unix
from ledger_projections.filling import fill
from ledger_projections.streams import StreamTables

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from ledger.journal import Reader
    from ledger.values import Position
    from ledger_projections.table import Table


def rebuild(
    reader: Reader,
    path: str,
    tables: Collection[Table],
    as_of: str,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Rebuilt:
    """Make the tables at *path* anew; compare the old ones at the position and the time that they stand at.

    *progress* is told how many entries of how many are folded. The old file is read by those who have it open until they
    close it.
    """
    evaluated, new = comparable_at(path, reader, tables), _temporary(path)
    try:
        build(reader, new, tables, evaluated or as_of, progress)
        found = compare(path, new, tables)
        if evaluated:
            _bring_up(reader, new, tables, as_of)
        replace(new, path)
    finally:
        for name in (new, f"{new}-journal"):
            with suppress(FileNotFoundError):
                os.unlink(name)
    return found


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


def _bring_up(reader: Reader, path: str, tables: Collection[Table], as_of: str) -> None:
    """Evaluate the tables at *path*, which nobody sees yet, at *as_of*."""
    db = sqlite3.connect(path, isolation_level=None)
    try:
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        refresh(db, reader, StreamTables(tables), as_of, settle=True)
        db.execute("UPDATE freshness SET built_at = ?, built_at_unix = ?", (as_of, unix(as_of)))
    finally:
        db.close()


def _temporary(path: str) -> str:
    """Make an empty file beside *path*, with the rights that the umask leaves, as every other file has them."""
    name = f"{path}.new-{os.urandom(6).hex()}"
    os.close(os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666))
    return name
