"""`review`: both sides asked whether their needs are met, and whether to go on (P13, P38)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ledger.errors import Malformed
from ledger_cli.asking.about import needed, thing
from ledger_cli.asking.introducing import contacts
from ledger_cli.asking.likely import last_spoken_to, only
from ledger_cli.asking.likely import said as offered
from ledger_cli.asking.missing import Need
from ledger_cli.asking.places import several
from ledger_cli.asking.scores import last_scale, parted, scale, score
from ledger_cli.asking.typed import listed
from ledger_cli.asking.whoever import with_ours
from ledger_cli.follows.review import after_review
from ledger_cli.recording.envelope import act
from ledger_cli.recording.one import record_one, settled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ledger.canonical import JSON
    from ledger.engagement import Engagement
    from ledger_cli.app import App
    from ledger_cli.recording.envelope import Envelope

DECISIONS = click.Choice(["continue", "revise", "end"])
SIDES = {"provider": "provider", "us": "provider", "client": "client", "them": "client"}


@click.command()
@click.argument("words", nargs=-1, metavar="[ENGAGEMENT]")
@click.option(
    "--with", "who", metavar="WHO,…", multiple=True, help="Who was there; the cadence's audience, if left out."
)
@click.option("--needs", metavar="provider=7", multiple=True, help="How far the needs of each side are met.")
@click.option("--scale", "scaled", metavar="MIN-MAX", help="The lowest and the highest; the last used, if left out.")
@click.option("--decision", type=DECISIONS, default="continue", help="To go on, to change the terms, to end.")
@click.option("--cadence", metavar="CADENCE", help="The rhythm it keeps; the only one of reviews, if left out.")
@click.option("--gain-provider", metavar="TEXT", help="What we have from the engagement.")
@click.option("--gain-client", metavar="TEXT", help="What the client has from it.")
@act
@click.pass_obj
def review(app: App, /, envelope: Envelope, words: tuple[str, ...], **said: Any) -> None:  # noqa: ANN401 -- click's options
    """Record that both sides looked at their terms, and whether the needs of each are met.

    \b
    engage review northwind --with sponsor --needs provider=7 client=8 --scale 0-10
    engage review --needs us=6 them=8
    engage review --with sponsor --needs provider=4 client=8 --decision revise --at yesterday
    """
    rest, scored = parted(words)
    met = [*said["needs"], *scored]
    missing = (
        [] if met else [Need("How far are the needs of each met, as in provider=7 client=8?", "--needs provider=N")]
    )
    stream, state, answers = needed(app, rest, *missing)
    cadence = thing(state, "cadence", said["cadence"]) if said["cadence"] else _only_cadence(state)
    how = Need("On which scale?", "--scale MIN-MAX", said["scaled"] or last_scale(state), likely=offered("0-10"))
    data: dict[str, JSON | None] = {
        "cadence_id": cadence,
        "attendees": [*_attendees(app, state, rest, said["who"], cadence)],
        "scale": {**scale(settled(app, state, rest, how))},
        **_needs(met or answers[0].split()),
        "decision": said["decision"],
        "benefits": _benefits(said),
    }
    record_one(app, envelope, stream, "review-held", data, lambda model: after_review(app, model, stream))


def _attendees(app: App, state: Engagement, words: Iterable[str], who: Iterable[str], cadence: str | None) -> list[str]:
    audience = state.cadences[cadence].event.audience if cadence else []
    names = several(who)
    if not names and not audience:
        names = listed(settled(app, state, list(words), Need("Who was there?", "--with WHO", likely=last_spoken_to)))
    return with_ours(app, state.account, contacts(app, state, names) if names else audience)


def _only_cadence(state: Engagement) -> str | None:
    """Return the one rhythm of reviews; with several one has to be named."""
    found = [name for name, fact in state.cadences.items() if fact.event.kind == "review"]
    if len(found) > 1:
        raise click.UsageError(f"Say which: engage review --cadence {' or --cadence '.join(found)}")
    return only(found)


def _needs(words: Iterable[str]) -> dict[str, JSON | None]:
    met: dict[str, JSON | None] = {}
    for word in words:
        side = SIDES.get(word.partition("=")[0].strip().lower())
        if side is None or f"needs_met_{side}" in met:
            raise Malformed(
                f'"{word}" does not say how far the needs of one side are met.',
                field="needs",
                advice="Write --needs provider=7 client=8.",
            )
        met[f"needs_met_{side}"] = score(word)["score"]
    return met


def _benefits(said: Mapping[str, Any]) -> JSON | None:
    gains = {side: said[f"gain_{side}"] for side in ("provider", "client") if said[f"gain_{side}"]}
    if len(gains) == 1:
        raise click.UsageError("What each side has from it is said together: --gain-provider TEXT --gain-client TEXT")
    return gains or None
