"""Signals that stand on several streams, kept for the state of the tables and the time that they were made at (ADR 22).

Whoever looks first after something changed makes them and keeps them in the file; who cannot write there, or comes second
to another writer, keeps them for the one connection. Whoever changes rows lets go of them in the same transaction.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol

from ledger_projections.readmodel.file import PATIENCE, unix

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Made = tuple[Sequence[Sequence[object]], str]
    """Rows as they are stored, and until when time alone makes no others of them."""

TABLE, KEPT, STAMP = "signals", "internal_signals", "internal_over_all"
CLIPPED = {"raised_at": "TEXT", "raised_at_unix": "INTEGER"}
"""What has a day only is raised at its close: until then, whenever one looks."""
_PRAGMAS = ("PRAGMA synchronous = OFF", "PRAGMA temp_store = MEMORY")
"""The file can be made anew; and in a transaction neither can be said."""
_HOLDS = (
    f"SELECT 1 FROM {STAMP} AS kept, freshness AS f"
    " WHERE kept.position = f.position AND kept.evaluated = f.as_of AND kept.since <= ? AND kept.until > ?"
)


class Read(Protocol):
    """The tables as they are read: the read model, whose *connection* is another once its file was made anew."""

    connection: sqlite3.Connection

    def run(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        """Return what *sql* finds."""

    def rows(self, table: str, where: str = "", *, columns: Sequence[str] = ()) -> list[dict[str, Any]]:
        """Return rows of *table* that still stand."""

    def columns(self, table: str) -> list[str]:
        """Return the names of the columns of *table*."""


def with_those_over_all(model: Read, at: str, ask: Callable[[str], list[Any]]) -> list[Any]:
    """Return what *ask* finds in SQL for the rows of `signals`, of each stream and of all together *at* an instant.

    All of it is of one state of the tables, whoever brings them up to date meanwhile.
    """
    db = model.connection
    for pragma in _PRAGMAS:
        db.execute(pragma)
    db.execute("BEGIN")
    try:
        if not model.run(_HOLDS, (at, at)):
            _keep(model, at)
        found = ask(_those(model, at))
        whole = model.connection is db and db.in_transaction
    except BaseException:
        _end(db, "ROLLBACK")
        raise
    _end(db, "COMMIT", "ROLLBACK")
    return found if whole else with_those_over_all(model, at, ask)


def let_go(db: sqlite3.Connection) -> None:
    """Let go of what was kept: rows that it is made of may change in this transaction."""
    if db.execute(f"DELETE FROM {STAMP}").rowcount:
        db.execute(f"DELETE FROM {KEPT}")


def _those(model: Read, at: str) -> str:
    """Return SQL for both: SQLite reads either by itself, if their columns are of the same types (optoverview, 9)."""
    names = model.columns(TABLE)
    limits = dict(zip(CLIPPED, (f"'{at}'", str(unix(at))), strict=True))
    clipped = {name: f"CAST(min({name}, {limits[name]}) AS {type_}) AS {name}" for name, type_ in CLIPPED.items()}
    those = ", ".join(clipped.get(name, name) for name in names)
    return f'(SELECT {", ".join(names)} FROM "{TABLE}" UNION ALL SELECT {those} FROM {KEPT})'


def _keep(model: Read, at: str) -> None:
    """Make the rows, and keep them in the file; if that cannot be, for this connection alone."""
    made = _made(model, at)
    db = model.connection
    if not db.in_transaction:  # the file was damaged, and is another now: all begins again
        return
    db.execute("PRAGMA busy_timeout = 0")  # a glance waits for nobody
    try:
        _write(db, at, made)
    except sqlite3.DatabaseError:  # it can only be read, or another writes to it
        for name in (STAMP, KEPT):  # tables that hide those of the file
            db.execute(f"CREATE TEMP TABLE IF NOT EXISTS {name} AS SELECT * FROM main.{name} LIMIT 0")
        if db.in_transaction:  # else there was no room: all begins again
            _write(db, at, made)
    finally:
        db.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000:.0f}")


def _end(db: sqlite3.Connection, *ways: str) -> None:
    """End the transaction in the first of some *ways* that works."""
    for way in ways:
        with suppress(sqlite3.DatabaseError):  # there is no room; or it was damaged, and is closed
            if db.in_transaction:
                db.execute(way)


def _made(model: Read, at: str) -> Made:
    from ledger_projections.portfolio import Gathered, lasting_signals  # here: a glance seldom needs them
    from ledger_projections.portfolio.gathered import twinned

    def read(table: str, *, part: str = "", more: str = "", columns: Sequence[str] = ()) -> list[dict[str, Any]]:
        return model.rows(table, f"part = '{part}'" if part else more, columns=columns)

    gathered, names = Gathered(read, at), model.columns(TABLE)
    rows = [[_stored(value) for value in twinned(row, names).values()] for row in lasting_signals(gathered)]
    return rows, gathered.until


def _write(db: sqlite3.Connection, at: str, made: Made) -> None:
    rows, until = made
    for name in (STAMP, KEPT):
        db.execute(f"DELETE FROM {name}")
    if rows:
        db.executemany(f"INSERT INTO {KEPT} VALUES ({', '.join('?' * len(rows[0]))})", rows)
    stamp = f"INSERT INTO {STAMP} SELECT position, as_of, ?, ? FROM freshness"
    db.execute(stamp, (at, until))


def _stored(value: object) -> object:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if isinstance(value, (list, dict)) else value
