"""The read model made from nothing: into a new file, compared with the old one, which it then replaces atomically."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, cast

from ledger_projections.log import Log
from ledger_projections.readmodel.comparing import Rebuilt, compare, evaluated_at
from ledger_projections.readmodel.file import building, is_earlier, opening
from ledger_projections.readmodel.filling import append, create, fill
from ledger_projections.readmodel.runner import transaction
from ledger_projections.readmodel.schema import indexes, statements
from ledger_projections.readmodel.sharing import append_shared, can_share

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from ledger.journal import Reader
    from ledger.stores.reading import SqliteReader
    from ledger.values import Position
    from ledger_projections.readmodel.filling import Made
    from ledger_projections.table import Table

HALF, THEN = "-half", "-then"
"""What the names of the files end in that are made beside the new one: by a second process, and of the old time."""


def rebuild(
    reader: Reader,
    path: str,
    tables: Collection[Table],
    as_of: str,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Rebuilt:
    """Make the tables at *path* anew; compare the old ones as they were at the time that they stand at.

    *progress* is told how many entries of how many are folded. The old file is read by those who have it open until they
    close it.
    """
    with building(path):
        return remake(reader, path, tables, as_of, progress)


def remake(
    reader: Reader,
    path: str,
    tables: Collection[Table],
    as_of: str,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Rebuilt:
    """Do what `rebuild` does, where nobody else is `building`."""
    _clear(path)
    evaluated, new = evaluated_at(path, reader, tables), _temporary(path)
    if evaluated and not is_earlier(as_of, evaluated):
        as_of = max(as_of, evaluated)

    def then(streams: Collection[str], at: str) -> str:
        return _remade(reader, f"{new}{THEN}", tables, at, streams)

    try:
        build(reader, new, tables, as_of, progress)
        found = compare(path, new, tables, then)
        replace(new, path)
    finally:
        for name in (new, f"{new}{HALF}", f"{new}{THEN}"):
            for file in (name, f"{name}-journal"):
                with suppress(FileNotFoundError):
                    os.unlink(file)
    return found


def build(
    reader: Reader,
    path: str,
    tables: Collection[Table],
    as_of: str,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Position:
    """Make the tables in the empty file at *path*: every stream is folded once; return the position they stand at.

    A large ledger is shared with a second process, which works in a file beside *path*.
    """
    with closing(create(path)) as db:
        if not can_share(reader, tables):
            return fill(db, reader, tables, as_of, progress)

        def shared(head: int, made: Made) -> None:
            append_shared(db, cast("SqliteReader", reader), tables, as_of, f"{path}{HALF}", head, made)

        return fill(db, reader, tables, as_of, progress, shared)


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


def _remade(reader: Reader, path: str, tables: Collection[Table], as_of: str, streams: Collection[str]) -> str:
    """Make the rows of *streams* at another time in the file at *path*, and return it."""
    with closing(create(path)) as db, transaction(db):
        for statement in statements(tables):
            db.execute(statement)
        if streams:
            chosen = (stream for stream in reader.streams() if stream.stream in streams)
            append(db, Log(reader, reader.head()), tables, as_of, chosen)
        for statement in indexes(tables):
            db.execute(statement)
    return path


def _clear(path: str) -> None:
    """Take away what those left who were killed while they made the tables: it holds texts that may be erased since."""
    folder, name = os.path.split(os.path.abspath(path))
    for left in os.listdir(folder):
        if left.startswith(f"{name}.new-"):
            with suppress(FileNotFoundError):
                os.unlink(os.path.join(folder, left))


def _temporary(path: str) -> str:
    """Make an empty file beside *path*, with the rights that the umask leaves, as every other file has them."""
    name = f"{path}.new-{os.urandom(6).hex()}"
    os.close(os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666))
    return name
