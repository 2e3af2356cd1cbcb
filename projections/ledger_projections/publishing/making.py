"""The rows of a publication, whatever is published of it: less what refers to what is withheld, with what says so."""

from __future__ import annotations

import sqlite3
from base64 import b64encode
from typing import TYPE_CHECKING

from ledger_projections.own import Unsound
from ledger_projections.publishing.content import Content
from ledger_projections.publishing.folding import create_in, fold, log_of
from ledger_projections.publishing.sheet import SAID, dictionary, sheets_of
from ledger_projections.readmodel.file import PROJECTION_VERSION, SCHEMA_VERSION, unix
from ledger_projections.readmodel.filling import append, create
from ledger_projections.readmodel.runner import transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ledger_projections.publishing.folding import Made, Times
    from ledger_projections.publishing.sheet import Sheet
    from ledger_projections.publishing.wanted import Wanted
    from ledger_projections.reports.excerpt import Excerpt
    from ledger_projections.table import Table


def make(
    path: str, wanted: Wanted, left_out: Callable[[str], None] = lambda why: None, made: Made = lambda done: None
) -> Content:
    """Make the rows that are *wanted* in a new file at *path*; tell *left_out* which table does not work, and why."""
    excerpt, times = wanted.excerpt, wanted.times
    fold(path, excerpt, wanted.tables, times, made)
    db = create(path)
    with transaction(db):
        own = [table for table in wanted.own if _works(db, table, wanted, left_out)]
        published = [*sheets_of([*wanted.tables, *own]), *SAID]
        create_in(db, SAID)
        _uncover(db, excerpt, published)
        _stamp(db, excerpt, published, wanted.reader, times)
    return Content(db, path, published)


def _works(db: sqlite3.Connection, table: Table, wanted: Wanted, left_out: Callable[[str], None]) -> bool:
    """Make the rows of a table that somebody added, in a pass of its own; say why where it does not work."""
    db.execute("SAVEPOINT own")
    try:
        create_in(db, sheets_of([table]))
        append(db, log_of(wanted.excerpt, wanted.times), [table], wanted.times.as_of, wanted.excerpt.streams())
    except Unsound as error:
        db.execute("ROLLBACK TO own")
        left_out(error.message)
        return False
    finally:
        db.execute("RELEASE own")
    return True


def _uncover(db: sqlite3.Connection, excerpt: Excerpt, published: Sequence[Sheet]) -> None:
    """Take out of the rows what refers to entries that are withheld, and the rows that say nothing but what one says."""
    if not excerpt.withheld:
        return
    measuring = {each.position for each in excerpt.withheld if each.measures}
    db.create_function("covered", 1, excerpt.numbered, deterministic=True)
    db.create_function("measuring", 1, lambda position: position in measuring, deterministic=True)
    for sheet in published:
        for statement in (*_covering(sheet), *(_bared(sheet) if measuring else ())):
            db.execute(statement)


def _covering(sheet: Sheet) -> Iterator[str]:
    """Yield what drops references to entries (design 2.7): texts that hold what looks like one are looked at."""
    for column in sheet.columns:
        if column.type in {"text", "json"}:
            like = "*[0-9a-f]-[0-9a-f][0-9a-f][0-9a-f][0-9a-f][-…]*"
            yield f"""UPDATE "{sheet.name}" SET {column.name} = covered({column.name}) WHERE {column.name} GLOB '{like}'"""


def _bared(sheet: Sheet) -> Iterator[str]:
    """Yield what leaves out what only measures: it counts, and no row says what it says."""
    if "positions" not in {column.name for column in sheet.columns}:
        return
    only = "SELECT count(*) > 0 AND min(measuring(value)) FROM json_each(positions)"
    yield f'DELETE FROM "{sheet.name}" WHERE ({only})'
    kept = (
        "FROM json_each({0}) AS said JOIN json_each(positions) AS at ON at.key = said.key WHERE NOT measuring(at.value)"
    )
    lists = ", ".join(
        f"{name} = (SELECT json_group_array(said.value) {kept.format(name)})" for name in ("entries", "positions")
    )
    yield f'UPDATE "{sheet.name}" SET {lists} WHERE (SELECT max(measuring(value)) FROM json_each(positions))'


def _stamp(db: sqlite3.Connection, excerpt: Excerpt, published: Sequence[Sheet], reader: str, times: Times) -> None:
    """Fill in how far the tables go, what is withheld, and what the columns mean."""
    db.executemany("INSERT INTO withheld VALUES (?, ?)", [(each.position, each.reason) for each in excerpt.withheld])
    db.executemany("INSERT INTO data_dictionary VALUES (?, ?, ?, ?, ?, ?, ?)", dictionary(published))
    said = {
        "position": excerpt.head(),
        "root": b64encode(excerpt.root()).decode(),
        "projection_version": PROJECTION_VERSION,
        "schema_version": SCHEMA_VERSION,
        "origin": excerpt.origin,
        "reader": reader,
        "withheld": len(excerpt.withheld),
        **times._asdict(),
    }
    for name, moment in times._asdict().items():
        said[f"{name}_unix"] = unix(moment) if moment else None
    names = [*said]
    marks = ", ".join(f":{name}" for name in names)
    db.execute(f"INSERT INTO freshness ({', '.join(names)}) VALUES ({marks})", said)
