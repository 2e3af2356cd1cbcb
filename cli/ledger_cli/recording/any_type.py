"""The command of any one type of event: an option for each of its fields, made from the type itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from ledger.dialogue import Dialogue
from ledger.events.meanings import meaning
from ledger.values import PREFIXES
from ledger_cli.asking.fields import choices_of, value_of
from ledger_cli.asking.missing import Lacking, Need, answered
from ledger_cli.asking.subjects import account_of, subject_of
from ledger_cli.recording.envelope import act
from ledger_cli.recording.examples import EXAMPLES
from ledger_cli.recording.receipts import recorded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.events import Event, Field
    from ledger_cli.app import App
    from ledger_cli.recording.envelope import Envelope

_WRAPPING = re.compile(r"(?:Erasable|Identity|Minted|Annotated|list)\[")
_OF_ENVELOPE = frozenset({"evidence", "evidence_count", "note"})
_ON = "What it is recorded for: northwind, or account/acme; the engagement you work on, if left out."


def command_of(event_type: type[Event]) -> click.Command:
    """Return the command that records *event_type*."""
    fields = [field for name, field in event_type.fields.items() if name not in _OF_ENVELOPE]

    @click.pass_obj
    def callback(app: App, /, envelope: Envelope, subject: str | None, **said: Any) -> None:  # noqa: ANN401 -- click's options
        _record(app, envelope, event_type, subject, said)

    command: Any = callback
    for field in reversed(fields):
        command = _option(event_type, field)(command)
    command = click.option("--on", "subject", metavar="SUBJECT", help=_ON)(act(command))
    command.__doc__ = f"{event_type.__doc__}\n\n\b\n{example(event_type)}"
    return click.command(event_type.short_name)(command)


def example(event_type: type[Event]) -> str:
    """Return a line that records an event of *event_type*."""
    return f"engage record {event_type.short_name} {EXAMPLES[event_type.short_name]}"


def _option(event_type: type[Event], field: Field) -> Any:  # noqa: ANN401 -- click's decorator
    many = "list[" in field.annotation
    needed = " Given out by the ledger." if field.minted else " Needed." if field.required else ""
    said, form = f"{meaning(event_type, field.name)}{needed}", _form(field)
    return click.option(
        _flag(field), f"field_{field.name}", multiple=many, metavar=f"{form}…" if many else form, help=said
    )


def _form(field: Field) -> str:
    plain = _WRAPPING.sub("", field.annotation.removesuffix(" | None")).rstrip("]")
    return "|".join(_choices(field)) or plain


def _record(
    app: App, envelope: Envelope, event_type: type[Event], subject: str | None, said: Mapping[str, Any]
) -> None:
    given = {name.removeprefix("field_"): value for name, value in said.items() if value not in (None, ())}
    given.update(_asked(app, event_type, [field for field in _needed(event_type) if field.name not in given]))
    where = subject_of(app, event_type, subject, given)
    account = account_of(app, event_type, where)
    data = {
        name: value_of(app, account, event_type.fields[name], value if isinstance(value, tuple) else (value,))
        for name, value in given.items()
    }
    recorded(app, app.record(envelope.draft(app, event_type.short_name, where, data)), as_json=envelope.as_json)


def _asked(app: App, event_type: type[Event], missing: Sequence[Field]) -> dict[str, str]:
    """Return what is answered for the *missing* fields; where nobody can be asked, refuse with an example."""
    if missing and app.ask is None:
        flags = " ".join(f"{_flag(field)} {_form(field)}" for field in missing)
        raise Lacking(f"Something is missing: {flags}", example(event_type))
    needs = {field.name: Need(_question(event_type, field), _flag(field), among=_choices(field)) for field in missing}
    return {name: answered(app, Dialogue(), need) for name, need in needs.items()}


def _needed(event_type: type[Event]) -> list[Field]:
    """Return the fields that somebody has to say: all that are required but those the ledger numbers itself."""
    return [field for field in event_type.fields.values() if field.required and not _given_out(event_type, field)]


def _given_out(event_type: type[Event], field: Field) -> bool:
    """Return whether the ledger can number what *field* names itself: a new thing, or the slip that is open."""
    return field.minted or (field.kind == event_type.defines and field.kind in PREFIXES)


def _question(event_type: type[Event], field: Field) -> str:
    """Return what a field means, as it is asked for: `statement (what is taken to be so):`."""
    said = meaning(event_type, field.name).rstrip(".")
    return f"{field.name.replace('_', ' ')} ({said[:1].lower()}{said[1:]}):"


def _choices(field: Field) -> list[str]:
    return [choice.replace("_", "-") for choice in choices_of(field)]


def _flag(field: Field) -> str:
    return f"--{field.name.replace('_', '-')}"
