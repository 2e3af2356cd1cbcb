"""Rows of a table of somebody's own, checked as they are made: nothing else is told that they are strange."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from ledger.facts import Fact
from ledger_projections.own.faults import Because, Fault, said
from ledger_projections.own.forms import reason
from ledger_projections.own.unclocked import unclocked
from ledger_projections.readmodel.schema import own_columns
from ledger_projections.table import Column, Row, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger_projections.own.sources import Source
    from ledger_projections.view import View


def guarded(table: Table, source: Source) -> Table:
    """Return *table* so that its rows are checked, and that whatever is wrong with one is said as a fault of *source*."""
    columns = {column.name: column for column in own_columns(table)}
    fault = partial(Fault, source.where, table.name, hint=source.hint)

    def rows(view: View) -> Sequence[Row]:
        with said(fault), unclocked():
            made = list(table.rows(view))
        with said(fault):
            _check(made, columns, table.key, view)
        return made

    return Table(table.name, table.description, table.key, tuple(table.columns), rows, frozenset(table.streams))


def _check(rows: Sequence[object], columns: Mapping[str, Column], key: Sequence[str], view: View) -> None:
    seen = set()
    for row in rows:
        if not isinstance(row, Row):
            raise Because(f"rows() gives a {type(row).__name__} where a Row should be")
        _check_values({"stream": view.stream, **row.values}, columns)
        _check_facts(row.facts)
        told_by = tuple(row.values.get(name, view.stream) for name in key)
        if told_by in seen:
            raise Because(f"two rows of {view.stream} have the key {', '.join(map(repr, told_by))}")
        seen.add(told_by)


def _check_values(values: Mapping[str, Any], columns: Mapping[str, Column]) -> None:
    missing, strange = columns.keys() - values.keys(), values.keys() - columns.keys()
    if missing:
        raise Because(f"a row lacks {', '.join(sorted(missing))}; what is not known is None")
    if strange:
        raise Because(f"a row has {', '.join(sorted(map(str, strange)))}, which is no column")
    for name, column in columns.items():
        why = reason(column, values[name])
        if why:
            raise Because(f"{name} is {values[name]!r:.60}, {why}")


def _check_facts(facts: object) -> None:
    if not isinstance(facts, list | tuple) or not all(isinstance(fact, Fact) for fact in facts):
        raise Because("the facts of a row must be a list of the facts that it stands on")
