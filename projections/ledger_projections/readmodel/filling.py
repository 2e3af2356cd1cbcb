"""Tables filled from nothing: every stream is folded once, and the indexes are made when all rows are there."""

from __future__ import annotations

import gc
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ledger.uncollected import uncollected
from ledger_projections.log import Log
from ledger_projections.readmodel.appending import Appending
from ledger_projections.readmodel.file import PROJECTION_VERSION, SCHEMA_VERSION, unix
from ledger_projections.readmodel.runner import note_position, transaction
from ledger_projections.readmodel.schema import dictionary, fingerprint, indexes, statements
from ledger_projections.readmodel.streams import StreamTables
from ledger_projections.table import unread_by

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from ledger.journal import Reader, StreamHead
    from ledger.values import Position
    from ledger_projections.table import Table

    Made = Callable[[int], None]
    """Told how many entries are folded."""

COLLECTED = 100_000
"""Entries between two collections of garbage: what is known of a stream is let go by hand."""


def fill(
    db: sqlite3.Connection,
    reader: Reader,
    tables: Collection[Table],
    as_of: str,
    progress: Callable[[int, int], None] = lambda done, of: None,
    make: Callable[[int, Made], None] | None = None,
) -> Position:
    """Make the tables in the empty database *db*; *make* may be another way to make all rows up to a head."""
    head = reader.head()
    with transaction(db):
        _empty(db, reader, tables, as_of)

        def made(done: int) -> None:
            progress(min(done, head), head)

        if make is None:
            append(db, Log(reader, head, unread=unread_by(tables)), tables, as_of, reader.streams(), made)
        else:
            make(head, made)
        for statement in indexes(tables):
            db.execute(statement)
        note_position(db, reader, head, [StreamTables(tables)])
    return head


def append(
    db: sqlite3.Connection,
    log: Log,
    tables: Collection[Table],
    as_of: str,
    streams: Iterable[StreamHead],
    made: Made = lambda done: None,
) -> None:
    """Append the rows of *streams*, none of which has any, to the tables in *db*; tell *made* how far they are."""
    projection, writer, done = StreamTables(tables), Appending(db), 0
    with few_collections() as collect:
        for stream in streams:
            if stream.opened <= log.last:
                view = log.view(stream.stream, as_of)
                projection.add(view, writer)
                if view.known is not None:
                    view.known.forget()
                done += stream.version
                collect(done)
                made(done)
        writer.flush()


@contextmanager
def few_collections() -> Iterator[Callable[[int], None]]:
    """Collect garbage when so many entries are done, and not each time that so many objects are there."""
    collected = 0

    def collect(done: int) -> None:
        nonlocal collected
        if done - collected >= COLLECTED:
            collected = done
            gc.collect(1)

    with uncollected():
        yield collect


def create(path: str) -> sqlite3.Connection:
    """Open a file that nobody sees before it is whole."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = OFF")
    db.execute("PRAGMA synchronous = OFF")
    return db


def start(db: sqlite3.Connection, reader: Reader, tables: Collection[Table], as_of: str) -> None:
    """Make the tables, empty, with their dictionary and the one row of `freshness`."""
    _empty(db, reader, tables, as_of)
    for statement in indexes(tables):
        db.execute(statement)


def _empty(db: sqlite3.Connection, reader: Reader, tables: Collection[Table], as_of: str) -> None:
    for statement in statements(tables):
        db.execute(statement)
    db.executemany("INSERT INTO data_dictionary VALUES (?, ?, ?, ?, ?, ?, ?)", dictionary(tables))
    db.execute("INSERT INTO internal_state VALUES (?, NULL, ?, x'')", (reader.origin, fingerprint(tables)))
    stamp = (0, "", PROJECTION_VERSION, SCHEMA_VERSION, as_of, unix(as_of), as_of, unix(as_of))
    db.execute("INSERT INTO freshness VALUES (?, ?, ?, ?, ?, ?, ?, ?)", stamp)
