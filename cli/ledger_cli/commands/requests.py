"""`request`: what one side asks of the other (P11, P12, P21, P22)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ledger_cli.asking.about import thing
from ledger_cli.asking.likely import last_spoken_to
from ledger_cli.asking.missing import Need
from ledger_cli.asking.places import on_account, placed, several
from ledger_cli.asking.typed import money
from ledger_cli.follows.talk import after_request
from ledger_cli.recording.envelope import CHANNELS, act
from ledger_cli.recording.one import record_one

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.canonical import JSON
    from ledger_cli.app import App
    from ledger_cli.asking.places import Place
    from ledger_cli.recording.envelope import Envelope

KINDS = click.Choice(["question", "instruction", "clarification", "document", "call"])
PARTS = click.Choice(
    ["scope", "timeframe", "evaluation", "compensation", "relationship", "confidentiality", "retention"]
)
OF_US = {"no_reply": "--no-reply", "scope": "--scope", "part": "--part", "value": "--value"}
"""What only a request of theirs has."""


@click.command()
@click.argument("words", nargs=-1, metavar='[ENGAGEMENT] WHO "TEXT"')
@click.option("--ours", is_flag=True, help="We asked them; else they asked us.")
@click.option("--kind", type=KINDS, default="question", show_default=True, help="What was asked for.")
@click.option("--by", "channel", type=CHANNELS, default="email", show_default=True, help="How it was asked.")
@click.option("--blocks", metavar="M2,…", help="With --ours: the milestones that wait for the answer (P21).")
@click.option("--no-reply", is_flag=True, help="It needs no reply.")
@click.option(
    "--scope", type=click.Choice(["yes", "no", "unclear"]), help="Whether it lies within the agreement (P12)."
)
@click.option("--part", type=PARTS, help="The part of the agreement that is unclear (P11).")
@click.option("--value", metavar="AMOUNT", help='What it is worth: "4200 GBP".')
@on_account
@act
@click.pass_obj
def request(app: App, /, envelope: Envelope, words: tuple[str, ...], account: str | None, **said: Any) -> None:  # noqa: ANN401 -- click's options
    """Record that they asked us for something, or (--ours) that we asked them.

    \b
    engage request northwind sponsor "Which cost centre?"
    engage request producer "Move the bar to the foyer." --kind instruction --scope unclear --value "4200 GBP"
    engage request --ours sponsor "Who signs for the hall?" --blocks M2 --by call
    engage request --account harbour-trust director "Could you begin in May?" --by call
    """
    _fitting(said)
    asks = "Whom did we ask?" if said["ours"] else "Who asked?"
    place, (who, text) = placed(
        app, words, account, Need(asks, "WHO", likely=last_spoken_to), Need("For what?", '"TEXT"')
    )
    common = {"kind": said["kind"], "channel": said["channel"], "text": text}
    kind, data = ("request-sent", _ours) if said["ours"] else ("request-received", _theirs)
    request_id = place.state.next_id("request")
    record_one(
        app,
        envelope,
        place.stream,
        kind,
        {**common, **data(app, place, who, said)},
        lambda model: after_request(app, model, place.stream, request_id),
    )


def _ours(app: App, place: Place, who: str, said: Mapping[str, Any]) -> dict[str, JSON | None]:
    blocked = [thing(place.state, "milestone", name) for name in several([said["blocks"] or ""])]
    return {"to": [*place.people(app, several([who]))], "blocks": [*blocked]}


def _theirs(app: App, place: Place, who: str, said: Mapping[str, Any]) -> dict[str, JSON | None]:
    return {
        "from_contact": place.people(app, [who])[0],
        "needs_reply": not said["no_reply"],
        "in_scope": said["scope"],
        "part": said["part"],
        "value": money(said["value"]) if said["value"] else None,
    }


def _fitting(said: Mapping[str, Any]) -> None:
    """Refuse an option that only a request of the other side has."""
    wrong = [flag for name, flag in OF_US.items() if said["ours"] and said[name]]
    wrong += ["--blocks"] if said["blocks"] and not said["ours"] else []
    if wrong:
        raise click.UsageError(f"{wrong[0]} is {'not said' if said['ours'] else 'only said'} of what we ask (--ours).")
