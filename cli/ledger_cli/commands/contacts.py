"""`contact`: somebody of one side spoke with somebody of the other (P17, P18, P27 to P30, P50)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ledger.errors import Malformed
from ledger_cli.asking.about import thing
from ledger_cli.asking.likely import last_spoken_to, only
from ledger_cli.asking.missing import Need
from ledger_cli.asking.places import on_account, placed, several
from ledger_cli.asking.typed import reference
from ledger_cli.asking.whoever import with_ours
from ledger_cli.follows.talk import after_report
from ledger_cli.recording.envelope import act
from ledger_cli.recording.one import record_one
from ledger_cli.recording.receipts import After

if TYPE_CHECKING:
    from ledger_projections.readmodel.store import ReadModel

    from ledger.dialogue import Dialogue
    from ledger_cli.app import App
    from ledger_cli.recording.envelope import Envelope

KINDS = click.Choice(["meeting", "call", "email", "message", "visit"])
PURPOSES = click.Choice(["update", "chase", "check-in", "negotiation", "introduction", "social", "other"])
WEEK = 7 * 24 * 60
"""No contact lasts longer, in minutes: whoever says so typed it wrongly."""
THIN = 10
"""A substance of fewer characters says next to nothing (domain 3.3.5)."""


@click.command()
@click.argument("words", nargs=-1, metavar='[ENGAGEMENT] WHO,… "SUBSTANCE"')
@click.option("--kind", type=KINDS, default="call", show_default=True, help="How you spoke.")
@click.option("--inbound", is_flag=True, help="They came to us; else we went to them.")
@click.option("--purpose", type=PURPOSES, default="update", show_default=True, help="What it was for.")
@click.option("--minutes", type=click.IntRange(0), metavar="N", help="How long it took.")
@click.option("--with", "others", metavar="WHO,…", multiple=True, help="Who else took part, of either side.")
@click.option("--outcome", metavar="TEXT", help="What came of it.")
@click.option("--about", "subjects", metavar="M2,…", help="What it was about.")
@click.option("--cadence", metavar="ID", help="The rhythm it keeps; the only one of check-ins, for a check-in.")
@click.option("--in-passing", is_flag=True, help="It does not count as substantive.")
@on_account
@act
@click.pass_obj
def contact(app: App, /, envelope: Envelope, words: tuple[str, ...], account: str | None, **said: Any) -> None:  # noqa: ANN401 -- click's options
    """Record that you spoke with somebody of the other side, and of what.

    \b
    engage contact northwind sponsor --kind call --minutes 20 "talked about the venue"
    engage contact sponsor,producer "walked through the get-in plan" --kind meeting --about M2
    engage contact sponsor "asked again for the test data" --purpose chase --about O4
    engage contact "stage manager" "wanted to know who is on call" --inbound --at "yesterday 16:30"
    """
    place, (who, substance) = placed(
        app,
        words,
        account,
        Need("Who did you speak with?", "WHO", likely=last_spoken_to),
        Need("What did you speak of?", '"SUBSTANCE"'),
    )
    if (said["minutes"] or 0) > WEEK:
        what = f"{said['minutes']:,} minutes are more than a week."
        raise Malformed(what, advice="Say how long you spoke: --minutes 30")
    thin, rhythm = len(substance.strip()) < THIN, _cadence(place.state, said["cadence"], said["purpose"])
    data = {
        "kind": said["kind"],
        "direction": "inbound" if said["inbound"] else "outbound",
        "purpose": said["purpose"].replace("-", "_"),
        "participants": with_ours(app, place.account, place.people(app, several([who, *said["others"]]))),
        "minutes": said["minutes"],
        "substantive": not (thin or said["in_passing"]),
        "about": [reference(app, word) for word in several([said["subjects"] or ""])],
        "cadence_id": rhythm,
        "substance": substance,
        "outcome": said["outcome"],
    }
    counts = f"It does not count as substantive: it says less than {THIN} characters of what was spoken of."

    def after(model: ReadModel) -> After:
        return After([counts]) if thin else after_report(app, model, place.stream, rhythm)

    record_one(app, envelope, place.stream, "contact-made", data, after)


def _cadence(state: Dialogue, said: str | None, purpose: str) -> str | None:
    if said:
        return thing(state, "cadence", said)
    if purpose != "check-in":
        return None
    known = state.things.get("cadence", {})
    return only(name for name, fact in known.items() if getattr(fact.event, "kind", "") == "check_in")
