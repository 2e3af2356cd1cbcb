"""`feedback`: what the client thinks, as scores on a scale that is stated (P39, P42, P44)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from ledger.calendars import is_day, parse_instant
from ledger.errors import Malformed
from ledger_cli.moments import parse_moment
from ledger_cli.receipts import recorded
from ledger_cli.verbs import about, act, contacts, engagement_of

if TYPE_CHECKING:
    from ledger_cli.app import App
    from ledger_cli.verbs import Envelope

_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?"
_SCALE = re.compile(rf"({_NUMBER})(?:-|\.\.| to )({_NUMBER})")
_SCORE = re.compile(rf"([A-Za-z0-9][A-Za-z0-9 _-]*)=({_NUMBER})")


@click.command()
@click.argument("words", nargs=-1, metavar="[ENGAGEMENT] DIMENSION=SCORE…")
@click.option("--from", "who", required=True, metavar="WHO", help="Who gave it.")
@click.option("--scale", required=True, metavar="MIN-MAX", help="The lowest and the highest score there is: 0-10.")
@click.option("--wave", metavar="NAME", help="The round it belongs to; the quarter it was given in, if left out.")
@click.option("--verbatim", metavar="TEXT", help="Their own words.")
@click.option("--unasked", is_flag=True, help="Nobody had asked.")
@click.option("--closing", is_flag=True, help="It looks back on the whole engagement (P42).")
@act
@click.pass_obj
def feedback(
    app: App,
    envelope: Envelope,
    words: tuple[str, ...],
    who: str,
    scale: str,
    wave: str | None,
    verbatim: str | None,
    *,
    unasked: bool,
    closing: bool,
) -> None:
    """Record feedback from the client.

    \b
    engage feedback northwind --from sponsor trust=8 speed=7 --scale 0-10
    engage feedback --from sponsor overall=6.5 --scale 1-10 --wave 2025-q3 --unasked --verbatim "You told us late."
    """
    scored = [word for word in words if "=" in word]
    stream, _ = about(app, [word for word in words if "=" not in word], 0)
    if not scored:
        raise click.UsageError("Say at least one score: engage feedback --from WHO trust=8 --scale 0-10")
    state = engagement_of(app, stream)
    data = {
        "wave": wave or _quarter(app, envelope),
        "from_contact": contacts(app, state, [who])[0],
        "scale": _scale(scale),
        "scores": [_score(word) for word in scored],
        "solicited": not unasked,
        "closing": closing,
        "verbatim": verbatim,
    }
    recorded(app, app.record(envelope.draft(app, "feedback-received", stream, data)), as_json=envelope.as_json)


def _quarter(app: App, envelope: Envelope) -> str:
    """Return the quarter the feedback was given in, as a wave is called: `2025-q2`."""
    given = parse_moment(envelope.at, app.clock(), app.zone) if envelope.at else app.now
    day = given if is_day(given) else app.calendar.day_of(parse_instant(given))
    return f"{day[:4]}-q{(int(day[5:7]) + 2) // 3}"


def _scale(text: str) -> dict[str, str]:
    match = _SCALE.fullmatch(text.strip())
    if match is None:
        raise Malformed(f'"{text}" is no scale.', field="scale", advice="Write --scale 0-10.")
    return {"min": match[1], "max": match[2]}


def _score(word: str) -> dict[str, str]:
    match = _SCORE.fullmatch(word)
    if match is None:
        raise Malformed(f'"{word}" is no score.', field="scores", advice="Write trust=8, with a number after the sign.")
    return {"dimension": re.sub(r"[ _]+", "-", match[1].strip().lower()), "score": match[2]}
