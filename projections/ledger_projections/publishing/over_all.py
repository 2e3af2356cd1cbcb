"""Rows that stand on several streams, appended to what is published: made of the rows that this reader is shown (ADR 22)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger_projections.json_text import json_text
from ledger_projections.portfolio.gathered import NEEDED, Gathered, twinned
from ledger_projections.readmodel.schema import columns
from ledger_projections.readmodel.store import typed

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Sequence

    from ledger_projections.table import Table

    Row = dict[str, Any]


def append_over_all(db: sqlite3.Connection, tables: Collection[Table], as_of: str) -> None:
    """Append to *tables* in *db* what each of them says of all streams together; all that it is made of is among them."""
    known = {table.name: {column.name: column.type for column in columns(table)} for table in tables}
    if not known.keys() >= {*NEEDED}:
        return

    def read(table: str, *, more: str = "TRUE", columns: Sequence[str] = ()) -> list[Row]:
        types = {name: known[table][name] for name in columns or known[table]}
        sql = f'SELECT {", ".join(types)} FROM "{table}" WHERE NOT tombstone AND {more}'
        return [typed(types, row) for row in db.execute(sql)]

    gathered = Gathered(read, as_of)
    for table in tables:
        if table.over_all is not None:
            marks = ", ".join("?" * len(known[table.name]))
            made = (_stored(twinned(row, known[table.name])) for row in table.over_all(gathered))
            db.executemany(f'INSERT INTO "{table.name}" ({", ".join(known[table.name])}) VALUES ({marks})', made)


def _stored(row: Row) -> list[Any]:
    return [json_text(value) if isinstance(value, (list, dict)) else value for value in row.values()]
