"""Tables filled from nothing: every stream is folded once, and the indexes are made when all rows are there."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ledger_projections.file import PROJECTION_VERSION, SCHEMA_VERSION, unix
from ledger_projections.log import Log
from ledger_projections.runner import note_position, transaction
from ledger_projections.schema import dictionary, fingerprint, indexes, statements
from ledger_projections.streams import StreamTables

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Iterator

    from ledger.journal import Reader
    from ledger.values import Position
    from ledger_projections.table import Table

COLLECTED = 100_000
"""Entries between two collections of garbage: what is known of a stream is let go by hand."""


def fill(
    db: sqlite3.Connection,
    reader: Reader,
    tables: Collection[Table],
    as_of: str,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Position:
    """Make the tables in the empty database *db*."""
    head, projection = reader.head(), StreamTables(tables)
    log, done = Log(reader, head), 0
    with transaction(db), _few_collections() as collect:
        _empty(db, reader, tables, as_of)
        for stream_head in reader.streams():
            if stream_head.opened <= head:
                view = log.view(stream_head.stream, as_of)
                projection.add(view, db)
                if view.known is not None:
                    view.known.forget()
                done += stream_head.version
                collect(done)
                progress(min(done, head), head)
        for statement in indexes(tables):
            db.execute(statement)
        note_position(db, reader, head, [projection])
    return head


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


@contextmanager
def _few_collections() -> Iterator[Callable[[int], None]]:
    """Collect garbage when so many entries are done, and not each time that so many objects are there."""
    was, collected = gc.isenabled(), 0

    def collect(done: int) -> None:
        nonlocal collected
        if done - collected >= COLLECTED:
            collected = done
            gc.collect(1)

    gc.disable()
    try:
        yield collect
    finally:
        if was:
            gc.enable()
