"""`slipped` and `told`: a date will not be met, and the other side hears of it (P15, P16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from ledger.errors import Refused
from ledger_cli.commands.obligations import delayed, refuse, theirs
from ledger_cli.follows import after_news, after_slip
from ledger_cli.likely import a_date, a_thing, last_spoken_to, only_milestone, untold
from ledger_cli.moments import parse_moment
from ledger_cli.receipts import After, recorded
from ledger_cli.verbs import CHANNELS, Need, act, contacts, needed, thing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger_projections.store import ReadModel

    from ledger.canonical import JSON
    from ledger.dialogue import Dialogue
    from ledger.drafts import Draft
    from ledger.engagement import Engagement
    from ledger.values import Stream
    from ledger_cli.app import App
    from ledger_cli.verbs import Envelope


@click.command()
@click.argument("words", nargs=-1, metavar="[ENGAGEMENT] MILESTONE|OBLIGATION")
@click.option("--forecast", metavar="WHEN", help="The date it is now expected.")
@click.option("--because", metavar="TEXT", help="Why.")
@click.option("--told", metavar="WHO", multiple=True, help="Who was told at the same time.")
@click.option("--from", "who", metavar="WHO", help="Who of the client said that what it owes will be late.")
@click.option("--by", "channel", type=CHANNELS, help="How they were told, or told us.")
@click.option("--impact", metavar="TEXT", help="What the delay means for them (P16).")
@click.option("--option", "options", metavar="TEXT", multiple=True, help="What they could do about it.")
@click.option("--averted", is_flag=True, help="The slip that was foreseen will not come.")
@act
@click.pass_obj
def slipped(
    app: App,
    envelope: Envelope,
    words: tuple[str, ...],
    forecast: str | None,
    because: str | None,
    told: tuple[str, ...],
    who: str | None,
    channel: str | None,
    impact: str | None,
    options: tuple[str, ...],
    *,
    averted: bool,
) -> None:
    """Record that a milestone will be late, and whether anybody was told; or that the client says it will be.

    \b
    engage slipped northwind M2 --forecast 2025-07-18 --aware 09:00 --because "vendor interface late"
    engage slipped M2 --forecast 2025-07-18 --told sponsor --by email
    engage slipped M2 --averted
    engage slipped O4 --forecast 2025-06-11 --from sponsor --by call
    """
    if theirs(words):
        refuse("What the client owes", told=told, impact=impact, option=options, averted=averted)
        delayed(app, envelope, words, forecast, who, channel, because)
        return
    refuse("A milestone of ours", **{"from": who})
    late = [Need("What will be late?", "MILESTONE", likely=only_milestone, check=a_thing("milestone"))]
    when = Need("When is it expected now?", "--forecast WHEN", forecast, check=a_date)
    stream, state, (name, *expected) = needed(app, words, *late, *([] if averted else [when]))
    milestone = thing(state, "milestone", name)
    if averted:
        drafts = [envelope.draft(app, "slip-averted", stream, {"slip_id": _open(state, milestone), "how": because})]
    else:
        due = parse_moment(expected[0], app.clock(), app.zone, ahead=True)
        slip: dict[str, JSON | None] = {"milestone_id": milestone, "forecast": due}
        drafts = [envelope.draft(app, "slip-foreseen", stream, {**slip, "why": because})]
        if told:
            telling = _telling(app, state, told, channel, impact, options)
            drafts.append(_report(app, envelope, stream, {**slip, **telling}))
    _record(app, envelope, stream, drafts)


@click.command()
@click.argument("words", nargs=-1, metavar="[ENGAGEMENT] SLIP|MILESTONE|NEWS WHO")
@click.option("--by", "channel", type=CHANNELS, help="How they were told.")
@click.option("--forecast", metavar="WHEN", help="The date they were told, if it is not the one last foreseen.")
@click.option("--impact", metavar="TEXT", help="What the delay means for them (P16).")
@click.option("--option", "options", metavar="TEXT", multiple=True, help="What they could do about it.")
@click.option("--retract", is_flag=True, help="Tell them that the news was not so.")
@click.option("--our-fault", is_flag=True, help="We said that it was our mistake (P35).")
@act
@click.pass_obj
def told(
    app: App,
    envelope: Envelope,
    words: tuple[str, ...],
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
    engage told M2 sponsor --by call --impact "the rehearsal hall is booked"
    engage told N3 "client sponsor" --retract
    """
    stream, state, (what, who) = needed(
        app,
        words,
        Need("Of what were they told?", "SLIP", likely=untold, check=_told_of),
        Need("Who was told?", "WHO", likely=last_spoken_to),
    )
    if what[:1] in {"N", "n"}:
        news_id = thing(state, "news", what)
        _tell_news(app, envelope, stream, state, news_id, who, channel, retract=retract, fault=our_fault)
        return
    slip_id = _slip(state, what)
    due = parse_moment(forecast, app.clock(), app.zone, ahead=True) if forecast else _last_forecast(state, slip_id)
    data = {"slip_id": slip_id, "milestone_id": state.slips[slip_id].milestone_id, "forecast": due}
    telling = _telling(app, state, [who], channel, impact, options)
    _record(app, envelope, stream, [_report(app, envelope, stream, {**data, **telling})])


