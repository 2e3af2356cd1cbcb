"""Signals that stand on several streams, kept for the state of the tables and the time that they were made at (ADR 22).

Whoever looks first after something changed makes them and keeps them in the file; who cannot write there, or comes second
to another writer, keeps them for the one connection. Whoever changes rows lets go of them in the same transaction.
"""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any, Protocol

from ledger_projections.readmodel.file import PATIENCE, unix

if TYPE_CHECKING:
    from collections.abc import Sequence

    Made = tuple[Sequence[Sequence[object]], str]
    """Rows as they are stored, and until when time alone makes no others of them."""

TABLE, KEPT, STAMP = "signals", "internal_signals", "internal_over_all"
CLIPPED = ("raised_at", "raised_at_unix")
"""What has a day only is raised at its close: until then, whenever one looks."""
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


def with_those_over_all(model: Read, at: str) -> str:
    """Return SQL for the rows of `signals`, of each stream and of all together as they are *at* an instant."""
    if not model.run(_HOLDS, (at, at)):
        _keep(model, at)
    names = model.columns(TABLE)
    limits = dict(zip(CLIPPED, (f"'{at}'", str(unix(at))), strict=True))
    those = ", ".join(f"min({name}, {limits[name]}) AS {name}" if name in limits else name for name in names)
    return f'(SELECT {", ".join(names)} FROM "{TABLE}" UNION ALL SELECT {those} FROM {KEPT})'


def let_go(db: sqlite3.Connection) -> None:
    """Let go of what was kept: rows that it is made of may change in this transaction."""
    if db.execute(f"DELETE FROM {STAMP}").rowcount:
        db.execute(f"DELETE FROM {KEPT}")


def _keep(model: Read, at: str) -> None:
    """Make the rows out of one state of the tables, and keep them in the file if that is still its state."""
    db = model.connection
    db.execute("PRAGMA synchronous = OFF")  # the file can be made anew
    db.execute("PRAGMA busy_timeout = 0")  # a glance waits for nobody
    db.execute("BEGIN")
    try:
        made = _made(model, at)
        if model.connection is not db:  # the file was damaged, and is another now
            return _keep(model, at)
        _write(db, at, made)
        db.execute("COMMIT")
    except sqlite3.DatabaseError:  # it can only be read, or another writes to it
        if db.in_transaction:
            db.execute("ROLLBACK")
        _keep_here(model, at)
    finally:
        model.connection.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000:.0f}")


def _keep_here(model: Read, at: str) -> None:
    """Keep the rows for this connection alone, in tables that hide those of the file."""
    made = _made(model, at)
    db = model.connection
    db.execute("PRAGMA temp_store = MEMORY")
    for name in (STAMP, KEPT):
        db.execute(f"CREATE TEMP TABLE IF NOT EXISTS {name} AS SELECT * FROM main.{name} LIMIT 0")
    db.execute("BEGIN")
    _write(db, at, made)
    db.execute("COMMIT")


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
