"""Where the ledger meets eventsourcing: its SQLite recorder over our tables, with our connections and positions.

`insert_events` receives proposals and finishes their bytes. What is inherited reads through the view `stored_events`.
"""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from eventsourcing.persistence import StoredEvent
from eventsourcing.sqlite import (
    SQLiteApplicationRecorder,
    SQLiteConnection,
    SQLiteConnectionPool,
    SQLiteCursor,
    SQLiteDatastore,
    SQLiteTransaction,
)

from ledger.entry import Proposal
from ledger.stores import rows
from ledger.stores.finishing import recorded_time
from ledger.stores.opening import connect_writing, uri
from ledger.stores.schema import statements
from ledger.stores.writing import insert


class LedgerTransaction(SQLiteTransaction):
    """A transaction that takes SQLite's write lock as it begins: read first and write then cannot fail half way."""

    def __enter__(self) -> SQLiteCursor:
        cursor = self.connection.cursor()
        cursor.execute("BEGIN IMMEDIATE")
        return cursor


class LedgerPool(SQLiteConnectionPool):
    """One connection that is durable, wipes what it deletes, and remembers its statements."""

    def __init__(self, path: str, patience: float) -> None:
        super().__init__(db_name=uri(path), pool_size=1)
        self._path, self._patience = path, patience

    def _create_connection(self) -> SQLiteConnection:
        db = connect_writing(self._path, patience=self._patience)
        db.row_factory = sqlite3.Row
        return SQLiteConnection(db, self.max_age)


class LedgerDatastore(SQLiteDatastore):
    """The file at *path*, with text ids; one connection is kept for writing, in turns that the ledger's lock gives."""

    def __init__(self, path: str, patience: float) -> None:
        super().__init__(uri(path), originator_id_type="text")
        self.pool = LedgerPool(path, patience)
        self._writer: SQLiteConnection | None = None

    def transaction(  # type: ignore[override]  # a class of our own costs a third of a generator
        self, *, commit: bool
    ) -> AbstractContextManager[SQLiteCursor]:
        """Begin; commit or roll back at the end."""
        if not commit:
            return super().transaction(commit=False)
        if self._writer is None:
            self._writer = self.pool.get_connection()  # not as its writer: that lock stays taken after a failure
        return LedgerTransaction(self._writer, commit=True)

    def close(self) -> None:
        """Let go of the file."""
        if hasattr(self, "_writer"):  # it is called by the destructor too, even of what was never made
            self.drop()
        super().close()

    def drop(self) -> None:
        """Forget the connection for writing, after a failure; the next transaction makes another."""
        if self._writer is not None:
            self._writer.close()
            self.pool.put_connection(self._writer)
            self._writer = None


class LedgerRecorder(SQLiteApplicationRecorder):
    """Appends proposals, whose bytes it finishes with the time by *clock* and their versions."""

    def __init__(self, datastore: SQLiteDatastore, clock: Callable[[], datetime]) -> None:
        super().__init__(datastore)
        self._clock = clock
        # as the inherited one, but without a look at every other stream
        self.select_events_statement = (
            f"SELECT * FROM stored_events WHERE rowid IN ({rows.CHAIN} SELECT position FROM chain) "
        )

    def construct_create_table_statements(self) -> list[str]:
        """List what makes the tables."""
        return statements()

    def _insert_events(
        self,
        c: SQLiteCursor,
        stored_events: Sequence[StoredEvent],
        *,
        head: tuple[int, str] | None = None,
        proposals: Sequence[Proposal] = (),
        clock: Callable[[], datetime] | None = None,
        **_: Any,  # noqa: ANN401 -- eventsourcing's signature
    ) -> Sequence[int]:
        db = c.sqlite_cursor.connection
        position, newest = head or rows.head(db)
        return insert(db, position, recorded_time((clock or self._clock)(), position, newest), stored_events, proposals)
