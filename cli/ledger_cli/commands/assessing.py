"""`self`: what we think of our own work, said before the client says it (P41, P42, M11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ledger_cli.asking.about import needed
from ledger_cli.asking.likely import said as offered
from ledger_cli.asking.missing import Need
from ledger_cli.asking.scores import last_scale, parted, scale, score
from ledger_cli.follows.feedback import after_self
from ledger_cli.recording.envelope import act
from ledger_cli.recording.one import record_one, settled

if TYPE_CHECKING:
    from ledger.canonical import JSON
    from ledger_cli.app import App
    from ledger_cli.recording.envelope import Envelope


@click.command("self")
@click.argument("words", nargs=-1, metavar="[ENGAGEMENT] DIMENSION=SCORE…")
@click.option("--scale", "scaled", metavar="MIN-MAX", help="As the client's; the last used, if left out.")
@click.option("--because", metavar="TEXT", help="Why we think so.")
@click.option("--closing", is_flag=True, help="It looks back on the whole engagement (P42).")
@act
@click.pass_obj
def self_(
    app: App, envelope: Envelope, words: tuple[str, ...], scaled: str | None, because: str | None, *, closing: bool
) -> None:
    """Record how we would score ourselves: before the client's answer is seen, else it shows no gap. It is private.

    \b
    engage self northwind trust=8 speed=7 --scale 0-10
    engage self overall=6 --because "two reports came late"
    """
    rest, scored = parted(words)
    missing = [] if scored else [Need("Which scores, such as trust=8?", "DIMENSION=SCORE")]
    stream, state, answers = needed(app, rest, *missing)
    how = Need("On which scale?", "--scale MIN-MAX", scaled or last_scale(state), likely=offered("0-10"))
    data: dict[str, JSON | None] = {
        "scale": scale(settled(app, state, rest, how)),
        "scores": [score(word) for word in scored or answers[0].split()],
        "closing": closing,
        "reasons": because,
    }
    record_one(app, envelope, stream, "self-assessed", data, lambda _: after_self(app))
