"""Which tables can be read: those that are kept, those that are made when they are asked for, and somebody's own (ADR 19).

A name that is ours is found without running anything of somebody's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ledger_projections.table import Table

    from ledger_cli.app import App


def ours() -> Mapping[str, Table]:
    """Return the tables of the ledger by name."""
    from ledger_projections.tables import READABLE

    return READABLE


def names(app: App, kept: Iterable[str]) -> list[str]:
    """Return the names of all tables: of those that are *kept*, of the others, and of those about all of them."""
    from ledger_projections.readmodel.schema import DESCRIPTIONS
    from ledger_projections.tables import ASKED

    return [*(name for name in kept if name not in DESCRIPTIONS), *ASKED, *app.own.tables, *DESCRIPTIONS]


def find(app: App, name: str) -> Table:
    """Return the table called *name*; raise Unknown with what is near, Unsound with why it cannot be made."""
    if name in ours():
        return ours()[name]
    app.own.check(name)
    if name in app.own.tables:
        return app.own.tables[name].table
    from ledger_projections.readmodel.schema import DESCRIPTIONS

    from ledger.errors import Unknown, near

    known = near(name, [*ours(), *app.own.tables, *DESCRIPTIONS])
    raise Unknown("table", name, candidates=known, advice=unread(app) or "engage table lists them.")


def unread(app: App) -> str:
    """Return what is to be said where tables of somebody's own cannot be read."""
    return "Not all of your own can be read: engage projections check" if app.own.faults else ""


def described(app: App, name: object) -> list[dict[str, Any]]:
    """Return what a data dictionary would say of the tables that are not kept, or of the one called *name*."""
    from ledger_projections.readmodel.schema import DESCRIPTIONS, DICTIONARY, columns, defined
    from ledger_projections.tables import ASKED

    tables = list(ASKED.values())
    if name not in {*ours(), *DESCRIPTIONS}:
        tables += [own.table for own in app.own.tables.values()]
    heads = [column.name for column in DICTIONARY]
    return [dict(zip(heads, row, strict=True)) for table in tables for row in defined(table.name, columns(table))]
