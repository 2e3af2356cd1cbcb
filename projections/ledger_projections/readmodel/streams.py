"""The tables made of streams, as one projection: what an entry touches is folded anew, and what changed is written."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from ledger.events import EngagementOpened
from ledger_projections.concerning.concerned import concerned
from ledger_projections.json_text import json_text
from ledger_projections.log import Remembered
from ledger_projections.readmodel.kept import as_first_recorded, governed_until, kept_rows, newer_rows, wakes_at
from ledger_projections.readmodel.shape import Shape
from ledger_projections.readmodel.touching import splits_batch, touched

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Iterable, Mapping

    from ledger_projections.readmodel.runner import Page
    from ledger_projections.readmodel.shape import Kept, Key
    from ledger_projections.table import Table
    from ledger_projections.view import View

    Existing = Callable[[Shape], Mapping[Key, tuple[int, Kept]]]
    State = tuple[str, str | None, str | None, str | None]
    """A stream, the account it is for and the one it was opened for, and when a row of it may next change by time alone."""

STREAM = "REPLACE INTO internal_streams VALUES (?, ?, ?, ?)"
WAKES = "UPDATE internal_streams SET wakes_at = ? WHERE stream = ?"
EVERYTHING = -1
"""All rows of a stream are to be made, not only those of new entries."""


class Writer(Protocol):
    """What takes the rows of streams that have none yet."""

    def rows(self, shape: Shape, rows: Mapping[Key, Kept]) -> None:
        """Take the rows of a table."""

    def stream(self, state: State) -> None:
        """Take what is noted of the stream itself."""


class StreamTables:
    """The projection that keeps *tables*: the cost of a page is that of the streams it touches."""

    name = "streams"

    def __init__(self, tables: Collection[Table]) -> None:
        self._tables = {table.name: table for table in tables}
        self._shape = cache(lambda name: Shape(self._tables[name]))
        self._log: Remembered | None = None

    @property
    def shapes(self) -> list[Shape]:
        """The shapes of all tables, each worked out when it is first asked for: an entry makes rows of a few."""
        return [*map(self._shape, self._tables)]

    def apply(self, page: Page, db: sqlite3.Connection) -> None:
        """Take *page* into the tables."""
        if self._log is None or self._log.reader is not page.reader or self._log.last != page.after:
            self._log = Remembered(page.reader, page.after)
        log, self._log = self._log, None  # what a failed page leaves behind is not to be trusted
        after = EVERYTHING if splits_batch(page) else page.after
        for stream in touched(page, log, db):
            self.renew(log.view(stream, page.as_of), db, after)
        self._log = log

    def renew(self, view: View, db: sqlite3.Connection, after: int = EVERYTHING) -> None:
        """Make the rows of one stream anew and write those that are not there as they should be.

        With *after*, only rows that entries beyond that position may have changed, if no time has come for the others.
        """
        sql = "SELECT wakes_at FROM internal_streams WHERE stream = ?"
        before = db.execute(sql, (view.stream,)).fetchone()
        first = as_first_recorded(view)
        asleep = before is not None and (before[0] is None or before[0] > view.as_of)
        only = concerned(view, after) if asleep and first is None else None
        if only is None:
            self._write(view, first, db, lambda shape: _existing(shape, db.execute(shape.select, (view.stream,))))
        else:
            self._write_only(view.narrowed(only), after, before[0], db)

    def settle(self, view: View, db: sqlite3.Connection, table: str) -> None:
        """Make the rows of one *table* anew: numbers in them have grown, and nothing else is due."""
        first = as_first_recorded(view)
        for shape in self.shapes:
            if shape.table.name == table:
                existing = _existing(shape, db.execute(shape.select, (view.stream,)))
                _replace(shape, kept_rows(shape, view, first), existing, db)

    def add(self, view: View, writer: Writer) -> None:
        """Give the rows of a stream that has none yet to *writer*."""
        self._make(view, as_first_recorded(view), writer.rows, writer.stream)

    def _write(self, view: View, first: View | None, db: sqlite3.Connection, existing: Existing) -> None:
        self._make(
            view,
            first,
            lambda shape, rows: _replace(shape, rows, existing(shape), db),
            lambda state: db.execute(STREAM, state),
        )

    def _make(
        self,
        view: View,
        first: View | None,
        write: Callable[[Shape, Mapping[Key, Kept]], object],
        note: Callable[[State], object],
    ) -> None:
        kind = view.stream.partition("/")[0]
        times = governed_until(view)
        for shape in self.shapes:
            if kind in shape.table.streams:
                rows = kept_rows(shape, view, first)
                write(shape, rows)
                if rows:
                    times.append(wakes_at(shape, rows.values(), view.as_of))
        account = view.engagement.account if view.engagement else None
        wakes = min((time for time in times if time), default=None)
        note((view.stream, account, _opened_for(view), wakes))

    def _write_only(self, view: View, after: int, before: str | None, db: sqlite3.Connection) -> None:
        """Write the rows of the things that *view* asks for; it may wake too early, never too late."""
        wakes = before
        things, kind = view.only or (), view.stream.partition("/")[0]
        for name, table in self._tables.items():
            about = table.named(things) if table.about[0] else None
            if kind not in table.streams or about == []:
                continue
            shape = self._shape(name)
            if table.newer is not None:
                _replace(shape, newer_rows(shape, view, table.newer(view, after)), {}, db)
                continue
            asked = (view.stream,) if about is None else (view.stream, json_text(about))
            rows = kept_rows(shape, view, None)
            _replace(
                shape, rows, _existing(shape, db.execute(shape.select_about if about else shape.select, asked)), db
            )
            wakes = min((time for time in (wakes, wakes_at(shape, rows.values(), view.as_of)) if time), default=None)
        if wakes != before:
            db.execute(WAKES, (wakes, view.stream))


def _opened_for(view: View) -> str | None:
    """Return the account that an engagement was opened for, whatever it was corrected to be since."""
    history = view.engagement.history if view.engagement else ()
    return next((fact.event.account for fact in history if isinstance(fact.event, EngagementOpened)), None)


def _existing(shape: Shape, found: Iterable[tuple[Any, ...]]) -> dict[Key, tuple[int, Kept]]:
    return {shape.key(row[1:]): (row[0], row[1:]) for row in found}


def _replace(
    shape: Shape, rows: Mapping[Key, Kept], existing: Mapping[Key, tuple[int, Kept]], db: sqlite3.Connection
) -> None:
    gone = [(rowid,) for key, (rowid, _) in existing.items() if key not in rows]
    changed = [
        (existing[key][0] if key in existing else None, *shape.whole(row))
        for key, row in rows.items()
        if key not in existing or existing[key][1] != row
    ]
    if gone:
        db.executemany(shape.delete, gone)
    if changed:
        db.executemany(shape.insert, changed)
