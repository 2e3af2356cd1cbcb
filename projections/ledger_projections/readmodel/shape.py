"""How the rows of a table become rows of SQLite: worked out once a table, for it is done for every row there is."""

from __future__ import annotations

from functools import cached_property, lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import orjson

from ledger_projections.readmodel.file import unix
from ledger_projections.readmodel.schema import KEPT, STREAM, columns, own_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ledger.facts import Fact
    from ledger_projections.table import Table

    Key = tuple[Any, ...]
    Kept = tuple[Any, ...]

_TIMED = ("instant", "moment")
_MOMENTS = 16_384
"""Moments whose seconds are remembered."""


class Shape:
    """The places of a *table*'s columns in its rows, and the statements that write them."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.columns = columns(table)
        self.types = {column.name: column.type for column in self.columns}
        own = own_columns(table)
        bare = [*own, *KEPT]
        names, timed = [c.name for c in bare], [c for c in bare if c.type in _TIMED]
        self.names = names
        self.key = _places([names.index(name) for name in table.key])
        """Gives what tells a row apart in its stream."""
        self.times = _places([n for n, column in enumerate(bare) if column.type in {*_TIMED, "day"}])
        """Gives all the times that a row names."""
        self._own = _places([c.name for c in table.columns])
        self._stream = () if len(own) == len(table.columns) else (STREAM.name,)
        self._numbers = [n for n, column in enumerate(own) if column.type == "number"]
        self._twins = _places([names.index(column.name) for column in timed])
        written = [*names, *(f"{column.name}_unix" for column in timed)]
        self._written = written
        self._order = _places([*map(written.index, self.types)])

    def kept(
        self,
        stream: str,
        values: Mapping[str, Any],
        facts: Sequence[Fact[Any]],
        last: tuple[int, str],
        *,
        tombstone: bool,
    ) -> Kept:
        """Return a row with the entries behind it and the newest of all it depends on, all without twins."""
        row = (stream, *self._own(values)) if self._stream else self._own(values)
        if self._numbers:
            row = self._plain(row)
        return (*row, *_standing_on(facts), *last, tombstone)

    def whole(self, row: Kept) -> Kept:
        """Return *row* as its table has it, with a twin in seconds beside each time."""
        return self._order(self.twinned(row))

    def twinned(self, row: Kept) -> Kept:
        """Return *row* with the seconds of its times behind it."""
        return (*row, *map(_SECONDS.__getitem__, self._twins(row)))

    def _plain(self, row: Kept) -> Kept:
        plain = [*row]
        for place in self._numbers:
            if plain[place] is not None:
                plain[place] = float(plain[place])
        return tuple(plain)

    @cached_property
    def append(self) -> str:
        """Write a row, as `twinned` gives it, behind all others."""
        marks = ", ".join("?" * len(self.columns))
        return f'INSERT INTO "{self.table.name}" ({", ".join(self._written)}) VALUES ({marks})'

    @cached_property
    def insert(self) -> str:
        """Write a row whose place is the first value; None is a new place."""
        marks = ", ".join("?" * (len(self.columns) + 1))
        return f'REPLACE INTO "{self.table.name}" (rowid, {", ".join(self.types)}) VALUES ({marks})'

    @cached_property
    def select(self) -> str:
        """Read the places and rows of a stream, without twins."""
        return f'SELECT rowid, {", ".join(self.names)} FROM "{self.table.name}" WHERE stream = ?'

    @cached_property
    def select_about(self) -> str:
        """Read those that are about one of the things in a JSON array."""
        return f"{self.select} AND {self.table.about[0]} IN (SELECT value FROM json_each(?))"

    @cached_property
    def delete(self) -> str:
        """Take away the row at a place."""
        return f'DELETE FROM "{self.table.name}" WHERE rowid = ?'


class _Seconds(dict[str | None, int | None]):
    """The seconds from 1970 to the moments that were asked for: a row says the same time several times, a batch in all."""

    def __missing__(self, moment: str) -> int:
        if len(self) > _MOMENTS:
            self.clear()
            self[None] = None
        found = self[moment] = _seconds(moment)
        return found


_SECONDS = _Seconds({None: None})


def _seconds(moment: str) -> int:
    """Return the seconds from 1970 to an instant, rounded down, or to the begin of a day in UTC."""
    begun = _day_seconds(moment[:10])
    return begun + int(moment[11:13]) * 3600 + int(moment[14:16]) * 60 + int(moment[17:19]) if "T" in moment else begun


@lru_cache(maxsize=8_192)
def _day_seconds(day: str) -> int:
    return unix(day)


def _places(places: Sequence[int] | Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Return the function that gives what stands at *places*, always as a tuple."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda row: tuple([row[place] for place in places])


def _standing_on(facts: Sequence[Fact[Any]]) -> tuple[str, str]:
    if len(facts) == 1:
        entry = facts[0].entry
        return f"[{entry.position}]", f'["{entry.id}"]'
    by_position = {fact.entry.position: fact.entry.id for fact in facts}
    positions = sorted(by_position)
    return orjson.dumps(positions).decode(), orjson.dumps([by_position[p] for p in positions]).decode()
