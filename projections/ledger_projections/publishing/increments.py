"""What changed from one publication to the next: found by comparing rows, so that whatever changed them is told.

A row may change without an entry: time passes, an entry becomes private, a rule is another. So the rows that are published
are compared with those that were. An increment holds, of every table, the rows that are new or differ, and in `gone` the
keys of those that are there no more, never what they said. For a publication and the increments after it, in order:

    take away the rows that `gone` names, then put each other row in the place of the one with its key

makes the next publication, row by row. Rows that were withdrawn stay, as in every publication, with their tombstone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.errors import Malformed, Refused
from ledger.values.named import NamedTuple
from ledger_projections.publishing.as_sqlite import NAME
from ledger_projections.publishing.content import Content
from ledger_projections.publishing.sheet import Sheet
from ledger_projections.readmodel.runner import transaction
from ledger_projections.readmodel.schema import create as created
from ledger_projections.table import Column

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

AUTO = "auto"
KNOWN = "--since auto takes what was published last; or name its position: --since 199"
AGAIN = "Publish all of it: leave --since out."
GONE = Sheet(
    "gone",
    "rows that are there no more",
    ("table_name", "key"),
    (
        Column("table_name", "text", "the table", example="signals"),
        Column("key", "json", "what its key columns held, in the order that the data package has them"),
    ),
)


class Increment(NamedTuple):
    """What changed after the position *after*: how many *rows* are new or differ, and how many are *gone*."""

    folder: Path
    after: int
    rows: int
    gone: int


def base_for(since: str, held: Path | None, stamp: dict[str, Any] | None, origin: str, reader: str) -> Path | None:
    """Return the SQLite file to compare with; None where *since* is auto and nothing was published yet. Refuse any other."""
    if since != AUTO and not (since.isascii() and since.isdecimal()):
        raise Malformed(f'"{since}" is no position.', advice=KNOWN)
    if held is None or stamp is None:
        if since == AUTO:
            return None
        raise Refused("Nothing was published there yet.", advice=AGAIN)
    there = f"What was published there is of position {stamp['position']}"
    if since not in {AUTO, str(stamp["position"])}:
        raise Refused(f"{there}, not {since}.", advice=f"--since {stamp['position']}, or --since auto")
    if (stamp["origin"], stamp["reader"]) != (origin, reader):
        raise Refused(f"{there} of {stamp['origin']}, for the {stamp['reader']}.", advice=AGAIN)
    if not (held / NAME).is_file():
        raise Refused(
            f"{there}, and has no SQLite file to compare with.", advice="Publish with sqlite among the formats."
        )
    return held / NAME


def compare(content: Content, base: Path) -> Content:
    """Return the rows of *content* that are new or differ from those in the file *base*, and the keys of those gone."""
    db = content.db
    db.execute("ATTACH ? AS before", (str(base),))
    _check(db)
    with transaction(db):
        db.execute(created(GONE.name, GONE.columns))
        for sheet in content.sheets:
            _compare(db, sheet)
    db.execute("DETACH before")
    chosen = {sheet.name: f"changed_{sheet.name}" for sheet in content.sheets}
    return Content(db, content.path, [*content.sheets, GONE], chosen)


def _check(db: sqlite3.Connection) -> None:
    shape = "SELECT table_name, column_name, type FROM {}.data_dictionary ORDER BY 1, 2"
    if db.execute(shape.format("main")).fetchall() != db.execute(shape.format("before")).fetchall():
        raise Refused("What was published there has other tables or columns.", advice=AGAIN)


def _compare(db: sqlite3.Connection, sheet: Sheet) -> None:
    name, key = sheet.name, ", ".join(sheet.key)
    db.execute(f'CREATE UNIQUE INDEX "{name}_key" ON "{name}" ({key})')
    same_key = " AND ".join(f"now.{column} IS was.{column}" for column in sheet.key)
    differs = " OR ".join(f"now.{column.name} IS NOT was.{column.name}" for column in sheet.columns)
    db.execute(f'CREATE TABLE "changed_{name}" (place INTEGER PRIMARY KEY)')
    db.execute(
        f'INSERT INTO "changed_{name}" SELECT now.rowid FROM main."{name}" AS now'
        f' LEFT JOIN before."{name}" AS was ON {same_key} WHERE was.rowid IS NULL OR {differs}'
    )
    keys = ", ".join(f"was.{column}" for column in sheet.key)
    db.execute(
        f"INSERT INTO gone SELECT '{name}', json_array({keys}) FROM before.\"{name}\" AS was"
        f' LEFT JOIN main."{name}" AS now ON {same_key} WHERE now.rowid IS NULL'
    )
