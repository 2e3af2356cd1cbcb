"""Rows that stand on several streams, appended to what is published: made of the rows that this reader is shown (ADR 22)."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import TYPE_CHECKING, Any

from ledger_projections.json_text import json_text
from ledger_projections.portfolio.gathered import NEEDED, Gathered, twinned
from ledger_projections.readmodel.schema import columns
from ledger_projections.readmodel.store import typing

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence

    from ledger_projections.table import Table

Row = dict[str, Any]


def append_over_all(db: sqlite3.Connection, tables: Collection[Table], as_of: str) -> None:
    """Append to *tables* in *db* what each of them says of all streams together; all that it is made of is among them."""
    known = {table.name: {column.name: column.type for column in columns(table)} for table in tables}
    if not known.keys() >= {*NEEDED}:
        return
    gathered = Gathered(partial(_Rows, db, known), as_of)
    for table in tables:
        if table.over_all is not None:
            marks = ", ".join("?" * len(known[table.name]))
            made = (_stored(twinned(row, known[table.name])) for row in table.over_all(gathered))
            db.executemany(f'INSERT INTO "{table.name}" ({", ".join(known[table.name])}) VALUES ({marks})', made)


class _Rows(Collection[Row]):
    """Rows of a table, read from the file each time that they are gone through: there may be more than memory holds."""

    def __init__(
        self,
        db: sqlite3.Connection,
        known: Mapping[str, Mapping[str, str]],
        table: str,
        *,
        part: str = "",
        more: str = "TRUE",
        columns: Sequence[str] = (),
    ) -> None:
        self._db, self._types = db, {name: known[table][name] for name in columns or known[table]}
        named, which = ", ".join(self._types), f"part = '{part}'" if part else more
        self._sql = f'SELECT {named} FROM "{table}" WHERE NOT tombstone AND {which} ORDER BY rowid'

    def __iter__(self) -> Iterator[Row]:
        return map(typing(self._types), self._db.execute(self._sql))

    def __len__(self) -> int:
        (count,) = self._db.execute(f"SELECT count(*) FROM ({self._sql})").fetchone()
        return int(count)

    def __bool__(self) -> bool:
        return self._db.execute(f"SELECT 1 FROM ({self._sql}) LIMIT 1").fetchone() is not None

    def __contains__(self, row: object) -> bool:
        return any(each == row for each in self)


def _stored(row: Row) -> list[Any]:
    return [json_text(value) if isinstance(value, (list, dict)) else value for value in row.values()]
