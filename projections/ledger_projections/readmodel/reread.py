"""Rows of a table in a file, read again each time that they are gone through: there may be more than memory holds."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from ledger_projections.readmodel.schema import columns as columns_of
from ledger_projections.readmodel.store import typing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ledger_projections.portfolio.gathered import Read
    from ledger_projections.table import Table

    Ask = Callable[[str], Iterable[Sequence[Any]]]

Row = dict[str, Any]


def reading_again(ask: Ask, tables: Iterable[Table]) -> Read:
    """Return what finds the rows of *tables* that still stand, each time that they are gone through, by asking in SQL."""
    known = {table.name: {column.name: column.type for column in columns_of(table)} for table in tables}

    def read(table: str, *, part: str = "", more: str = "", columns: Sequence[str] = ()) -> Reread:
        types = {name: known[table][name] for name in columns or known[table]}
        which = f"part = '{part}'" if part else more or "TRUE"
        named = ", ".join(types)
        return Reread(
            ask, f'SELECT {named} FROM "{table}" WHERE NOT tombstone AND {which} ORDER BY stream, rowid', types
        )

    return read


class Reread(Collection[Row]):
    """What some *sql* finds, as dictionaries with values of the declared *types*."""

    def __init__(self, ask: Ask, sql: str, types: Mapping[str, str]) -> None:
        self._ask, self._sql, self._types = ask, sql, types

    def __iter__(self) -> Iterator[Row]:
        return map(typing(self._types), self._ask(self._sql))

    def __len__(self) -> int:
        return int(next(iter(self._ask(f"SELECT count(*) FROM ({self._sql})")))[0])

    def __bool__(self) -> bool:
        return any(self._ask(f"SELECT 1 FROM ({self._sql}) LIMIT 1"))

    def __contains__(self, row: object) -> bool:
        return any(each == row for each in self)
