"""`practices`: the sixty-two practices of serving a client, and the line that records each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ledger.errors import Unknown
from ledger_cli.practices.recorded import GROUPS, PRACTICES
from ledger_cli.practices.shown import shown
from ledger_cli.printing.columns import prose, table
from ledger_cli.printing.output import document, page, terminal_width
from ledger_cli.printing.rows import described, json_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger_cli.practices.recorded import Practice
    from ledger_cli.printing.rows import Mode


@click.command()
@click.argument("name", metavar="[PRACTICE]", required=False)
@described
def practices(name: str | None, *, mode: Mode) -> None:
    """Say how each practice of serving a client is recorded, and which table, signal or metric shows it.

    \b
    engage practices
    engage practices P15
    engage practices --json
    """
    found = _found(name) if name else None
    if mode == "json":
        document(_as_json(found) if found else [_as_json(each) for each in PRACTICES.values()])
    elif mode == "jsonl":
        json_lines(_as_json(each) for each in ([found] if found else PRACTICES.values()))
    elif found:
        page(list(_told(found)))
    else:
        rows = [(each.id, each.name, each.line) for each in PRACTICES.values()]
        page(table(rows, ("", "practice", "recorded by"), terminal_width()))


def _found(name: str) -> Practice:
    found = PRACTICES.get(name.upper())
    if found is None:
        raise Unknown("practice", name, advice="engage practices lists them: P01 to P62.")
    return found


def _told(practice: Practice) -> Iterator[str]:
    group = next(group for group, some in GROUPS.items() if practice in some)
    yield f"{practice.id}  {practice.name}  ({group})"
    yield f"  {practice.line}"
    yield from prose(f"It records {' and '.join(practice.types)}; engage table {practice.table} shows it.")
    if practice.note:
        yield from prose(practice.note)
    found = shown(practice.id)
    beside = {
        "Signals": found.signals,
        "Figures": [f"{metric.id} {metric.title}" for metric in found.metrics],
        "Flags": found.flags,
    }
    yield from (f"  {kind}: {', '.join(names)}" for kind, names in beside.items() if names)


def _as_json(practice: Practice) -> dict[str, Any]:
    found = shown(practice.id)
    beside = {"signals": found.signals, "metrics": [metric.id for metric in found.metrics], "flags": found.flags}
    return {**practice._asdict(), "types": list(practice.types), **{name: list(some) for name, some in beside.items()}}
