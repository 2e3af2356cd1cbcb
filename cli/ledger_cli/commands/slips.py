"""`slipped` and `told`: a date will not be met, and the other side hears of it (P15, P16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ledger.errors import Refused
from ledger_cli.asking.about import needed, thing
from ledger_cli.asking.causes import causes
from ledger_cli.asking.introducing import contacts
from ledger_cli.asking.likely import a_date, a_thing, only_milestone
from ledger_cli.asking.missing import Need
from ledger_cli.asking.moments import parse_moment
from ledger_cli.asking.options import refuse
from ledger_cli.asking.places import several
from ledger_cli.commands.obligations import delayed, theirs
from ledger_cli.follows.telling import after_slip
from ledger_cli.recording.envelope import CHANNELS, act
from ledger_cli.recording.receipts import recorded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.canonical import JSON
    from ledger.drafts import Draft
    from ledger.engagement import Engagement
    from ledger.values import Stream
    from ledger_cli.app import App
    from ledger_cli.recording.envelope import Envelope


@click.command()
@click.argument("words", nargs=-1, metavar="[ENGAGEMENT] MILESTONE|OBLIGATION")
@click.option("--forecast", metavar="WHEN", help="The date it is now expected.")
@click.option("--because", metavar="TEXT", help="Why.")
@click.option(
    "--cause", "typed", metavar="PARTY:FROM..TO", multiple=True, help="Whose cause held it up, on which days (M15)."
)
@click.option("--told", metavar="WHO,…", multiple=True, help="Who was told at the same time.")
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
    typed: tuple[str, ...],
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
    engage slipped M2 --forecast 2025-07-18 --cause provider:2025-07-02..2025-07-04 --cause third_party:2025-07-07
    engage slipped M2 --averted
    engage slipped O4 --forecast 2025-06-11 --from sponsor --by call
    """
    if theirs(app, words):
        refuse("What the client owes", told=told, impact=impact, option=options, averted=averted, cause=typed)
        delayed(app, envelope, words, forecast, who, channel, because)
        return
    refuse("A milestone of ours", **{"from": who})
    late = [Need("What will be late?", "MILESTONE", likely=only_milestone, check=a_thing("milestone"))]
    when = Need("When is it expected now?", "--forecast WHEN", forecast, check=a_date)
    stream, state, (name, *expected) = needed(app, words, *late, *([] if averted else [when]))
    milestone = thing(state, "milestone", name)
    if averted:
        refuse("A slip that will not come", cause=typed)
        drafts = [envelope.draft(app, "slip-averted", stream, {"slip_id": open_slip(state, milestone), "how": because})]
    else:
        why, said = {"causes": causes(app, typed), "why": because}, telling(app, state, told, channel, impact, options)
        drafts = _foreseen(app, envelope, stream, {"milestone_id": milestone, "forecast": expected[0]}, why, said)
    record_slip(app, envelope, stream, drafts)


def _foreseen(
    app: App,
    envelope: Envelope,
    stream: Stream,
    typed: Mapping[str, str],
    why: Mapping[str, JSON | None],
    said: Mapping[str, JSON | None],
) -> list[Draft]:
    """Return a slip that is foreseen, and its report to whoever was told of it in the same breath."""
    slip = {**typed, "forecast": parse_moment(typed["forecast"], app.clock(), app.zone, ahead=True)}
    foreseen = envelope.draft(app, "slip-foreseen", stream, {**slip, **why})
    return [foreseen, report_slip(app, envelope, stream, {**slip, **said})] if said["to"] else [foreseen]


def record_slip(app: App, envelope: Envelope, stream: Stream, drafts: Sequence[Draft]) -> None:
    """Record *drafts*, all of one slip, and say how it stands."""
    receipts = app.record(*drafts)
    event = receipts[0].event
    slip_id = str(event.data["slip_id"]) if event else ""
    recorded(
        app,
        receipts,
        as_json=envelope.as_json,
        after=lambda model: after_slip(app, model, stream, slip_id, receipts[-1].position),
    )


def telling(
    app: App, state: Engagement, who: Sequence[str], channel: str | None, impact: str | None, options: Sequence[str]
) -> dict[str, JSON | None]:
    """Return what a report of a slip says beside the slip."""
    return {
        "to": contacts(app, state, several(who)),
        "channel": channel,
        "impact": impact,
        "impact_stated": impact is not None,
        "options": list(options) or None,
        "options_count": len(options),
    }


def report_slip(app: App, envelope: Envelope, stream: Stream, data: Mapping[str, JSON | None]) -> Draft:
    """Return the report of a slip."""
    draft = envelope.draft(app, "slip-reported", stream, data)
    return draft._replace(aware=None)  # when we came to know is what the slip says; this is when they were told


def open_slip(state: Engagement, milestone: str) -> str:
    """Return the slip of a milestone that is open; refuse one that has none."""
    slip_id = state.open_slip(milestone)
    if slip_id is None:
        raise Refused(f"{milestone} has no open slip.", advice=f"engage slipped {milestone} --forecast WHEN")
    return slip_id
