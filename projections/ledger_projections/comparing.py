"""Two files of tables compared, row by row: the old one and the one made anew from the same entries for the same time."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger_projections.file import Stale, connect
from ledger_projections.schema import columns, fingerprint

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ledger.journal import Reader
    from ledger_projections.table import Table

SHOWN = 100
"""Differences that are told; more of them say nothing more."""
_STAMP = "SELECT position, as_of, origin, tables FROM {0}.freshness, {0}.internal_state"


class Rebuilt(NamedTuple):
    """What a rebuild found: how the old tables *differed*, our bug if they did, or why they were not *compared*."""

    differed: list[str]
    uncompared: str = ""


def comparable_at(path: str, reader: Reader, tables: Collection[Table]) -> str | None:
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


def compare(old: str, new: str, tables: Collection[Table]) -> Rebuilt:
    """Return how the file *old* differs from *new*, or why it cannot be compared with it."""
    try:
        db = connect(old)
    except Stale as stale:
        return Rebuilt([], "there were none" if stale.why == "missing" else stale.why)
    try:
        db.execute("ATTACH ? AS fresh", (new,))
        if why := _apart(db, tables):
            return Rebuilt([], why)
        return Rebuilt([told for table in tables for told in _differences(db, table)][:SHOWN])
    except sqlite3.DatabaseError as error:
        return Rebuilt([f"the old file cannot be read: {error}"])
    finally:
        db.close()


def _apart(db: sqlite3.Connection, tables: Collection[Table]) -> str:
    """Return why the two files say nothing of each other; nothing where each row of one is to be in the other."""
    position, as_of, origin, shape = db.execute(_STAMP.format("main")).fetchone()
    head, now, ours, _ = db.execute(_STAMP.format("fresh")).fetchone()
    if shape != fingerprint(tables):
        return "they were made by another version"
    if origin != ours:
        return "they were of another ledger"
    if position != head:
        return f"they stood at #{position}, the ledger at #{head}"
    return "" if as_of == now else "another process brought them to a later time meanwhile"


def _differences(db: sqlite3.Connection, table: Table) -> Iterator[str]:
    """Yield the rows of *table* that are not the same in both files, with what differs in them."""
    names = [column.name for column in columns(table)]
    key = ["stream", *table.key]
    chosen, where = ", ".join(_lasting(table)), " AND ".join(f"{name} IS ?" for name in key)
    sql = 'SELECT {0} FROM {1}."{3}" EXCEPT SELECT {0} FROM {2}."{3}" LIMIT {4}'
    for row in db.execute(sql.format(chosen, "main", "fresh", table.name, SHOWN)).fetchall():
        was = dict(zip(names, row, strict=True))
        found = db.execute(f'SELECT {chosen} FROM fresh."{table.name}" WHERE {where}', [was[name] for name in key])
        other = found.fetchone()
        yield f"{_named(table, was)}: {_fields(was, dict(zip(names, other, strict=True))) if other else 'has no entry'}"
    for row in db.execute(sql.format(chosen, "fresh", "main", table.name, SHOWN)).fetchall():
        fresh = dict(zip(names, row, strict=True))
        there = f'SELECT 1 FROM main."{table.name}" WHERE {where}'
        if db.execute(there, [fresh[name] for name in key]).fetchone() is None:
            yield f"{_named(table, fresh)}: was missing"


def _lasting(table: Table) -> list[str]:
    """Return the columns as SQL, without the numbers that grow: those are as old as the last look at them (ADR 5)."""
    grows = any(column.name == "censored" for column in table.columns)
    return [
        f"CASE WHEN censored THEN NULL ELSE {column.name} END" if grows and column.type == "number" else column.name
        for column in columns(table)
    ]


def _named(table: Table, row: dict[str, Any]) -> str:
    return f"{table.name}, {row['stream']}, {', '.join(f'{name} {row[name]}' for name in table.key)}"


def _fields(was: dict[str, Any], now: dict[str, Any]) -> str:
    return ", ".join(f"{name} was {was[name]!r}, is {now[name]!r}" for name in was if was[name] != now[name])
