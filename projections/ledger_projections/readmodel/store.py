"""The read model as its readers see it: current at every look, its rows with values of the declared types.

What brings it up to date is imported when it is needed, for a command that finds it current pays for no more. Its file is
disposable: whatever is wrong with it, it is made anew.
"""

from __future__ import annotations

import json
import os
import sqlite3
from typing import TYPE_CHECKING, Any, Self

from ledger.errors import Unreachable
from ledger_projections.readmodel.file import Stale, connect, is_current
from ledger_projections.readmodel.growing import growing
from ledger_projections.readmodel.over_all import with_those_over_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType


_decode = json.JSONDecoder().raw_decode


class ReadModel:
    """The tables, open for reading; a context manager."""

    def __init__(self, connection: sqlite3.Connection, again: Callable[[], sqlite3.Connection] | None = None) -> None:
        self.connection, self._again = connection, again
        self._types: dict[str, Mapping[str, str]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    def rows(
        self,
        table: str,
        where: str = "",
        values: Sequence[object] = (),
        *,
        order: str = "",
        tombstones: bool = False,
        columns: Sequence[str] = (),
        at: str = "",
    ) -> list[dict[str, Any]]:
        """Return rows of *table* as dictionaries with values of the declared types, those that still stand unless asked.

        *where* is SQL with `?` for *values*; *order* is SQL too; *columns*, if named, are all that is read, or SQL `AS` a
        name. None of these may come from outside. Of `signals`, those *at* an instant that stand on several streams are
        among them.
        """
        types = self._types_of(table)
        chosen = columns or [*types]
        standing = "" if tombstones or "tombstone" not in types else "NOT tombstone"
        types = {name.rpartition(" AS ")[2]: types.get(name, "") for name in chosen}

        def found(source: str) -> list[Any]:
            return self.run(_sql(chosen, source, (where, standing), order), values)

        return [*map(typing(types), with_those_over_all(self, at, found) if at else found(f'"{table}"'))]

    def scan(
        self, table: str, where: str = "", values: Sequence[object] = (), *, order: str = ""
    ) -> Iterator[dict[str, Any]]:
        """Yield the rows of *table* that `rows` returns, one after another: there may be more of them than memory holds."""
        types = self._types_of(table)
        sql = _sql([*types], f'"{table}"', (where, "NOT tombstone" if "tombstone" in types else ""), order)
        return map(typing(types), self.each(sql, values))

    def each(self, sql: str, values: Sequence[object] = ()) -> Iterator[Any]:
        """Yield what *sql* finds, one row after another.

        Raises Unreachable where the file turns out to be damaged on the way; it is made anew.
        """
        try:
            # map cannot be closed: who leaves would have the cursor closed, perhaps after its database
            yield from map(tuple, self.connection.execute(sql, values))
        except sqlite3.DatabaseError as error:
            if self._again is None or not _damaged(error):
                raise
            self.connection.close()
            self.connection, self._again = self._again(), None
            raise Unreachable("The tables were damaged, and are made anew.", advice="Try again.") from error

    def tables(self) -> list[str]:
        """Return the names of the tables, in the order of the data dictionary."""
        return [
            n for (n,) in self.run("SELECT table_name FROM data_dictionary GROUP BY table_name ORDER BY min(rowid)")
        ]

    def columns(self, table: str) -> list[str]:
        """Return the names of the columns of *table*."""
        return [*self._types_of(table)]

    def keeps(self, table: str) -> bool:
        """Return whether *table* is one of them."""
        return bool(self._declared(table))

    @property
    def freshness(self) -> dict[str, Any]:
        """How far the tables go: position, root, versions, built_at, as_of."""
        return self.rows("freshness")[0]

    def _types_of(self, table: str) -> Mapping[str, str]:
        if not self.keeps(table):
            raise KeyError(f"no table {table}")
        return self._types[table]

    def _declared(self, table: str) -> Mapping[str, str]:
        if table not in self._types:
            sql = "SELECT column_name, type FROM data_dictionary WHERE table_name = ? ORDER BY rowid"
            self._types[table] = dict(self.run(sql, (table,)))
        return self._types[table]

    def run(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        """Return what *sql* finds; a file that turns out to be damaged is made anew, once."""
        try:
            return self.connection.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            if self._again is None or not _damaged(error):
                raise
        self.connection.close()
        self.connection, self._again = self._again(), None
        return self.connection.execute(sql, values).fetchall()


def current(
    ledger: Path | str,
    path: Path | str,
    as_of: str,
    *,
    settle: str = "",
    note: Callable[[str], None] = lambda text: None,
) -> ReadModel:
    """Return the tables of *ledger* kept at *path*, brought up to date first if the log or the time has moved on.

    In the table *settle* numbers that grow while something is open are evaluated at *as_of* too. *note* is told, in a sentence,
    when the file had to be made anew. Raises Unreachable when the ledger itself cannot be read.
    """
    ledger, path = os.fspath(ledger), os.fspath(path)
    try:
        connection = connect(path)
    except Stale:
        connection = None
    if connection and is_current(connection, ledger, as_of) and not growing(connection, settle):
        return ReadModel(connection, lambda: _renewed(ledger, path, as_of, settle, note))
    return ReadModel(
        _renewed(ledger, path, as_of, settle, note, behind=connection),
        lambda: _renewed(ledger, path, as_of, settle, note, damaged=True),
    )


def typing(types: Mapping[str, str]) -> Callable[[Sequence[Any]], dict[str, Any]]:
    """Return what makes of a row a dictionary whose values have the *types* of their columns."""
    read: dict[str, Callable[[Any], Any]] = {"boolean": bool, "json": _document}
    others = [(name, read[type_]) for name, type_ in types.items() if type_ in read]

    def typed(row: Sequence[Any]) -> dict[str, Any]:
        values = dict(zip(types, row, strict=True))
        for name, reading in others:
            if values[name] is not None:
                values[name] = reading(values[name])
        return values

    return typed


def _document(text: str) -> Any:  # noqa: ANN401 -- any JSON
    """Return what *text* says, which is as we wrote it: no space to look for around it, thousands of times."""
    return _decode(text)[0]


def _sql(columns: Iterable[str], source: str, conditions: Iterable[str], order: str) -> str:
    """Return SQL for *columns* of *source* where all *conditions* hold that are given, in an *order* if one is."""
    met = " AND ".join(f"({condition})" for condition in conditions if condition)
    ordered = f" ORDER BY {order}" if order else ""
    return f"SELECT {', '.join(columns)} FROM {source}{f' WHERE {met}' if met else ''}{ordered}"


def _damaged(error: sqlite3.DatabaseError) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def _renewed(
    ledger: str,
    path: str,
    as_of: str,
    settle: str,
    note: Callable[[str], None],
    *,
    behind: sqlite3.Connection | None = None,
    damaged: bool = False,
) -> sqlite3.Connection:
    from ledger_projections.readmodel import catchup

    return catchup.renewed(ledger, path, as_of, settle=settle, note=note, behind=behind, damaged=damaged)
