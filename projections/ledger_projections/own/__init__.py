"""Tables of somebody's own: found, checked, and made like all others; whatever is wrong with one stays with that one (ADR 19).

They come out of the user's own settings and out of packages that are installed, never from beside a ledger: a ledger that
somebody sends runs no code. Only who asks for such a table runs it; recording never does.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ledger.values.named import NamedTuple
from ledger_projections.own import declared, files, packages
from ledger_projections.own.faults import Fault, Unsound, said
from ledger_projections.own.guarding import guarded
from ledger_projections.tables import READABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from ledger_projections.own.sources import Source
    from ledger_projections.table import Table

__all__ = ["Fault", "Found", "Own", "Unsound", "find"]


class Own(NamedTuple):
    """A table of somebody's own, and *where* it comes from: a file, or a package."""

    table: Table
    where: str


class Found(NamedTuple):
    """The tables that can be asked for, by name, and what is wrong with the others."""

    tables: Mapping[str, Own]
    faults: Sequence[Fault]

    def check(self, name: str) -> None:
        """Raise Unsound where *name* is a table, or a file that should hold one, with which something is wrong."""
        for fault in self.faults:
            if name in {fault.table, fault.hint} and name not in self.tables:
                raise Unsound(fault)


def find(folder: Path) -> Found:
    """Find the tables that the files in *folder* and the installed packages name, in this order."""
    tables: dict[str, Own] = {}
    faults: list[Fault] = []
    for source in (*files.sources(folder), *packages.sources()):
        for table in _named(source, faults):
            wrong = _faults(source, table, tables)
            faults += wrong
            if not wrong:
                tables[table.name] = Own(guarded(table, source), source.where)
    return Found(tables, faults)


def _named(source: Source, faults: list[Fault]) -> Iterable[Table]:
    """Return what *source* names as tables; note why where it cannot be read."""
    try:
        with said(partial(Fault, source.where, "", hint=source.hint)):
            return list(declared.tables_in(source.read()))
    except Unsound as error:
        faults.append(error.fault)
        return []


def _faults(source: Source, table: Table, tables: Mapping[str, Own]) -> list[Fault]:
    """Return everything that is wrong with what *table* declares."""
    fault = partial(Fault, source.where, table.name if type(table.name) is str else "", hint=source.hint)
    try:
        with said(fault):
            return [fault(why) for why in (*declared.reasons(table), *_taken(table.name, tables))]
    except Unsound as error:  # what it declares cannot even be looked at
        return [error.fault]


def _taken(name: str, tables: Mapping[str, Own]) -> Iterator[str]:
    if name in READABLE or name in declared.RESERVED:
        yield f'the name "{name}" is taken by a table of the ledger'
    elif name in tables:
        yield f'the name "{name}" is taken by {tables[name].where}'
