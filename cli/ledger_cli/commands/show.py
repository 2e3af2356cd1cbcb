"""`show`: one entry with its five clocks, what it says, the evidence for it, and what it was corrected to."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from ledger.errors import Unknown
from ledger.values import EntryId, Position
from ledger_cli.in_words.corrections import corrections_at, holding, texts_of
from ledger_cli.in_words.entry import entry_lines
from ledger_cli.printing.output import document, page
from ledger_cli.printing.safe import safe
from ledger_cli.reading.tables import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger_cli.app import App

    Row = dict[str, Any]

TELLS = {"slip-foreseen": ("slip-reported", "slip_id"), "news-learned": ("news-reported", "news_id")}
"""What is told by another type of entry, and the id that both carry."""
ROOTS = {"evidence-issued", "ledger-checkpointed"}
"""The types of entry by which others may hold a root of the tree."""


@click.command()
@click.argument("entry")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option(
    "--raw", is_flag=True, help="Print the exact bytes that are hashed and proved (safe to see, on a terminal)."
)
@click.pass_obj
def show(app: App, *, entry: str, as_json: bool, raw: bool) -> None:
    """Show one entry, by its number or its id.

    \b
    engage show 31
    engage show 31 --raw | sha256sum
    """
    position = _position(app, entry)
    if raw:
        _print_raw(app, position)
        return
    reading = Reading(app)
    (row,) = reading.rows("entries", {"position": position})
    found = {**row, "texts": texts_of(app, position), **_clocks(reading, row)}
    found["corrections"] = corrections_at(app, reading, row["corrected_by"])
    found["corrects"] = corrections_at(app, reading, [position]) if row["type"] == "entry-corrected" else []
    found["holds_now"] = holding(found["corrections"])
    found["again"] = _again(app, reading, found)
    found["held"] = _held(app, reading, position)
    if as_json:
        document(found)
    else:
        page(list(entry_lines(reading, found)))


def _position(app: App, entry: str) -> Position:
    number = entry.removeprefix("#")
    if number.isdecimal() and len(number) < 16:
        position: Position | None = Position(int(number))
    else:
        position = app.reader.find(EntryId(entry))
    if position is None or app.reader.at(position) is None:
        raise Unknown("entry", entry, advice=f"engage log shows them; the newest is #{app.reader.head()}.")
    return position


def _print_raw(app: App, position: Position) -> None:
    stored = app.reader.at(position)
    content = stored.raw if stored else b""
    if sys.stdout.isatty():
        click.echo(safe(content.decode("utf-8", "replace")))
    else:
        sys.stdout.buffer.write(content)


def _clocks(reading: Reading, row: Row) -> dict[str, Any]:
    """Return when what the entry says was told, and when that was acknowledged: events of their own."""
    stream = reading.rows("entries", {"stream": row["stream"], "withdrawn": False}, order="position")
    kind, name = TELLS.get(row["type"], ("", ""))
    told = [other for other in stream if kind and other["type"] == kind and other["data"][name] == row["data"][name]]
    ids = {row["id"], *(other["id"] for other in told)}
    acknowledged = [other for other in stream if other["data"].get("acknowledges") in ids]
    return {"told": _first(told), "acknowledged": _first(acknowledged)}


def _first(rows: Sequence[Row]) -> dict[str, Any] | None:
    if not rows:
        return None
    when, row = min(((row["occurred_now"] or row["recorded"], row) for row in rows), key=lambda pair: str(pair[0]))
    return {"at": when, "position": row["position"]}


def _held(app: App, reading: Reading, position: Position) -> dict[str, dict[str, Any] | None]:
    """Return the last root that others hold from before the entry, and the first that commits to it (design 2.4)."""
    if not any(row["type"] in ROOTS for row in reading.rows("entries", {"stream": "practice"})):
        return dict.fromkeys(("after", "by"))  # nothing is folded to find nothing
    from ledger.standing.brackets import bracket, held_roots

    sides = bracket(held_roots(app.names.practice), position)._asdict()
    return {
        side: held and {"size": held.size, "since": held.fact.recorded, "position": held.fact.entry.position}
        for side, held in sides.items()
    }


def _again(app: App, reading: Reading, found: Row) -> dict[str, int]:
    """Return the paths that a correction changed and that were changed again, each with the last entry that did."""
    if not found["corrects"]:
        return {}
    (own,) = found["corrects"]
    (target,) = reading.rows("entries", {"position": own["target"]})
    later = corrections_at(app, reading, [p for p in target["corrected_by"] if p > found["position"]])
    paths = {change["path"] for change in own["changes"]}
    return {c["path"]: row["position"] for row in later for c in row["changes"] if c["path"] in paths}
