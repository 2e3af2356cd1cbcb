"""Where the ledger meets eventsourcing: its SQLite recorder over our tables, with our connections and positions.

`insert_events` receives proposals and finishes their bytes. What is inherited reads through the view `stored_events`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
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

from ledger.errors import ClockBehind, Conflict
from ledger.merkle import Edge, Hash, leaf_hash
from ledger.stores import rows
from ledger.stores.finishing import finish
from ledger.stores.opening import connect_writing
from ledger.stores.schema import statements

TOLERANCE = timedelta(minutes=5)
"""How far this machine's clock may run behind the newest entry (design 2.4)."""


class LedgerTransaction(SQLiteTransaction):
    """A transaction that takes SQLite's write lock as it begins: one that reads first and writes then cannot fail."""

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
    """A pool of connections that are durable, wipe what they delete, and remember their statements."""

    def __init__(self, path: str) -> None:
        super().__init__(db_name=Path(path).as_uri(), pool_size=1)
        self.path = path

    def _create_connection(self) -> SQLiteConnection:
        db = connect_writing(self.path)
        db.row_factory = rows.named
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
        chain = f"SELECT * FROM stored_events WHERE rowid IN ({rows.CHAIN} SELECT position FROM chain) "
        self.select_events_statement = chain  # as the inherited one, but without reading every other stream

    def construct_create_table_statements(self) -> list[str]:
        """List the statements that make the tables."""
        return statements()

    def _insert_events(
        self,
        c: SQLiteCursor,
        stored_events: Sequence[StoredEvent],
        *,
        disclosures: Sequence[Sequence[bytes]] = (),
        ids: Sequence[str] = (),
        sourcekeys: Sequence[str | None] = (),
        **_: Any,  # noqa: ANN401 -- eventsourcing's signature
    ) -> Sequence[int]:
        db = c.sqlite_cursor.connection
        head, newest = rows.head(db)
        recorded = recorded_time(self._clock(), newest, head)
        heads = _Heads(db)
        entries, leaves = [], []
        for position, (event, entry_id) in enumerate(zip(stored_events, ids, strict=True), head + 1):
            stream, version = str(event.originator_id), event.originator_version
            previous = heads.advance(stream, version, position)
            raw = finish(event.state, recorded, version)
            leaf = leaf_hash(raw)
            leaves.append(leaf)
            entries.append((position, stream, version, previous, event.topic, entry_id, recorded, leaf, raw))
        ...
        return range(head + 1, head + 1 + len(entries))


def recorded_time(clock: datetime, newest: str, head: int) -> str:
    """Return the time to record: the clock's, never less than that of the *newest* entry, at *head*."""
