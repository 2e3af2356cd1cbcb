"""Where the ledger meets eventsourcing: its SQLite recorder over our tables, with our connections and positions.

`insert_events` receives proposals and finishes their bytes. What is inherited reads through the view `stored_events`.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
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

from ledger.stores import rows
from ledger.stores.finishing import recorded_time
from ledger.stores.opening import connect_writing
from ledger.stores.schema import statements
from ledger.stores.writing import insert


class LedgerTransaction(SQLiteTransaction):
    """A transaction that takes SQLite's write lock as it begins: read first and write then cannot fail half way."""

    def __enter__(self) -> SQLiteCursor:
        cursor = self.connection.cursor()
        cursor.execute("BEGIN IMMEDIATE" if self.commit else "BEGIN")
        return cursor


class LedgerConnection(SQLiteConnection):
    """A connection whose transactions are ours."""

    @contextmanager
    def transaction(self, *, commit: bool) -> Iterator[SQLiteCursor]:
        """Begin; commit or roll back at the end."""
        with LedgerTransaction(self, commit=commit) as cursor, cursor:
            yield cursor


class LedgerPool(SQLiteConnectionPool):
    """One connection that is durable, wipes what it deletes, and remembers its statements."""

    def __init__(self, path: str) -> None:
        super().__init__(db_name=Path(path).as_uri(), pool_size=1)
        self._path = path

    def _create_connection(self) -> SQLiteConnection:
        db = connect_writing(self._path)
        db.row_factory = sqlite3.Row
        return LedgerConnection(db, self.max_age)


class LedgerDatastore(SQLiteDatastore):
    """The file at *path*, with text ids."""

    def __init__(self, path: str) -> None:
        super().__init__(Path(path).as_uri(), originator_id_type="text")
        self.pool = LedgerPool(path)


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
        ids: Sequence[str] = (),
        disclosures: Sequence[Sequence[bytes]] = (),
        sourcekeys: Sequence[str | None] = (),
        **_: Any,  # noqa: ANN401 -- eventsourcing's signature
    ) -> Sequence[int]:
        db = c.sqlite_cursor.connection
        head, newest = rows.head(db)
        recorded = recorded_time(self._clock(), head, newest)
        return insert(db, head, recorded, stored_events, ids, disclosures, sourcekeys)
