"""`told`: the other side hears of a slip, or of news, or that news was not so (P15, P16, P31, P35)."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from ledger_cli.asking.about import thing
from ledger_cli.asking.likely import last_spoken_to, untold
from ledger_cli.asking.missing import Need
from ledger_cli.asking.moments import parse_moment
from ledger_cli.asking.places import on_account, placed, several
from ledger_cli.commands.slips import open_slip, record_slip, report_slip, telling
from ledger_cli.follows.telling import after_news
from ledger_cli.recording.envelope import CHANNELS, act
from ledger_cli.recording.receipts import After, recorded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger_projections.readmodel.store import ReadModel

    from ledger.dialogue import Dialogue
    from ledger.engagement import Engagement
    from ledger_cli.app import App
    from ledger_cli.asking.places import Place
    from ledger_cli.recording.envelope import Envelope


@click.command()
@click.argument("words", nargs=-1, metavar="[ENGAGEMENT] SLIP|MILESTONE|NEWS WHO,…")
@click.option("--by", "channel", type=CHANNELS, help="How they were told.")
@click.option("--forecast", metavar="WHEN", help="The date they were told, if it is not the one last foreseen.")
@click.option("--impact", metavar="TEXT", help="What the delay means for them (P16).")
@click.option("--option", "options", metavar="TEXT", multiple=True, help="What they could do about it.")
@click.option("--retract", is_flag=True, help="Tell them that the news was not so.")
@click.option("--our-fault", is_flag=True, help="We said that it was our mistake (P35).")
@on_account
@act
@click.pass_obj
def told(
    app: App,
    envelope: Envelope,
    words: tuple[str, ...],
    account: str | None,
    channel: str | None,
    forecast: str | None,
    impact: str | None,
    options: tuple[str, ...],
    *,
    retract: bool,
    our_fault: bool,
) -> None:
    """Record that the other side was told of a slip, or of news.

    \b
    engage told northwind S1 sponsor --by email
    engage told M2 sponsor,producer --by call --impact "the rehearsal hall is booked"
    engage told N3 "client sponsor" --retract
    """
    place, (what, who) = placed(
        app,
        words,
        account,
        Need("Of what were they told?", "SLIP", likely=untold, check=_told_of),
        Need("Who was told?", "WHO", likely=last_spoken_to),
    )
    if account is not None or _is_news(what):
        news_id = thing(place.state, "news", what)
        _tell_news(app, envelope, place, news_id, several([who]), channel, retract=retract, fault=our_fault)
        return
    state = cast("Engagement", place.state)
    slip_id = _slip(state, what)
    due = parse_moment(forecast, app.clock(), app.zone, ahead=True) if forecast else _last_forecast(state, slip_id)
    data = {"slip_id": slip_id, "milestone_id": state.slips[slip_id].milestone_id, "forecast": due}
    said = telling(app, state, several([who]), channel, impact, options)
    record_slip(app, envelope, place.stream, [report_slip(app, envelope, place.stream, {**data, **said})])


def _tell_news(
    app: App,
    envelope: Envelope,
    place: Place,
    news_id: str,
    who: Sequence[str],
    channel: str | None,
    *,
    retract: bool,
    fault: bool,
) -> None:
    kind = "retraction" if retract else "update" if _was_told(place.state, news_id) else "report"
    to = place.people(app, who)
    data = {"news_id": news_id, "to": to, "channel": channel, "kind": kind, "admits_fault": fault}
    receipts = app.record(envelope.draft(app, "news-reported", place.stream, data)._replace(aware=None))

    def after(model: ReadModel) -> After:
        return after_news(app, model, place.stream, news_id) if kind == "report" else After()

    recorded(app, receipts, as_json=envelope.as_json, after=after)


def _was_told(state: Dialogue, news_id: str) -> bool:
    """Return whether anybody was told of the news before."""
    told = (fact.event for fact in state.facts.values() if fact.event.short_name == "news-reported")
    return any(getattr(event, "news_id", None) == news_id for event in told)


def _told_of(app: App, state: Dialogue, what: str) -> object:
    """Refuse an answer that is neither news nor a slip."""
    return thing(state, "news", what) if _is_news(what) else _slip(cast("Engagement", state), what)


def _is_news(what: str) -> bool:
    return what[:1] in {"N", "n"}


def _slip(state: Engagement, what: str) -> str:
    """Return the slip that *what* names, or that is open of the milestone it names."""
    return thing(state, "slip", what) if what[:1] in {"S", "s"} else open_slip(state, thing(state, "milestone", what))


def _last_forecast(state: Engagement, slip_id: str) -> str:
    slip = state.slips[slip_id]
    said = {fact.entry.position: fact.event.forecast for fact in slip.foreseen}
    said |= {fact.entry.position: fact.event.forecast for fact in slip.reported}
    return said[max(said)]