def _tell_news(
    app: App,
    envelope: Envelope,
    stream: Stream,
    state: Engagement,
    news_id: str,
    who: str,
    channel: str | None,
    *,
    retract: bool,
    fault: bool,
) -> None:
    kind = "retraction" if retract else "update" if state.news[news_id].reported else "report"
    told_to: JSON = contacts(app, state, [who])
    data = {"news_id": news_id, "to": told_to, "channel": channel, "kind": kind, "admits_fault": fault}
    receipts = app.record(envelope.draft(app, "news-reported", stream, data)._replace(aware=None))

    def after(model: ReadModel) -> After:
        return after_news(app, model, stream, news_id) if kind == "report" else After()

    recorded(app, receipts, as_json=envelope.as_json, after=after)


def _record(app: App, envelope: Envelope, stream: Stream, drafts: Sequence[Draft]) -> None:
    receipts = app.record(*drafts)
    event = receipts[0].event
    slip_id = str(event.data["slip_id"]) if event else ""
    recorded(
        app,
        receipts,
        as_json=envelope.as_json,
        after=lambda model: after_slip(app, model, stream, slip_id, receipts[-1].position),
    )


def _telling(
    app: App, state: Engagement, who: Sequence[str], channel: str | None, impact: str | None, options: Sequence[str]
) -> dict[str, JSON | None]:
    return {
        "to": contacts(app, state, who),
        "channel": channel,
        "impact": impact,
        "impact_stated": impact is not None,
        "options": list(options) or None,
        "options_count": len(options),
    }


def _report(app: App, envelope: Envelope, stream: Stream, data: Mapping[str, JSON | None]) -> Draft:
    draft = envelope.draft(app, "slip-reported", stream, data)
    return draft._replace(aware=None)  # when we came to know is what the slip says; this is when they were told


def _told_of(app: App, state: Dialogue, what: str) -> object:
    """Refuse an answer that is neither news nor a slip."""
    return thing(state, "news", what) if what[:1] in {"N", "n"} else _slip(cast("Engagement", state), what)


def _slip(state: Engagement, what: str) -> str:
    return thing(state, "slip", what) if what[:1] in {"S", "s"} else _open(state, thing(state, "milestone", what))


def _open(state: Engagement, milestone: str) -> str:
    slip_id = state.open_slip(milestone)
    if slip_id is None:
        raise Refused(f"{milestone} has no open slip.", advice=f"engage slipped {milestone} --forecast WHEN")
    return slip_id


def _last_forecast(state: Engagement, slip_id: str) -> str:
    slip = state.slips[slip_id]
    said = {fact.entry.position: fact.event.forecast for fact in slip.foreseen}
    said |= {fact.entry.position: fact.event.forecast for fact in slip.reported}
    return said[max(said)]
