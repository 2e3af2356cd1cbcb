"""`answer`: a request is answered, or an answer is promised, with the reason for the wait (P22, P23)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ledger.errors import Refused
from ledger_cli.asking.about import thing
from ledger_cli.asking.likely import a_thing, open_request
from ledger_cli.asking.missing import Need
from ledger_cli.asking.moments import parse_moment
from ledger_cli.asking.places import on_account, placed, texted
from ledger_cli.follows.talk import after_answer, after_promise
from ledger_cli.recording.envelope import CHANNELS, act
from ledger_cli.recording.one import record_one

if TYPE_CHECKING:
    from ledger.canonical import JSON
    from ledger_cli.app import App
    from ledger_cli.asking.places import Place
    from ledger_cli.recording.envelope import Envelope

WHICH = Need("Which request?", "REQUEST", likely=open_request, check=a_thing("request"))


@click.command()
@click.argument("words", nargs=-1, metavar='[ENGAGEMENT] REQUEST ["TEXT"]')
@click.option("--by", "channel", type=CHANNELS, help="How; as it was asked, if left out.")
@click.option("--promise", metavar="WHEN", help="It is not answered yet: by when it will be (P23).")
@click.option("--because", metavar="TEXT", help="With --promise: why it has to wait.")
@on_account
@act
@click.pass_obj
def answer(
    app: App,
    envelope: Envelope,
    words: tuple[str, ...],
    channel: str | None,
    promise: str | None,
    because: str | None,
    account: str | None,
) -> None:
    """Record that a request was answered, or that an answer was promised, with the reason for the wait.

    \b
    engage answer R7
    engage answer northwind R7 "Cost centre 4410." --by call
    engage answer R7 --promise "fri 12:00" --because "the bookkeeper is away"
    """
    if because and not promise:
        raise click.UsageError(
            '--because goes with --promise WHEN. What was answered is a text: engage answer R7 "TEXT"'
        )
    named, text = texted("R", words)
    reason = [Need("Why must it wait?", "--because TEXT", because or text)] if promise else []
    place, (name, *reasons) = placed(app, named, account, WHICH, *reason)
    request_id = thing(place.state, "request", name)
    if promise:
        _promise(app, envelope, place, request_id, channel, promise, reasons[0])
    else:
        _answer(app, envelope, place, request_id, channel, text)


def _promise(
    app: App, envelope: Envelope, place: Place, request_id: str, channel: str | None, promise: str, reason: str
) -> None:
    data: dict[str, JSON | None] = {
        "request_id": request_id,
        "channel": channel or _as_asked(place, request_id),
        "promised_by": parse_moment(promise, app.clock(), app.zone, ahead=True),
        "reason": reason,
    }
    record_one(
        app,
        envelope,
        place.stream,
        "holding-reply-sent",
        data,
        lambda model: after_promise(app, model, place.stream, request_id),
    )


def _answer(app: App, envelope: Envelope, place: Place, request_id: str, channel: str | None, text: str | None) -> None:
    _once(place, request_id, text)
    data = {"request_id": request_id, "channel": channel or _as_asked(place, request_id), "answer": text}
    record_one(
        app,
        envelope,
        place.stream,
        "request-answered",
        data,
        lambda model: after_answer(app, model, place.stream, request_id),
    )


def _once(place: Place, request_id: str, text: str | None) -> None:
    """Refuse another text for an answer that stands: the ledger would keep the first, for it decides nothing on texts."""
    answered = place.state.requests[request_id].answered
    if answered is None or text is None or text == answered.event.answer:
        return
    number = answered.entry.position
    raise Refused(
        f"{request_id} was answered in #{number}, in other words.",
        advice=f'engage correct {number} --set answer="{text}" --because TEXT',
    )


def _as_asked(place: Place, request_id: str) -> str | None:
    asked = place.state.requests[request_id].asked
    return asked.event.channel if asked else None
