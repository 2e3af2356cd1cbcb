"""`agreed`: what both sides agreed, as a whole letter or one promise at a time (P01 to P10, P14, P17)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ledger_cli.agreeing.whole import agree
from ledger_cli.asking.about import about, names_one
from ledger_cli.asking.options import refuse
from ledger_cli.commands.promising import promise, promising
from ledger_cli.letter.template import template as letter_template
from ledger_cli.recording.envelope import PARTIES, act
from ledger_cli.recording.receipts import recorded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger_cli.app import App
    from ledger_cli.recording.envelope import Envelope

_PROMISE = re.compile(r"[MO][A-Za-z0-9][A-Za-z0-9._-]{0,38}")
_TYPED = re.compile(r"[mo][0-9]{1,3}")
"""A promise as it is typed in haste, unless an engagement is called so."""


@click.command()
@click.argument("words", nargs=-1, metavar='[ENGAGEMENT] FILE | M2 "TITLE" | O4 "TITLE"')
@click.option("--template", is_flag=True, help="Print a letter to fill in.")
@click.option(
    "--interview", "interviewed", is_flag=True, help="Ask for the letter part by part, or for what FILE lacks."
)
@click.option("--dry-run", is_flag=True, help="Say what a letter would record, and record nothing.")
@click.option("--because", "reason", metavar="TEXT", help="Why the terms change.")
@click.option("--yes", is_flag=True, help="Record a new version without being asked whether its changes are meant.")
@click.option("--decline", type=int, metavar="N", help="Record that a side will not have version N.")
@click.option("--by", "decliner", type=PARTIES, help="Which side declines it; the client, if left out.")
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
    interviewed: bool,
    dry_run: bool,
    reason: str | None,
    yes: bool,
    decline: int | None,
    decliner: str | None,
    **said: Any,  # noqa: ANN401 -- click's options
) -> None:
    """Record the letter of agreement, or one milestone (M2), or one obligation of the client (O4).

    \b
    engage agreed --interview                  asks for the letter part by part
    engage agreed --template > letter.toml     or fill it in yourself
    engage agreed northwind letter.toml --dry-run
    engage agreed northwind letter.toml
    engage letter northwind --format toml > v2.toml      the letter to change, for a new version
    engage agreed northwind v2.toml --because "the vendor is late"
    engage agreed northwind --decline 2 --by client --because "too late for the season"
    engage agreed northwind M3 "first night" --due 2025-09-12 --after M2
    engage agreed O4 "test data" --due 2025-06-06 --owner sponsor --blocks M2
    """
    if template:
        _check_alone(words, interviewed=interviewed, dry_run=dry_run, because=reason, decline=decline, **said)
        click.echo(letter_template(app.clock().date()), nl=False)
    elif interviewed:
        _asked(app, envelope, words)
    elif decline is not None:
        _declined(app, envelope, words, {"new_version": decline, "declined_by": decliner or "client", "reason": reason})
    elif len(words) >= 2 and _promised(app, words[-2]):
        promise(app, envelope, words, said)
    else:
        _check_file(words)
        refuse("A whole letter", **said)
        agree(app, envelope, words, reason=reason, dry_run=dry_run, yes=yes)


def _check_alone(words: Sequence[str], **said: object) -> None:
    """Refuse whatever stands beside --template, for it would be ignored."""
    if words:
        raise click.UsageError(f'--template takes no "{words[0]}": engage agreed --template > letter.toml')
    refuse("--template", **said)


def _asked(app: App, envelope: Envelope, words: Sequence[str]) -> None:
    from ledger_cli.agreeing.guided import interview  # with all its questions: only who is asked waits for them

    interview(app, envelope, words)


def _promised(app: App, word: str) -> bool:
    """Return whether *word* names a promise: `M2`, `O4`, or `m2`."""
    return bool(_PROMISE.fullmatch(word) or (_TYPED.fullmatch(word) and not names_one(app, word)))


def _check_file(words: Sequence[str]) -> None:
    if not words:
        raise click.UsageError('Say what was agreed: engage agreed FILE, or engage agreed M2 "TITLE" --due WHEN')
    if _PROMISE.fullmatch(words[-1]) and not Path(words[-1]).exists():
        raise click.UsageError(f'Say what it is called: engage agreed {words[-1]} "TITLE" --due WHEN')


def _declined(app: App, envelope: Envelope, words: Sequence[str], data: dict[str, Any]) -> None:
    stream, _ = about(app, words, 0, opens=True)
    recorded(app, app.record(envelope.draft(app, "amendment-declined", stream, data)), as_json=envelope.as_json)
