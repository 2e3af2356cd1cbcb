"""What a table must be, before any row of it is made: its name, its columns, its key."""

from __future__ import annotations

import re
from types import ModuleType
from typing import TYPE_CHECKING, cast, get_args

from ledger.errors import near
from ledger_projections.own.faults import Because
from ledger_projections.own.reserved import RESERVED_BY_SQL
from ledger_projections.readmodel.schema import DESCRIPTIONS, KEPT, STREAM, with_twins
from ledger_projections.table import Column, ColumnType, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TYPES: tuple[str, ...] = get_args(ColumnType)
STREAMS = frozenset({"engagement", "account", "practice"})
RESERVED = frozenset({*DESCRIPTIONS, "withheld", "gone", "about", "history"})
"""What stands beside the tables, in the read model or in what is published; the last name is Excel's own."""
ADDED = frozenset(column.name for column in with_twins((STREAM, *KEPT)))
"""Columns that every row is given."""
_NAME = re.compile(r"[a-z][a-z0-9_]{0,30}")
"""A sheet of a workbook has no longer name."""


def tables_in(value: object) -> Iterable[Table]:
    """Return the tables that a module, or an entry point, names; raise Because where it names none."""
    if isinstance(value, ModuleType):
        named = [getattr(value, name) for name in ("TABLE", "TABLES") if hasattr(value, name)]
        if not named:
            raise Because("it names no TABLE, and no TABLES")
        return [table for value in named for table in tables_in(value)]
    if isinstance(value, Table):
        return [value]
    if isinstance(value, list | tuple) and not isinstance(value, Column) and all(isinstance(v, Table) for v in value):
        return cast("Iterable[Table]", value)
    raise Because(f"a {type(value).__name__} is named where a Table should be")


def reasons(table: Table) -> Iterator[str]:
    """Yield everything that keeps *table* from being made."""
    yield from _named("its name", table.name)
    yield from _described("it", table.description)
    streams, columns = cast("object", table.streams), cast("object", table.columns)
    if not callable(cast("object", table.rows)):
        yield "rows is no function"
    if not isinstance(streams, frozenset | set) or not streams or not streams <= STREAMS:
        yield "streams must be a set of engagement, account and practice"
    if not isinstance(columns, tuple) or not columns or not all(isinstance(c, Column) for c in columns):
        yield "columns must be a tuple of Column"
        return
    for column in table.columns:
        yield from _column(column)
    yield from _told_apart(table)


def _column(column: Column) -> Iterator[str]:
    yield from _named("column name", column.name)
    if column.name in ADDED:
        yield f'column "{column.name}" is one that every row is given'
    if column.type not in TYPES:
        kinds = near(str(column.type), TYPES) or TYPES
        yield f'column "{column.name}" is of type "{column.type}"; there are {", ".join(kinds)}'
    yield from _described(f'column "{column.name}"', column.description)
    if not all(isinstance(cast("object", words), str) for words in (column.unit, column.example)):
        yield f'column "{column.name}": unit and example are text'


def _told_apart(table: Table) -> Iterator[str]:
    names = [column.name for column in with_twins(c for c in table.columns if c.type in TYPES)]
    for name in sorted({str(name) for name in names if names.count(name) > 1}):
        yield f'column "{name}" stands there twice (a time has a twin that ends in _unix)'
    if not isinstance(cast("object", table.key), tuple) or not table.key:
        yield "key must be a tuple of the columns that tell rows apart"
        return
    for name in table.key:
        if name not in names:
            yield f'key names "{name}", which is no column'


def _named(what: str, name: object) -> Iterator[str]:
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        yield f"{what} is {name!r:.80}; a name is at most 31 small letters, digits and _, a letter first"
    elif name in RESERVED_BY_SQL or name.startswith(("sqlite_", "internal_")):
        yield f'{what} is "{name}", a word that databases keep for themselves'


def _described(what: str, description: object) -> Iterator[str]:
    if not isinstance(description, str) or not description.strip():
        yield f"{what} has no description: the dictionary would say nothing"
