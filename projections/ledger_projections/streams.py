"""The tables made of streams, as one projection: what an entry touches is folded anew, and what changed is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from ledger.names import PRACTICE
from ledger.values import Stream
from ledger_projections.kept import as_first_recorded, grows, kept_rows, wakes_at
from ledger_projections.log import Log
from ledger_projections.schema import columns

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from ledger_projections.kept import Kept, Key
    from ledger_projections.runner import Page
    from ledger_projections.table import Table
    from ledger_projections.view import View

_GOVERNS_ALL = ("engagement.policy-set.", "engagement.entry-corrected.")


class StreamTables:
    """The projection that keeps *tables*: the cost of a page is that of the streams it touches."""

    name = "streams"

    def __init__(self, tables: Collection[Table]) -> None:
        self.tables = tables

    def apply(self, page: Page, db: sqlite3.Connection) -> None:
        """Take *page* into the tables."""
        log = Log(page.reader, page.last)
        for stream in touched(page, db):
            self.renew(log.view(stream, page.as_of), db)

    def renew(self, view: View, db: sqlite3.Connection) -> None:
        """Make the rows of one stream anew and write those that are not there as they should be."""
        self._write(view, db, lambda table: _existing(table, view.stream, db))

    def add(self, view: View, db: sqlite3.Connection) -> None:
        """Write the rows of a stream that has none yet."""
        self._write(view, db, lambda table: {})

    def _write(self, view: View, db: sqlite3.Connection, existing: Any) -> None:  # noqa: ANN401 -- a table → its rows
        first, kind = as_first_recorded(view), view.stream.partition("/")[0]
        times, growing = [], False
        for table in self.tables:
            if kind in table.streams:
                rows = kept_rows(table, view, first)
                _replace(table, rows, existing(table), db)
                times.append(wakes_at(table, rows, view.as_of))
                growing = growing or grows(table, rows)
        account = view.engagement.account if view.engagement else None
        wakes = min((time for time in times if time), default=None)
        db.execute("REPLACE INTO internal_streams VALUES (?, ?, ?, ?)", (view.stream, account, wakes, growing))


def touched(page: Page, db: sqlite3.Connection) -> Iterator[Stream]:
    """Yield each stream whose rows the entries of *page* may change, once.

    An account's entries touch its engagements; a policy, or a correction in the practice, touches all there is.
    """
    own: dict[Stream, None] = {}
    everything = False
    for stored in page.stored():
        attributes = orjson.loads(stored.raw)
        stream = Stream(attributes["subject"])
        own[stream] = None
        everything = everything or (stream == PRACTICE and attributes["type"].startswith(_GOVERNS_ALL))
    yield from own
    others = all_streams(db) if everything else _engagements(own, db)
    yield from (stream for stream in dict.fromkeys(others) if stream not in own)


def all_streams(db: sqlite3.Connection) -> list[Stream]:
    """Return every stream that has been folded."""
    return [Stream(stream) for (stream,) in db.execute("SELECT stream FROM internal_streams ORDER BY stream")]


def _engagements(streams: Iterable[Stream], db: sqlite3.Connection) -> Iterator[Stream]:
    sql = "SELECT stream FROM internal_streams WHERE account = ? ORDER BY stream"
    for stream in streams:
        if stream.startswith("account/"):
            yield from (Stream(name) for (name,) in db.execute(sql, (stream.partition("/")[2],)))


def _existing(table: Table, stream: Stream, db: sqlite3.Connection) -> dict[Key, tuple[int, Kept]]:
    names = [column.name for column in columns(table)]
    places = [names.index(name) for name in table.key]
    found = db.execute(f'SELECT rowid, * FROM "{table.name}" WHERE stream = ?', (stream,))
    return {tuple(row[1 + place] for place in places): (row[0], row[1:]) for row in found}


def _replace(
    table: Table, rows: Mapping[Key, Kept], existing: Mapping[Key, tuple[int, Kept]], db: sqlite3.Connection
) -> None:
    gone = [(rowid,) for key, (rowid, _) in existing.items() if key not in rows]
    changed = [
        (existing[key][0] if key in existing else None, *row)
        for key, row in rows.items()
        if key not in existing or existing[key][1] != row
    ]
    if gone:
        db.executemany(f'DELETE FROM "{table.name}" WHERE rowid = ?', gone)
    if changed:
        names = ", ".join(column.name for column in columns(table))
        marks = ", ".join("?" * (len(columns(table)) + 1))
        db.executemany(f'REPLACE INTO "{table.name}" (rowid, {names}) VALUES ({marks})', changed)
