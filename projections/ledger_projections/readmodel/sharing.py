"""A rebuild in two processes: the second makes the rows of the later half of the streams, in a file of its own.

A row is a function of its stream, so it does not matter who makes it: the file of the second is copied behind the rows
of the first, and the tables are those that one process makes. Whatever becomes of the second, the first makes all rows.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from ledger.stores.reading import SqliteReader
from ledger_projections.log import Log
from ledger_projections.processes import can_begin, command_of, cores, places
from ledger_projections.readmodel.filling import append, create
from ledger_projections.readmodel.runner import transaction
from ledger_projections.readmodel.schema import statements
from ledger_projections.table import unread_by
from ledger_projections.tables import READABLE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Iterator, Mapping

    from ledger.journal import Reader
    from ledger_projections.readmodel.filling import Made
    from ledger_projections.table import Table

WORTH_A_PROCESS = 10_000
"""Entries below which a second process takes longer to begin than it saves."""


def can_share(reader: Reader, tables: Collection[Table]) -> bool:
    """Return whether a second process would find the same, and somewhere to run meanwhile."""
    return cores() > 1 and is_found_again(reader, tables)


def is_found_again(reader: Reader, tables: Collection[Table]) -> bool:
    """Return whether another process would find the same ledger and the same tables, and is worth beginning."""
    known = all(READABLE.get(table.name) is table for table in tables)
    return known and isinstance(reader, SqliteReader) and can_begin() and reader.head() >= WORTH_A_PROCESS


def append_shared(
    db: sqlite3.Connection,
    reader: SqliteReader,
    tables: Collection[Table],
    as_of: str,
    path: str,
    head: int,
    made: Made,
) -> None:
    """Append the rows of all streams as they are at *head* to the tables in *db*, half of them by way of a file at *path*."""
    last, log = first_half(reader, head), Log(reader, head, unread=unread_by(tables))
    names = [table.name for table in tables]
    task = {"ledger": reader.path, "path": path, "names": names, "as_of": as_of, "after": last, "head": head}
    with _beside(task) as ended:
        mine = (stream for stream in reader.streams() if stream.opened <= last)
        append(db, log, tables, as_of, mine, lambda done: made(2 * done))  # the other is about as far
        if ended():
            _copy(db, path, tables)
            made(head)
            return
    theirs = (stream for stream in reader.streams() if stream.opened > last)
    append(db, log, tables, as_of, theirs, lambda done: made(head // 2 + done))


def first_half(reader: Reader, head: int) -> int:
    """Return up to where the streams were opened that have half of the entries."""
    done, last = 0, 0
    for stream in reader.streams():
        if 2 * done < head and stream.opened <= head:
            done, last = done + stream.version, stream.opened
    return last


def append_elsewhere(
    ledger: str, path: str, names: Collection[str], as_of: str, after: int, head: int, made: Made
) -> None:
    """Make the tables at *path*, without indexes, of the streams of *ledger* that were opened after a position."""
    tables = [READABLE[name] for name in names]
    with SqliteReader(ledger) as reader, closing(create(path)) as db, transaction(db):
        for statement in statements(tables):
            db.execute(statement)
        streams = (stream for stream in reader.streams() if stream.opened > after)
        append(db, Log(reader, head, unread=unread_by(tables)), tables, as_of, streams, made)


@contextmanager
def _beside(task: Mapping[str, object]) -> Iterator[Callable[[], bool]]:
    """Run *task* in another process meanwhile; give the function that waits for it and says whether it was done."""
    command = command_of("ledger_projections.readmodel.sharing", json.dumps({**task, "parent": os.getpid()}))
    nowhere = subprocess.DEVNULL
    try:
        process = subprocess.Popen(command, env=places(), stdin=nowhere, stdout=nowhere, stderr=nowhere)  # noqa: S603 -- our own module
    except OSError:
        yield lambda: False
        return
    try:
        yield lambda: process.wait() == 0
    finally:
        process.kill()
        process.wait()


def _copy(db: sqlite3.Connection, path: str, tables: Collection[Table]) -> None:
    """Copy the rows of the file at *path* behind those in *db*."""
    db.execute("ATTACH ? AS half", (path,))
    for name in ("internal_streams", *(table.name for table in tables)):
        db.execute(f'INSERT INTO main."{name}" SELECT * FROM half."{name}"')


def main() -> None:
    """Do the task that stands in the arguments, as long as the process that asked for it lives."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asked is interrupted too, and ends this
    task = json.loads(sys.argv[1])
    parent = task.pop("parent")

    def made(done: int) -> None:
        if os.getppid() != parent:
            sys.exit(1)

    append_elsewhere(**task, made=made)


if __name__ == "__main__":
    main()
