"""`record`: any type of event, field by field, or events as JSON lines, all of them or none."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ledger.errors import LedgerError, Malformed
from ledger.events import TYPES
from ledger.events.meanings import meaning
from ledger.values import PREFIXES, EntryId
from ledger_cli.receipts import recorded
from ledger_cli.typed import entry_id, value_of
from ledger_cli.verbs import Envelope, about, act, engagement_of, read_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ledger.drafts import Draft
    from ledger.events import Event, Field
    from ledger_cli.app import App

_CHOICE = re.compile(r"'([^']+)'")
_WRAPPING = re.compile(r"(?:Erasable|Identity|Minted|Annotated|list)\[")
_OF_ENVELOPE = frozenset({"evidence", "evidence_count", "note"})


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
        return _command(event_type)

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
    engage record slip-foreseen --milestone-id M2 --forecast 2025-07-18 --aware 09:00
    engage record news-learned --on account/northwind-theatre --polarity good --summary "New hall."
    engage record --help                      the types; engage types says what they are
    engage record - < events.jsonl
    engage record events.jsonl

    A line is {"type": "slip-foreseen", "subject": "engagement/northwind", "aware": "…", "data": {…}}.
    """


def _command(event_type: type[Event]) -> click.Command:
    """Return the command that records *event_type*: an option for each of its fields."""
    fields = [field for name, field in event_type.fields.items() if name not in _OF_ENVELOPE]

    @click.pass_obj
    def callback(app: App, /, envelope: Envelope, subject: str | None, **said: Any) -> None:  # noqa: ANN401 -- click's options
        _record(app, envelope, event_type, subject, said)

    command: Any = callback
    for field in reversed(fields):
        command = _option(event_type, field)(command)
    on = "What it is recorded for: engagement/northwind or account/acme; the engagement you work on, if left out."
    command = click.option("--on", "subject", metavar="SUBJECT", help=on)(act(command))
    command.__doc__ = event_type.__doc__
    return click.command(event_type.short_name)(command)


def _option(event_type: type[Event], field: Field) -> Any:  # noqa: ANN401 -- click's decorator
    many = "list[" in field.annotation
    choices = _CHOICE.findall(field.annotation)
    form = "|".join(choices) or _WRAPPING.sub("", field.annotation.removesuffix(" | None")).rstrip("]")
    needed = " Given out by the ledger." if field.minted else " Needed." if field.required else ""
    flag = "--" + field.name.replace("_", "-")
    said = f"{meaning(event_type, field.name)}{needed}"
    return click.option(flag, f"field_{field.name}", multiple=many, metavar=f"{form}…" if many else form, help=said)


def _record(app: App, envelope: Envelope, event_type: type[Event], subject: str | None, said: dict[str, Any]) -> None:
    given = {name.removeprefix("field_"): value for name, value in said.items() if value not in (None, ())}
    missing = [f.name for f in event_type.fields.values() if f.required and not _given_out(event_type, f)]
    missing = [name for name in missing if name not in given]
    if missing:
        wanted = " ".join(f"--{name.replace('_', '-')} …" for name in missing)
        raise click.UsageError(f"Say {wanted}: engage record {event_type.short_name} --help")
    where = subject or _stream_of_entry(app, event_type, given) or _implied(app, event_type)
    account = _account(app, where, event_type)
    fields = event_type.fields
    data = {
        name: value_of(app, account, fields[name], value if isinstance(value, tuple) else (value,))
        for name, value in given.items()
    }
    receipts = app.record(envelope.draft(app, event_type.short_name, where, data))
    recorded(app, receipts, as_json=envelope.as_json)


def _given_out(event_type: type[Event], field: Field) -> bool:
    """Return whether the ledger can number what *field* names itself: a new thing, or the slip that is open."""
    return field.minted or (field.kind == event_type.defines and field.kind in PREFIXES)


def _stream_of_entry(app: App, event_type: type[Event], given: dict[str, Any]) -> str | None:
    """Return the stream of the entry that a remark is about: the remark stands there too."""
    if event_type.short_name != "entry-annotated":
        return None
    from ledger.entry import decode

    position = app.reader.find(EntryId(entry_id(app, given["entry"])))
    stored = app.reader.at(position) if position else None
    return decode(*stored).stream if stored else None


def _implied(app: App, event_type: type[Event]) -> str:
    """Return the stream that is meant where none is said."""
    if event_type.streams == {"practice"}:
        return "practice"
    if event_type.opens or "engagement" not in event_type.streams:
        kind = min(event_type.streams)
        raise click.UsageError(f"Say whose it is: engage record {event_type.short_name} --on {kind}/ALIAS")
    return about(app, [], 0)[0]


def _account(app: App, subject: str, event_type: type[Event]) -> str:
    """Return the id of the account whose people are meant; nothing before there is one."""
    kind, _, name = subject.partition("/")
    if kind == "practice" or event_type.opens:
        return ""
    stream = app.names.stream(kind, name)
    return engagement_of(app, stream).account if kind == "engagement" else stream.partition("/")[2]


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
