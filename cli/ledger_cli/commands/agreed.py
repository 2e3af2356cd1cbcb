"""`agreed`: what both sides agreed, as a whole letter or one promise at a time (P01 to P09, P14, P17)."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ledger.errors import LedgerError
from ledger_cli.commands.promising import promise, promising
from ledger_cli.follows import after_signature
from ledger_cli.output import document
from ledger_cli.receipts import recorded
from ledger_cli.safe import safe
from ledger_cli.verbs import about, act, engagement_of, read_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.engagement import Engagement
    from ledger.events import Event
    from ledger.values import Stream
    from ledger_cli.app import App
    from ledger_cli.letter import Letter
    from ledger_cli.verbs import Envelope

_PROMISE = re.compile(r"[MO][A-Za-z0-9][A-Za-z0-9._-]{0,38}")


@click.command()
@click.argument("words", nargs=-1, metavar='[ENGAGEMENT] FILE | M2 "TITLE" | O4 "TITLE"')
@click.option("--template", is_flag=True, help="Print a letter to fill in.")
@click.option("--dry-run", is_flag=True, help="Say what a letter would record, and record nothing.")
@promising
@act
@click.pass_obj
def agreed(
    app: App,
    /,
    envelope: Envelope,
    words: tuple[str, ...],
    *,
    template: bool,
    dry_run: bool,
    **said: Any,  # noqa: ANN401 -- click's options
) -> None:
    """Record the letter of agreement, or one milestone (M2), or one obligation of the client (O4).

    \b
    engage agreed --template > letter.toml
    engage agreed northwind letter.toml --dry-run
    engage agreed northwind letter.toml
    engage agreed northwind M3 "first night" --due 2025-09-12 --after M2
    engage agreed O4 "test data" --due 2025-06-06 --owner sponsor --blocks M2
    """
    if template:
        click.echo(files("ledger_cli.letter").joinpath("template.toml").read_text("utf-8"), nl=False)
        return
    if len(words) >= 2 and _PROMISE.fullmatch(words[-2]):
        promise(app, envelope, words, said)
        return
    if not words:
        raise click.UsageError('Say what was agreed: engage agreed FILE, or engage agreed M2 "TITLE" --due WHEN')
    if _PROMISE.fullmatch(words[-1]) and not Path(words[-1]).exists():
        raise click.UsageError(f'Say what it is called: engage agreed {words[-1]} "TITLE" --due WHEN')
    _letter(app, envelope, words, dry_run=dry_run)


def _letter(app: App, envelope: Envelope, words: Sequence[str], *, dry_run: bool) -> None:
    path = Path(words[-1])
    raw = read_file(path, "engage agreed --template > letter.toml prints one to fill in.")
    stream = _whose(app, words, path, raw)
    state = engagement_of(app, stream)
    letter = _read(app, stream, state, path, raw)
    drafts = [
        envelope.draft(app, name, f"account/{state.account}" if name in _OF_ACCOUNT else stream, data)
        for _, name, data in letter.items
    ]
    try:
        if dry_run:
            _tell(app.ledger.check(*drafts), letter, as_json=envelope.as_json)
            return
        receipts = app.record(*drafts)
    except LedgerError as error:
        raise letter.blame(error) from error
    recorded(
        app, receipts, as_json=envelope.as_json, after=lambda model: after_signature(app, model, stream, letter.version)
    )


_OF_ACCOUNT = frozenset({"contact-added", "authority-changed"})


def _whose(app: App, words: Sequence[str], path: Path, raw: bytes) -> Stream:
    from ledger_cli.letter.batch import named_engagement

    named = named_engagement(path, raw) if len(words) == 1 else None
    return app.names.stream("engagement", named) if named else about(app, words, 1)[0]


def _read(app: App, stream: Stream, state: Engagement, path: Path, raw: bytes) -> Letter:
    from ledger_cli.commands.milestones import due_now
    from ledger_cli.letter import read_letter
    from ledger_cli.letter.moment import Reading

    dates = {name: due_now(app, stream, name) for name, milestone in state.milestones.items() if milestone.agreed}
    reading = Reading(app.clock(), app.zone, path.parent)
    return read_letter(path, raw, reading, state, app.names.account(state.account), dates)


def _tell(events: Sequence[Event], letter: Letter, *, as_json: bool) -> None:
    if as_json:
        document({"version": letter.version, "would_record": [{"type": e.short_name, "data": e.data} for e in events]})
        return
    for event in events:
        fields = ", ".join(f"{name} {value}" for name, value in event.data.items() if isinstance(value, (str, int)))
        click.echo(f"Would record {event.short_name}: {safe(fields)}")
    click.echo(f"Version {letter.version}, {len(events)} entries. Nothing was recorded.", err=True)
