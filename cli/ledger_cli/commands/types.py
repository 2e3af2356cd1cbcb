"""`types` and `schema`: what can be recorded, and the form it has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from ledger_cli.printing.columns import table
from ledger_cli.printing.output import document, page, terminal_width
from ledger_cli.printing.rows import described, json_lines

if TYPE_CHECKING:
    from ledger.events import Event
    from ledger_cli.printing.rows import Mode

_SOURCES = re.compile(r" \((?:domain )?[PMS]?\d[^)]*\)")
"""The practices and metrics that a type is for: of interest to its authors."""


@click.command()
@described
def types(*, mode: Mode) -> None:
    """List what can be recorded, by area.

    \b
    engage types
    engage types --json
    """
    from ledger.events import AREAS

    if mode == "json":
        document({area: [_described(kind) for kind in kinds] for area, kinds in AREAS.items()})
        return
    if mode == "jsonl":
        json_lines({"area": area, **_described(kind)} for area, kinds in AREAS.items() for kind in kinds)
        return
    rows = [
        (area if kind is kinds[0] else "", kind.short_name, _says(kind))
        for area, kinds in AREAS.items()
        for kind in kinds
    ]
    page(table(rows, ("area", "type", "what it says"), terminal_width()))
    click.echo("engage schema TYPE shows its fields; engage record TYPE --field value records it.", err=True)


@click.command()
@click.argument("name", metavar="TYPE")
def schema(name: str) -> None:
    """Print the JSON Schema of a type of event.

    \b
    engage schema slip-foreseen
    """
    from ledger.events import type_named
    from ledger.events.schema import json_schema

    document(json_schema(type_named(name)))


def _says(kind: type[Event]) -> str:
    return _SOURCES.sub("", (kind.__doc__ or "").split("\n")[0]).replace("*", "").replace("`", "")


def _described(kind: type[Event]) -> dict[str, Any]:
    own = {"fields": [field.name for field in kind.fields.values()], "erasable": list(kind.erasable())}
    marks = {"private": kind.private, "opens": kind.opens, "governs": kind.governs}
    return {
        "type": kind.short_name,
        "stored_name": kind.stored_name,
        "says": _says(kind),
        "streams": sorted(kind.streams),
        **marks,
        **own,
    }
