"""Rows that stand on several streams, appended to what is published: made of the rows that this reader is shown (ADR 22)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger_projections.json_text import json_text
from ledger_projections.portfolio.gathered import NEEDED, Gathered, twinned
from ledger_projections.readmodel.reread import reading_again
from ledger_projections.readmodel.schema import columns

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection

    from ledger_projections.table import Table

    Row = dict[str, Any]


def append_over_all(db: sqlite3.Connection, tables: Collection[Table], as_of: str) -> None:
    """Append to *tables* in *db* what each of them says of all streams together; all that it is made of is among them."""
    if not {table.name for table in tables} >= {*NEEDED}:
        return
    gathered = Gathered(reading_again(db.execute, tables), as_of)
    for table in tables:
        if table.over_all is not None:
            names = [column.name for column in columns(table)]
            made = (_stored(twinned(row, names)) for row in table.over_all(gathered))
            marks = ", ".join("?" * len(names))
            db.executemany(f'INSERT INTO "{table.name}" ({", ".join(names)}) VALUES ({marks})', made)


def _stored(row: Row) -> list[Any]:
    return [json_text(value) if isinstance(value, (list, dict)) else value for value in row.values()]
