"""`table`: any table of the read model, now or at a moment of the past."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
from ledger_projections.readmodel.schema import DESCRIPTIONS

from ledger.errors import Refused, Unknown
from ledger_cli.printing.rows import listed, listing
from ledger_cli.reading.past import past
from ledger_cli.reading.readable import unread
from ledger_cli.reading.tables import Reading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger_cli.app import App
    from ledger_cli.printing.rows import Mode
    from ledger_cli.reading.past import Past

BOOKKEEPING = frozenset(
    {"stream", "positions", "entries", "last_position", "updated_at", "tombstone", "engagement", "account", "leaf_hash"}
)
"""Columns for programs: text leaves them out where it may choose."""
_WORDS: Mapping[str, object] = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


@click.command()
@click.argument("name", metavar="[TABLE]", required=False)
@click.option("--where", "conditions", metavar="COLUMN=VALUE", multiple=True, help="Only rows with this value.")
@click.option("--columns", metavar="NAME,NAME", help="These columns, in this order.")
@listed
@past
@click.pass_obj
def table(
    app: App, *, name: str | None, conditions: tuple[str, ...], columns: str | None, mode: Mode, past: Past
) -> None:
    """Print a table of the read model; alone, the list of tables.

    \b
    engage table
    engage table slips --where state=undisclosed
    engage table milestones --as-known-on 2025-06-30 --csv
    engage table slips --columns slip,delay_bh,share --json
    """
    reading = Reading(app, past, settle=name or "")
    if name is None:
        _list(app, reading, mode)
        return
    if name not in DESCRIPTIONS:
        reading.table(name)
    elif past.asked:
        raise Refused(f"{name} has no past.", advice=f"engage table {name}")
    types = {row["column_name"]: row["type"] for row in reading.columns(name)}
    found = reading.scan(name, _where(conditions, types, name))
    about = {"table": name, "as_of": reading.as_of, **({} if past.asked else _freshness(reading))}
    listing(found, _chosen(columns, types, mode, name), mode, about=about, saying=columns is None)


def _list(app: App, reading: Reading, mode: Mode) -> None:
    rows = ((name, DESCRIPTIONS.get(name) or reading.table(name).description) for name in reading.tables)
    listing([{"table": name, "description": said} for name, said in rows], ["table", "description"], mode)
    if said := unread(app):
        click.echo(said, err=True)


def _where(conditions: Sequence[str], types: Mapping[str, str], table: str) -> dict[str, object]:
    where = {}
    for condition in conditions:
        column, sign, text = condition.partition("=")
        if not sign:
            raise click.UsageError(f'--where takes COLUMN=VALUE, not "{condition}".')
        if column not in types:
            raise _no_column(column, types, table)
        where[column] = _value(text, types[column], column)
    return where


def _value(text: str, kind: str, column: str) -> object:
    if not text:
        return None
    if kind == "boolean" and text in _WORDS:
        return _WORDS[text]
    if kind in {"integer", "number"}:
        try:
            return int(text) if kind == "integer" else float(text)
        except ValueError as error:
            raise Refused(f'{column} is a number; "{text}" is none.', advice="Give a number, or nothing.") from error
    return text


def _chosen(columns: str | None, types: Mapping[str, str], mode: Mode, table: str) -> list[str]:
    if columns is not None:
        chosen = [name.strip() for name in columns.split(",") if name.strip()]
        for name in chosen:
            if name not in types:
                raise _no_column(name, types, table)
        return chosen
    if mode != "text":
        return list(types)
    return [name for name in types if name not in BOOKKEEPING and not name.endswith("_unix")]


def _freshness(reading: Reading) -> dict[str, Any]:
    fresh = reading.freshness
    return {"position": fresh["position"], "root": fresh["root"]}


def _no_column(name: str, types: Mapping[str, str], table: str) -> Unknown:
    from ledger.errors import near

    advice = f"engage table data_dictionary --where table_name={table}"
    return Unknown("column", name, candidates=near(name, types), advice=advice)
