"""`dispute`: one side disputes something, each says what it holds, and it ends (M19)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from ledger.errors import Malformed, Unknown, near
from ledger_cli.asking.about import needed, thing
from ledger_cli.asking.missing import Need
from ledger_cli.asking.options import refuse
from ledger_cli.asking.typed import listed, reference
from ledger_cli.recording.envelope import PARTIES, act
from ledger_cli.recording.one import record_one
from ledger_cli.recording.receipts import After

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.engagement import Engagement
    from ledger_cli.app import App
    from ledger_cli.recording.envelope import Envelope

SIDES = ("provider", "client")
OUTCOMES = ("settled", "withdrawn", "decided")


@click.command()
@click.argument("words", nargs=-1, metavar='[ENGAGEMENT] "WORDS"')
@click.option("--raised-by", type=PARTIES, help="Who disputes it.")
@click.option("--item", "items", metavar="M2,…", multiple=True, help="What one item is about.")
@click.option("--position", metavar="DISPUTE", help="What one side holds of an item, instead: in which dispute.")
@click.option("--by", type=PARTIES, help="Whose position it is.")
@click.option("--close", metavar="DISPUTE", help="It is over, instead: which.")
@click.option("--outcome", type=click.Choice(OUTCOMES), help="How it ended.")
@click.option("--terms", metavar="TEXT", help="On which terms.")
@act
@click.pass_obj
def dispute(app: App, /, envelope: Envelope, words: tuple[str, ...], **said: Any) -> None:  # noqa: ANN401 -- click's options
    """Record that one side disputes something, what either holds of it, or that it is over.

    From here on corrections of what it is about are marked, and need evidence.

    \b
    engage dispute northwind --raised-by client --item M2 "We heard of the delay too late."
    engage dispute --raised-by client --item M2,S1 --item "#34" "Late, and the mail was unclear."
    engage dispute --position D1 M2 --by provider "You were told on 11 June."
    engage dispute --close D1 --outcome settled --terms "Two days are credited."
    """
    if said["position"]:
        refuse("A position", raised_by=said["raised_by"], item=said["items"], close=said["close"])
        refuse("A position", outcome=said["outcome"], terms=said["terms"])
        _position(app, envelope, words, said)
    elif said["close"]:
        refuse("What is over", raised_by=said["raised_by"], item=said["items"], by=said["by"])
        _close(app, envelope, words, said)
    else:
        refuse("A new dispute", by=said["by"], outcome=said["outcome"], terms=said["terms"])
        _raise(app, envelope, words, said)


def _raise(app: App, envelope: Envelope, words: tuple[str, ...], said: Mapping[str, Any]) -> None:
    who = Need("Who disputes it?", "--raised-by client", said["raised_by"], among=SIDES)
    what = Need("What is it about, as in M2 or M2,S1?", "--item M2", ";".join(said["items"]) or None)
    stream, _, (claim, side, about) = needed(app, words, Need("What do they say?", '"WORDS"'), who, what)
    items = list(said["items"]) or [about]
    told = [{"item_id": _item_id(item, number), "about": _about(app, item)} for number, item in enumerate(items, 1)]
    data: dict[str, Any] = {
        "raised_by": side,
        "items": told,
        "claims": [{"item_id": item["item_id"], "text": claim} for item in told],
    }
    follows = After(["From now on a correction of what it is about is marked, and needs evidence."])
    record_one(app, envelope, stream, "dispute-raised", data, lambda _: follows)


def _position(app: App, envelope: Envelope, words: tuple[str, ...], said: Mapping[str, Any]) -> None:
    item, text = Need("Of which item?", "ITEM"), Need("What do they hold?", '"WORDS"')
    whose = Need("Whose position is it?", "--by client", said["by"], among=SIDES)
    stream, state, (name, position, side) = needed(app, words, item, text, whose)
    dispute_id = thing(state, "dispute", said["position"])
    data = {
        "dispute_id": dispute_id,
        "item_id": _item(app, state, dispute_id, name),
        "stated_by": side,
        "position": position,
    }
    record_one(app, envelope, stream, "position-stated", data)


def _close(app: App, envelope: Envelope, words: tuple[str, ...], said: Mapping[str, Any]) -> None:
    how = Need("How did it end?", "--outcome settled", said["outcome"], among=OUTCOMES)
    stream, state, (outcome,) = needed(app, words, how)
    data = {"dispute_id": thing(state, "dispute", said["close"]), "outcome": outcome, "terms": said["terms"]}
    follows = After(["What it was about may be corrected again without a mark."])
    record_one(app, envelope, stream, "dispute-closed", data, lambda _: follows)


def _item(app: App, state: Engagement, dispute_id: str, name: str) -> str:
    """Return the id of the item that *name* means: the id itself, or what the item is about."""
    items = state.disputes[dispute_id].event.items
    known = [item["item_id"] for item in items]
    if name in known:
        return name
    found = [item["item_id"] for item in items if _refers(app, name) in item["about"]]
    if len(found) == 1:
        return found[0]
    raise Unknown("item", name, candidates=near(name, known), advice=f"{dispute_id} has: {', '.join(known)}.")


def _refers(app: App, name: str) -> str | None:
    try:
        return reference(app, name)
    except (Malformed, Unknown):
        return None


def _about(app: App, item: str) -> list[str]:
    subjects = [reference(app, word) for word in listed(item)]
    if not subjects:
        raise Malformed("An item is about nothing.", field="items", advice="Write --item M2, or --item M2,S1.")
    return subjects


def _item_id(item: str, number: int) -> str:
    """Return an id for an item: of what it is about, else its number."""
    plain = re.sub(r"[^a-z0-9]+", "-", item.lower()).strip("-")[:40]
    return f"{number}-{plain}" if plain else str(number)
