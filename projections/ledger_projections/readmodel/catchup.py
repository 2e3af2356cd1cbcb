"""What brings the tables up to date: the entries that are new, then the rows whose time has come."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from ledger.stores.reading import SqliteReader
from ledger.values import Stream
from ledger_projections.log import Log
from ledger_projections.readmodel.file import Stale, building, connect, is_earlier, unix
from ledger_projections.readmodel.filling import fill
from ledger_projections.readmodel.growing import growing
from ledger_projections.readmodel.over_all import let_go
from ledger_projections.readmodel.runner import PAGE, catch_up, tracked, transaction
from ledger_projections.readmodel.schema import fingerprint
from ledger_projections.readmodel.streams import StreamTables
from ledger_projections.readmodel.touching import all_streams
from ledger_projections.table import unread_by
from ledger_projections.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from ledger.journal import Reader
    from ledger_projections.table import Table

FEW = 1_000
"""With more new entries than this, and more than were ever folded, the tables are made anew: that folds each stream once."""


def renewed(
    ledger: str,
    path: str,
    as_of: str,
    *,
    settle: str,
    note: Callable[[str], None],
    behind: sqlite3.Connection | None = None,
    damaged: bool = False,
) -> sqlite3.Connection:
    """Return a connection to the tables of *ledger* at *path*, brought up to date, or to a copy in memory if need be.

    A connection to them that is *behind* is the one returned, if they need not be made anew: to open them takes 1 ms.
    """
    with SqliteReader(ledger) as reader:
        try:
            if damaged:
                raise Stale("damaged")
            return _refreshed(reader, behind or connect(path), as_of, settle=settle)
        except Stale as stale:
            why = stale.why
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                note(f"The tables at {path} are being written by another process: they are read as they stand.")
                return connect(path)
            why = f"damaged: {error}"
        try:
            return _rebuilt(reader, path, as_of, why, note, settle)
        except (OSError, sqlite3.OperationalError) as error:
            how = getattr(error, "strerror", None) or error
            note(f"The tables at {path} cannot be written ({how}): they are made in memory, for this command only.")
            return in_memory(reader, list(TABLES.values()), as_of)


def refresh(
    db: sqlite3.Connection,
    reader: Reader,
    projection: StreamTables,
    as_of: str,
    *,
    settle: str = "",
    page: int = PAGE,
) -> None:
    """Bring the tables in *db* up to the head of *reader*'s log and to *as_of*; and what grows in the table *settle*."""
    (evaluated,) = db.execute("SELECT as_of FROM freshness").fetchone()
    back = is_earlier(as_of, evaluated)
    as_of = as_of if back else max(as_of, evaluated)
    catch_up(db, reader, [projection], as_of, page=page)
    if as_of == evaluated and not settle:
        return
    with transaction(db):
        let_go(db)
        last = tracked(db, [projection])
        log = Log(reader, last)
        for stream in all_streams(db) if back else _due(db, as_of):
            projection.renew(log.view(stream, as_of), db)
        alone = Log(reader, last, unread=unread_by([TABLES[settle]] if settle in TABLES else []))
        for stream in growing(db, settle):
            projection.settle(alone.view(stream, as_of), db, settle)
        db.execute("UPDATE freshness SET as_of = ?, as_of_unix = ?", (as_of, unix(as_of)))


def in_memory(reader: Reader, tables: Collection[Table], as_of: str) -> sqlite3.Connection:
    """Return the tables made in memory: for a folder that cannot be written to."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    fill(db, reader, tables, as_of)
    return db


def _refreshed(reader: SqliteReader, db: sqlite3.Connection, as_of: str, *, settle: str) -> sqlite3.Connection:
    tables = list(TABLES.values())
    try:
        db.execute("PRAGMA synchronous = OFF")
        _check(db, reader, tables)
        refresh(db, reader, StreamTables(tables), as_of, settle=settle)
    except BaseException:
        db.close()
        raise
    return db


def _rebuilt(
    reader: SqliteReader, path: str, as_of: str, why: str, note: Callable[[str], None], settle: str
) -> sqlite3.Connection:
    with building(path):
        try:
            return _refreshed(reader, connect(path), as_of, settle=settle)  # somebody else may have made them meanwhile
        except (Stale, sqlite3.DatabaseError):
            pass
        from ledger_projections.readmodel.rebuild import (
            remake,  # here: what it needs to make files takes 4 ms to import
        )

        remake(reader, path, list(TABLES.values()), as_of)
        if why not in {"missing", "far behind"}:
            note(f"The tables at {path} were made anew: {why}.")
    return connect(path)


def _check(db: sqlite3.Connection, reader: Reader, tables: Collection[Table]) -> None:
    """Raise Stale if the tables are of another log, of another shape, or so far behind that making them is quicker."""
    sql = "SELECT position, origin, leaf_hash, tables FROM freshness, internal_state"
    position, origin, leaf, shape = db.execute(sql).fetchone()
    if shape != fingerprint(tables):
        raise Stale("made by another version")
    head = reader.head()
    if origin == reader.origin and head < position:
        raise Stale("the ledger is older than its tables")
    if origin != reader.origin or (position and reader.nodes().row(0, position - 1, 1)[0] != leaf):
        raise Stale("they are of another ledger")
    if head - position > max(position, FEW):
        raise Stale("far behind")


def _due(db: sqlite3.Connection, as_of: str) -> list[Stream]:
    sql = "SELECT stream FROM internal_streams WHERE wakes_at <= ? ORDER BY stream"
    return [Stream(stream) for (stream,) in db.execute(sql, (as_of,))]
