"""`record`: any type of event, field by field, or events as JSON lines, all of them or none."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ledger.errors import LedgerError, Malformed
from ledger.events import TYPES
from ledger_cli.asking.files import read_file
from ledger_cli.recording.any_type import command_of
from ledger_cli.recording.receipts import recorded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ledger.drafts import Draft
    from ledger.events import Event
    from ledger_cli.app import App


class Types(click.Group):
    """A group with a command for every type that may be recorded, its options made from its fields."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the types that have no command of their own."""
        return [name for name, event_type in TYPES.items() if not event_type.governs]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command that records *cmd_name*."""
        from ledger.events import type_named

        event_type = type_named(cmd_name)
        _refuse_governing(event_type)
        return command_of(event_type)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command of a type, else the one that reads lines."""
        name = args[0]
        if name == "-" or name.endswith((".jsonl", ".ndjson", ".json")) or ("/" in name and Path(name).exists()):
            return name, _lines_command(name), args[1:]
        return super().resolve_command(ctx, args)


@click.group(cls=Types)
def record() -> None:
    """Record any type of event, or JSON lines: all of them or none.

    \b
    engage record assumption-recorded --statement "The hall is free in June." --test-by 2025-05-30
    engage record news-learned --on account/northwind-theatre --polarity good --summary "New hall."
    engage record lesson-recorded --help      an example of each type, and what its fields mean
    engage record --help                      the types; engage types says what they are
    engage record - < events.jsonl
    engage record events.jsonl

    A line is {"type": "slip-foreseen", "subject": "engagement/northwind", "aware": "…", "data": {…}}.
    """


def _lines_command(name: str) -> click.Command:
    @click.command(name)
    @click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
    @click.pass_obj
    def lines(app: App, *, as_json: bool) -> None:
        """Record events given as JSON lines: all of them or none."""
        content = sys.stdin.buffer.read() if name == "-" else read_file(Path(name), "Name a file of JSON lines.")
        _record_lines(app, content.split(b"\n"), as_json=as_json)

    return lines


def _record_lines(app: App, content: Iterable[bytes], *, as_json: bool) -> None:
    from ledger.jsonl import at_line, lines

    numbered = list(lines(content))
    if not numbered:
        raise Malformed("There are no lines.", advice="engage record - < events.jsonl")
    drafts = [_draft(number, raw) for number, raw in numbered]
    try:
        receipts = app.record(*drafts)
    except LedgerError as error:
        raise (error if error.ordinal is None else at_line(error, numbered[error.ordinal].number)) from error
    recorded(app, receipts, as_json=as_json, undoable=_undoable(drafts))


def _draft(number: int, raw: bytes) -> Draft:
    from ledger.events import type_named
    from ledger.jsonl import at_line, parse_line

    try:
        draft = parse_line(raw)
        _refuse_governing(type_named(draft.type))
    except LedgerError as error:
        raise at_line(error, number) from error
    return draft


def _undoable(drafts: Sequence[Draft]) -> bool:
    return not any(draft.type.endswith("-opened") for draft in drafts)


def _refuse_governing(event_type: type[Event]) -> None:
    if event_type.governs:
        raise Malformed(
            f"{event_type.short_name} governs the ledger: it has a command of its own.",
            advice="engage policy --set KEY=VALUE" if event_type.short_name == "policy-set" else "engage --help",
        )
