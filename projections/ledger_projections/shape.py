"""How the rows of a table become rows of SQLite: worked out once a table, for it is done for every row there is."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import orjson

from ledger_projections.file import unix
from ledger_projections.schema import columns, own_columns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.facts import Fact
    from ledger_projections.table import Table

    Key = tuple[Any, ...]
    Kept = tuple[Any, ...]

_PLAIN, _TIMED, _NUMBER = range(3)
_KINDS = {"instant": _TIMED, "moment": _TIMED, "number": _NUMBER}


class Shape:
    """The places of a *table*'s columns in its rows, and the statements that write them."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.columns = columns(table)
        self.types = {column.name: column.type for column in self.columns}
        names = list(self.types)
        self.key_places = [names.index(name) for name in table.key]
        self.time_places = [n for n, column in enumerate(self.columns) if column.type in {"instant", "moment", "day"}]
        self.growing_place = names.index("censored") if "censored" in names else None
        self._plan = [(column.name, _KINDS.get(column.type, _PLAIN)) for column in own_columns(table)]

    def key(self, row: Kept) -> Key:
        """Return what tells *row* apart in its stream."""
        return tuple([row[place] for place in self.key_places])

    def kept(
        self, values: Mapping[str, Any], facts: Sequence[Fact[Any]], last: tuple[int, str], *, tombstone: bool
    ) -> Kept:
        """Return a row as it is kept: *values* with their twins, the entries behind it, the newest of all it depends on."""
        row: list[Any] = []
        for name, kind in self._plan:
            value = values[name]
            if kind == _TIMED:
                row += (value, None if value is None else seconds(value))
            else:
                row.append(float(value) if kind == _NUMBER and value is not None else value)
        row += _standing_on(facts)
        row += (*last, seconds(last[1]), tombstone)
        return tuple(row)

    @cached_property
    def insert(self) -> str:
        """Write a row whose place is the first value; None is a new place."""
        marks = ", ".join("?" * (len(self.columns) + 1))
        return f'REPLACE INTO "{self.table.name}" (rowid, {", ".join(self.types)}) VALUES ({marks})'

    @cached_property
    def select(self) -> str:
        """Read the places and rows of a stream."""
        return f'SELECT rowid, * FROM "{self.table.name}" WHERE stream = ?'

    @cached_property
    def delete(self) -> str:
        """Take away the row at a place."""
        return f'DELETE FROM "{self.table.name}" WHERE rowid = ?'


@lru_cache(maxsize=16_384)  # a row says the same time several times, and a batch in all its rows
def seconds(moment: str) -> int:
    """Return the seconds from 1970 to an instant, rounded down, or to the begin of a day in UTC."""
    begun = _day_seconds(moment[:10])
    return begun + int(moment[11:13]) * 3600 + int(moment[14:16]) * 60 + int(moment[17:19]) if "T" in moment else begun


@lru_cache(maxsize=8_192)
def _day_seconds(day: str) -> int:
    return unix(day)


def _standing_on(facts: Sequence[Fact[Any]]) -> tuple[str, str]:
    if len(facts) == 1:
        return f"[{facts[0].entry.position}]", f'["{facts[0].entry.id}"]'
    by_position = {fact.entry.position: fact.entry.id for fact in facts}
    positions = sorted(by_position)
    return orjson.dumps(positions).decode(), orjson.dumps([by_position[p] for p in positions]).decode()
