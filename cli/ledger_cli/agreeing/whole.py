"""A letter of agreement recorded as a whole: the first one as it is, a later one once its changes were shown (P01 to P10)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ledger.errors import Refused
from ledger_cli.agreeing.file import blaming, compared, drafts_of, whose
from ledger_cli.asking.about import known_of
from ledger_cli.asking.files import read_file
from ledger_cli.follows.agreement import after_signature
from ledger_cli.follows.place import here
from ledger_cli.printing.columns import cell_width, columns_of, fold
from ledger_cli.printing.output import document
from ledger_cli.printing.safe import safe
from ledger_cli.recording.receipts import recorded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.events import Event
    from ledger.standing import Known
    from ledger.values import Stream
    from ledger_cli.app import App
    from ledger_cli.letter import Letter
    from ledger_cli.letter.amending import Amendment
    from ledger_cli.recording.envelope import Envelope

WIDTH = 44
"""Wider than this no cell of the differences gets before it folds."""


def agree(
    app: App, envelope: Envelope, words: Sequence[str], *, reason: str | None, dry_run: bool = False, yes: bool = False
) -> None:
    """Record the letter in the file that *words* end with; a later version only once its changes are confirmed."""
    path = Path(words[-1])
    raw = read_file(path, "engage agreed --template > letter.toml prints one to fill in.")
    stream = whose(app, words, path, raw, opens=True)
    known = known_of(app, stream)
    letter, change = compared(app, known, path, raw, envelope.day(app))
    if change is not None and not change.shown:
        _say_same(app, known, envelope)
        return
    if change is not None:
        with blaming(change.letter):
            app.ledger.check(*drafts_of(app, envelope, stream, change.letter))
        letter = _reasoned(app, stream, envelope, change, path, reason=reason, sure=yes or dry_run)
    drafts = drafts_of(app, envelope, stream, letter)
    with blaming(letter):
        if dry_run:
            _tell(app.ledger.check(*drafts), letter, as_json=envelope.as_json)
            return
        receipts = app.record(*drafts)
    recorded(
        app, receipts, as_json=envelope.as_json, after=lambda model: after_signature(app, model, stream, letter.version)
    )


def _reasoned(
    app: App, stream: Stream, envelope: Envelope, change: Amendment, path: Path, *, reason: str | None, sure: bool
) -> Letter:
    """Show the change, have it confirmed unless it is *sure*, and return the letter with the reason for it."""
    from ledger_cli.asking.missing import Left, asked, confirmed
    from ledger_cli.letter.amending import because

    if not envelope.as_json:
        for line in _shown(change):
            click.echo(line)
    if not sure and app.ask is None:
        command = f"engage agreed {here(app, stream)}{path} --because TEXT --yes"
        raise Refused("A new version is recorded only once its changes are confirmed.", advice=command)
    if not sure:
        reason = reason or asked(app, "Why (Enter: no reason said)?") or None
        if not confirmed(app, f"Record it as version {change.letter.version}?"):
            raise Left
    return because(change.letter, reason)


def _shown(change: Amendment) -> list[str]:
    """Return the differences as lines: what, before, after, aligned."""
    amends, rows = change.letter.agreement["amends"], change.shown
    cells = [[safe(row.where), safe(row.before) or "-", f"→ {safe(row.after) or '-'}"] for row in rows]
    widths = [max(cell_width(part) for row in cells for part in fold(row[n], WIDTH)) for n in range(3)]
    head = f"Version {change.letter.version} against version {amends}:"
    return [head, *(f"  {line}" for row in cells for line in columns_of(row, widths)), ""]


def _say_same(app: App, known: Known, envelope: Envelope) -> None:
    from ledger_cli.letter.said import newest

    same = f"No difference from version {newest(known)}: nothing was recorded."
    if envelope.as_json:
        document({"recorded": [], "says": [same], "next": "", "flags": []})
    else:
        click.echo(same)


def _tell(events: Sequence[Event], letter: Letter, *, as_json: bool) -> None:
    if as_json:
        document({"version": letter.version, "would_record": [{"type": e.short_name, "data": e.data} for e in events]})
        return
    for event in events:
        fields = ", ".join(f"{name} {value}" for name, value in event.data.items() if isinstance(value, (str, int)))
        click.echo(f"Would record {event.short_name}: {safe(fields)}")
    click.echo(f"Version {letter.version}, {len(events)} entries. Nothing was recorded.", err=True)
