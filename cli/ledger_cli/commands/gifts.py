"""`gift`: something was given or offered, by us or to us; what was declined is recorded too (P57, M20)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ledger_cli.asking.about import needed
from ledger_cli.asking.introducing import contacts
from ledger_cli.asking.likely import last_spoken_to
from ledger_cli.asking.missing import Need
from ledger_cli.asking.typed import money
from ledger_cli.asking.whoever import me, one_of_us
from ledger_cli.recording.envelope import act
from ledger_cli.recording.one import record_one

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.dialogue import Dialogue
    from ledger_cli.app import App
    from ledger_cli.recording.envelope import Envelope

KINDS = click.Choice(["gift", "hospitality", "travel", "other"])


@click.command()
@click.argument("words", nargs=-1, metavar='[ENGAGEMENT] "WHAT"')
@click.option("--from", "giver", metavar="WHO", help="Who of the client gave it, or offered it, to us.")
@click.option("--to", "taker", metavar="WHO", help="Who of the client it was for.")
@click.option("--value", metavar="AMOUNT", help='What it is worth: "180 GBP".')
@click.option("--estimated", is_flag=True, help="The value is an estimate.")
@click.option("--declined", "decision", flag_value="declined", help="It was not taken.")
@click.option("--returned", "decision", flag_value="returned", help="It was given back.")
@click.option("--donated", "decision", flag_value="donated", help="It was passed on.")
@click.option("--kind", type=KINDS, default="gift", help="What it was.")
@click.option("--ours", metavar="ACTOR", help="Who of us gave it or got it; me, if left out.")
@click.option("--approved-by", metavar="ACTOR", help="Who of us approved it: not who got it.")
@click.option("--occasion", metavar="TEXT", help="On what occasion.")
@act
@click.pass_obj
def gift(app: App, /, envelope: Envelope, words: tuple[str, ...], **said: Any) -> None:  # noqa: ANN401 -- click's options
    """Record a gift or an inducement, by either side, taken or declined.

    \b
    engage gift northwind "two opera tickets" --from sponsor --value "180 GBP" --declined
    engage gift "lunch" --to sponsor --value "40 GBP" --kind hospitality --estimated
    """
    if said["giver"] and said["taker"]:
        raise click.UsageError("A gift is --from somebody of the client or --to them, not both.")
    who = Need("Who gave it to us?", "--from WHO", said["giver"] or said["taker"], likely=last_spoken_to)
    worth = Need('What is it worth, as in "180 GBP"?', "--value AMOUNT", said["value"], check=_amount)
    _, state, (what, name, value) = needed(app, words, Need("What was it?", '"WHAT"'), who, worth)
    data = {
        "direction": "to_them" if said["taker"] else "to_us",
        "counterpart": contacts(app, state, [name])[0],
        "value": money(value),
        "what": what,
        **_terms(app, said),
    }
    record_one(app, envelope, f"account/{state.account}", "gift-recorded", data)


def _terms(app: App, said: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "our_person": one_of_us(app, said["ours"]) if said["ours"] else me(app),
        "estimated": said["estimated"],
        "kind": said["kind"],
        "decision": said["decision"] or "accepted",
        "approved_by": one_of_us(app, said["approved_by"]) if said["approved_by"] else None,
        "occasion": said["occasion"],
    }


def _amount(app: App, state: Dialogue, answer: str) -> object:
    return money(answer)
