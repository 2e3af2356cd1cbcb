"""Two files of tables compared, row by row: the old one, and the one made anew from the same entries.

They may stand at different times. Only of the streams whose time came between the two can rows differ for it: these are
made once more, for the time of the old file. Every other row says the same at both.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from ledger.values.named import NamedTuple
from ledger_projections.readmodel.file import Stale, connect
from ledger_projections.readmodel.schema import AS_OF, columns, fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from ledger.journal import Reader
    from ledger_projections.table import Table

    Remake = Callable[[Collection[str], str], str]
    """Makes the rows of some streams at another time, in the file that it returns."""

SHOWN = 100
"""Differences that are told; more of them say nothing more."""
_STAMP = "SELECT position, as_of, origin, tables FROM {0}.freshness, {0}.internal_state"


class Rebuilt(NamedTuple):
    """What a rebuild found: how the old tables *differed*, our bug if they did, or why they were not *compared*."""

    differed: list[str]
    uncompared: str = ""


def evaluated_at(path: str, reader: Reader, tables: Collection[Table]) -> str | None:
    """Return the time that the rows at *path* were evaluated at, if they are those of *reader*'s log as it stands."""
    try:
        db = connect(path)
    except Stale:
        return None
    try:
        position, as_of, origin, shape = db.execute(_STAMP.format("main")).fetchone()
    except sqlite3.DatabaseError:
        return None  # `compare` says so
    finally:
        db.close()
    same = position == reader.head() and origin == reader.origin and shape == fingerprint(tables)
    return str(as_of) if same else None


def compare(old: str, new: str, tables: Collection[Table], remake: Remake) -> Rebuilt:
    """Return how the file *old* differs from *new*, or why it cannot be compared with it."""
    try:
        db = connect(old)
    except Stale as stale:
        return Rebuilt([], "there were none" if stale.why == "missing" else stale.why)
    try:
        db.execute("BEGIN")  # what others bring up meanwhile is not seen
        db.execute("ATTACH ? AS fresh", (new,))
        if why := _apart(db, tables):
            return Rebuilt([], why)
        db.execute("ATTACH ? AS aged", (remake(*_woken(db)),))
        return Rebuilt([told for table in tables for told in _differences(db, table)][:SHOWN])
    except sqlite3.DatabaseError as error:
        return Rebuilt([f"the old file cannot be read: {error}"])
    finally:
        db.close()


def _apart(db: sqlite3.Connection, tables: Collection[Table]) -> str:
    """Return why the two files say nothing of each other; nothing where each row of one is to be in the other."""
    position, _, origin, shape = db.execute(_STAMP.format("main")).fetchone()
    head, _, ours, _ = db.execute(_STAMP.format("fresh")).fetchone()
    if shape != fingerprint(tables):
        return "they were made by another version"
    if origin != ours:
        return "they were of another ledger"
    return f"they stood at #{position}, the ledger at #{head}" if position != head else ""


def _woken(db: sqlite3.Connection) -> tuple[set[str], str]:
    """Note the streams whose time came between the times of the two files; return them with the time of the old one."""
    (was,), (now,) = (db.execute(f"SELECT as_of FROM {file}.freshness").fetchone() for file in ("main", "fresh"))
    db.execute("CREATE TEMP TABLE woken (stream TEXT PRIMARY KEY) WITHOUT ROWID")
    earlier, later = ("main", now) if was <= now else ("fresh", was)
    db.execute(f"INSERT INTO woken SELECT stream FROM {earlier}.internal_streams WHERE wakes_at <= ?", (later,))
    return {stream for (stream,) in db.execute("SELECT stream FROM woken")}, str(was)


def _differences(db: sqlite3.Connection, table: Table) -> Iterator[str]:
    """Yield the rows of *table* that are not as they were made anew, with what differs in them."""
    names, found = [column.name for column in columns(table)], 0
    for row in db.execute(_sql(table, _CHANGED)):
        was, now = (dict(zip(names, part, strict=True)) for part in (row[: len(names)], row[len(names) :]))
        yield f"{_named(table, was)}: {_fields(was, now) if now['stream'] is not None else 'has no entry'}"
        found += 1
    counts = db.execute(_COUNTS.format(name=table.name)).fetchone()
    if found or counts[0] != counts[1]:
        for row in db.execute(_sql(table, _MISSING)):
            yield f"{_named(table, dict(zip(names, row, strict=True)))}: was missing"


_CHANGED = """SELECT {was}, {now} FROM main."{name}" AS main
  LEFT JOIN {file}."{name}" AS other ON {same} WHERE main.stream {woken} AND ({was}) IS NOT ({now})"""
_MISSING = """SELECT {now} FROM {file}."{name}" AS other
  LEFT JOIN main."{name}" AS main ON {same} WHERE other.stream {woken} AND main.stream IS NULL"""
_COUNTS = """SELECT (SELECT count(*) FROM main."{name}"),
  (SELECT count(*) FROM aged."{name}") + (SELECT count(*) FROM fresh."{name}" WHERE stream NOT IN woken)"""


def _sql(table: Table, question: str) -> str:
    """Return *question* put to the rows of streams that slept, and of those that woke, each where they are made anew."""
    same = " AND ".join(f"other.{name} IS main.{name}" for name in ("stream", *table.key))
    was, now = (", ".join(_lasting(table, side)) for side in ("main", "other"))
    asked = (
        question.format(name=table.name, file=file, woken=woken, same=same, was=was, now=now)
        for file, woken in (("fresh", "NOT IN woken"), ("aged", "IN woken"))
    )
    return f"{' UNION ALL '.join(asked)} LIMIT {SHOWN}"


def _lasting(table: Table, side: str) -> list[str]:
    """Return the columns as SQL, without the numbers that grow: those are as old as the last look at them (ADR 5)."""
    counted = {c.name for c in table.columns if c.type in {"number", "integer"} and AS_OF in c.description}
    growing = counted if any(column.name == "censored" for column in table.columns) else ()
    return [
        f"CASE WHEN {side}.censored THEN NULL ELSE {side}.{column.name} END"
        if column.name in growing
        else f"{side}.{column.name}"
        for column in columns(table)
    ]


def _named(table: Table, row: dict[str, Any]) -> str:
    return f"{table.name}, {row['stream']}, {', '.join(f'{name} {row[name]}' for name in table.key)}"


def _fields(was: dict[str, Any], now: dict[str, Any]) -> str:
    return ", ".join(f"{name} was {was[name]!r}, is {now[name]!r}" for name in was if was[name] != now[name])
