"""The file of the read model as its readers see it: whether it is current, and what its rows say.

Nothing but SQLite is imported here: a command that finds the tables current pays for no more. What brings them up to
date is imported when it is needed. The file is disposable: whatever is wrong with it, it is made anew.
"""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

from ledger.stores.failures import explained
from ledger.stores.opening import connect_reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

APPLICATION_ID = int.from_bytes(b"ENGP")
"""In the file's header: these are the tables of an engagement ledger."""
SCHEMA_VERSION = 1
"""The shape of the tables: it grows when a column comes, and none ever goes."""
PROJECTION_VERSION = 1
"""What the rows say: it grows when a rule changes, and every row is made anew."""
SKEW_SECONDS = 300
"""How far a clock may lie behind the tables before they are evaluated for its earlier time."""

_STAMP = (
    "SELECT f.position, f.as_of, s.origin, s.leaf_hash, f.schema_version, f.projection_version,"
    " (SELECT min(wakes_at) FROM internal_streams) FROM freshness AS f, internal_state AS s"
)


class Stale(Exception):
    """The file is missing, damaged, of another ledger or of another version; *why* says which."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class ReadModel:
    """The tables, open for reading; a context manager."""

    def __init__(self, connection: sqlite3.Connection, again: Callable[[], sqlite3.Connection] | None = None) -> None:
        self.connection, self._again = connection, again
        self._types: dict[str, Mapping[str, str]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    def rows(
        self, table: str, where: str = "", values: Sequence[object] = (), *, order: str = "", tombstones: bool = False
    ) -> list[dict[str, Any]]:
        """Return rows of *table* as dictionaries with values of the declared types, those that still stand unless asked.

        *where* is SQL with `?` for *values*; *order* is SQL too. Neither may come from outside.
        """
        types = self._types_of(table)
        standing = "" if tombstones or "tombstone" not in types else "NOT tombstone"
        conditions = " AND ".join(f"({c})" for c in (where, standing) if c)
        sql = f'SELECT {", ".join(types)} FROM "{table}"'
        sql += f" WHERE {conditions}" if conditions else ""
        sql += f" ORDER BY {order}" if order else ""
        return [typed(types, row) for row in self._run(sql, values)]

    def tables(self) -> list[str]:
        """Return the names of the tables, in the order of the data dictionary."""
        return [
            n for (n,) in self._run("SELECT table_name FROM data_dictionary GROUP BY table_name ORDER BY min(rowid)")
        ]

    @property
    def freshness(self) -> dict[str, Any]:
        """How far the tables go: position, root, versions, built_at, as_of."""
        return self.rows("freshness")[0]

    def _types_of(self, table: str) -> Mapping[str, str]:
        if table not in self._types:
            sql = "SELECT column_name, type FROM data_dictionary WHERE table_name = ? ORDER BY rowid"
            self._types[table] = dict(self._run(sql, (table,)))
            if not self._types[table]:
                raise KeyError(f"no table {table}")
        return self._types[table]

    def _run(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        try:
            return self.connection.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            if self._again is None or not _damaged(error):
                raise
        self.connection.close()
        self.connection, self._again = self._again(), None
        return self.connection.execute(sql, values).fetchall()


def current(
    ledger: Path | str,
    path: Path | str,
    as_of: str,
    *,
    settle: bool = False,
    note: Callable[[str], None] = lambda text: None,
) -> ReadModel:
    """Return the tables of *ledger* kept at *path*, brought up to date first if the log or the time has moved on.

    With *settle*, numbers that grow while something is open are evaluated at *as_of* too. *note* is told, in a sentence,
    when the file had to be made anew. Raises Unreachable when the ledger itself cannot be read.
    """
    ledger, path = os.fspath(ledger), os.fspath(path)
    if not settle:
        try:
            connection = connect(path)
        except Stale:
            pass
        else:
            if is_current(connection, ledger, as_of):
                return ReadModel(connection, lambda: _renewed(ledger, path, as_of, settle, note))
            connection.close()
    return ReadModel(
        _renewed(ledger, path, as_of, settle, note), lambda: _renewed(ledger, path, as_of, settle, note, damaged=True)
    )


def connect(path: str) -> sqlite3.Connection:
    """Open the tables at *path*; raise Stale if they are not what this program makes."""
    with opening(path):
        if not os.path.exists(path):
            raise Stale("missing")
        connection = sqlite3.connect(path, isolation_level=None, timeout=30, cached_statements=256)
        try:
            _check(connection)
        except sqlite3.DatabaseError as error:
            connection.close()
            raise Stale(f"damaged: {error}") from error
        except BaseException:
            connection.close()
            raise
        return connection


@contextmanager
def opening(path: str, *, alone: bool = False) -> Iterator[None]:
    """Keep the file at *path* from being replaced while it is opened; *alone*, from being opened while it is replaced."""
    try:
        file = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError:  # a folder that can only be read: nobody replaces anything in it
        yield
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        if os.path.exists(f"{path}.replacing") and not alone:
            raise Stale("its replacement was interrupted")
        yield
    finally:
        os.close(file)


def is_current(connection: sqlite3.Connection, ledger: str, as_of: str) -> bool:
    """Return whether the tables are those of *ledger* as it stands, and no row of theirs changes before *as_of*."""
    position, evaluated, _, leaf, *_, wakes_at = connection.execute(_STAMP).fetchone()
    log = connect_reading(ledger)
    try:
        with explained(ledger, "read"):
            sql = "SELECT coalesce(max(position), 0), (SELECT leaf_hash FROM entries WHERE position = ?) FROM entries"
            head, there = log.execute(sql, (position,)).fetchone()
    finally:
        log.close()
    awake = wakes_at is not None and wakes_at <= as_of
    return bool(head == position and there == leaf and not awake and not is_earlier(as_of, evaluated))


def is_earlier(as_of: str, evaluated: str) -> bool:
    """Return whether *as_of* lies before the time the rows were *evaluated* at, by more than clocks differ."""
    return as_of < evaluated and unix(evaluated) - unix(as_of) > SKEW_SECONDS


def unix(moment: str) -> int:
    """Return the seconds from 1970 to an instant, rounded down, or to the begin of a day in UTC."""
    import datetime  # noqa: PLC0415 -- sqlite3 has loaded it

    when = datetime.datetime.fromisoformat(moment[:19])  # noqa: DTZ -- read as UTC in the next line
    return (when - datetime.datetime(1970, 1, 1)) // datetime.timedelta(seconds=1)  # noqa: DTZ001


def typed(types: Mapping[str, str], row: Sequence[Any]) -> dict[str, Any]:
    """Return *row* as a dictionary whose values have the *types* of their columns."""
    return {name: _value(type_, value) for (name, type_), value in zip(types.items(), row, strict=True)}


def _value(type_: str, value: Any) -> Any:  # noqa: ANN401 -- what SQLite returns
    if value is None:
        return None
    if type_ == "boolean":
        return bool(value)
    return json.loads(value) if type_ == "json" else value


def _check(connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise Stale("the file is of another program")
    stamp = connection.execute(_STAMP).fetchone()
    if stamp is None or tuple(stamp[4:6]) != (SCHEMA_VERSION, PROJECTION_VERSION):
        raise Stale("made by another version")


def _damaged(error: sqlite3.DatabaseError) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def _renewed(
    ledger: str, path: str, as_of: str, settle: bool, note: Callable[[str], None], *, damaged: bool = False
) -> sqlite3.Connection:
    from ledger_projections import catchup  # noqa: PLC0415 -- only what has changed pays for it

    return catchup.renewed(ledger, path, as_of, settle=settle, note=note, damaged=damaged)
