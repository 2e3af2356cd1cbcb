"""`started` and `released`: work begins and goes on, or need not be done any more (P05, P09, M16)."""

from __future__ import annotations

import re
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING, Any

import click

from ledger.calendars import instant, is_day
from ledger.errors import Malformed
from ledger_cli.asking.about import needed, thing
from ledger_cli.asking.commitments import commitment
from ledger_cli.asking.introducing import contacts
from ledger_cli.asking.missing import Need
from ledger_cli.asking.moments import parse_moment
from ledger_cli.asking.typed import day, money
from ledger_cli.follows.work import after_release, after_work
from ledger_cli.recording.envelope import act
from ledger_cli.recording.one import record_one, settled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.canonical import JSON
    from ledger.engagement import Engagement
    from ledger.values import Stream
    from ledger_cli.app import App
    from ledger_cli.recording.envelope import Envelope

BASES = ("signed", "letter-of-intent", "none")


@click.command()
@click.argument("words", nargs=-1, metavar="[ENGAGEMENT]")
@click.option("--basis", type=click.Choice(BASES), help="What it rests on; signed, if both have signed.")
@click.option("--days", metavar="N", help="Days of work done, instead of its beginning: 3 or 0.5.")
@click.option("--from", "since", metavar="DAY", help="The first of the days; so many that they end today, if left out.")
@click.option("--to", "until", metavar="DAY", help="The last of the days.")
@click.option("--milestone", metavar="MILESTONE", help="What the days were worked on.")
@click.option("--hours", metavar="N", help="How many hours of work had gone in when it began.")
@click.option("--value", metavar="AMOUNT", help='What the work is worth: "2400 GBP".')
@click.option("--version", type=int, metavar="N", help="The version of the agreement; the one in force, if left out.")
@act
@click.pass_obj
def started(app: App, /, envelope: Envelope, words: tuple[str, ...], **said: Any) -> None:  # noqa: ANN401 -- click's options
    """Record that work began, or how many days of it were done.

    \b
    engage started northwind                  on the version that both have signed
    engage started --basis letter-of-intent --value "4200 GBP"
    engage started --days 3                   the last three open days
    engage started --days 2.5 --from 2025-06-02 --to 2025-06-04 --milestone M2 --value "2000 GBP"
    """
    stream, state, _ = needed(app, words)
    version = said["version"] or _in_force(app, stream, envelope)
    value = money(said["value"]) if said["value"] else None
    common: dict[str, JSON | None] = {"agreement_version": version, "value": value}
    event_type, own = _days(app, state, said) if said["days"] else _beginning(app, state, words, said, version)
    record_one(app, envelope, stream, event_type, {**common, **own}, lambda model: after_work(app, model, stream))


@click.command()
@click.argument("words", nargs=-1, metavar="[ENGAGEMENT] MILESTONE|OBLIGATION|CADENCE")
@click.option("--agreed-by", "who", metavar="WHO", help="Who of the other side agreed to it.")
@click.option("--because", metavar="TEXT", help="Why.")
@click.option("--version", type=int, metavar="N", help="The version of the agreement that says so.")
@act
@click.pass_obj
def released(
    app: App, envelope: Envelope, words: tuple[str, ...], who: str | None, because: str | None, version: int | None
) -> None:
    """Record that a milestone, an obligation or a rhythm need not be kept any more: else it were overdue for ever.

    \b
    engage released northwind M2 --agreed-by sponsor --because "the autumn run was cut"
    engage released O4 --agreed-by sponsor
    engage released weekly --version 2
    """
    engagement, state, (name,) = needed(app, words, Need("What need not be kept any more?", "MILESTONE"))
    stream, ref = commitment(app, engagement, state, name)
    data = {
        "released": ref,
        "agreed_by": contacts(app, state, [who])[0] if who else None,
        "agreement_version": version,
        "reason": because,
    }
    record_one(
        app, envelope, stream, "commitment-released", data, lambda model: after_release(model, stream, ref, version)
    )


def _beginning(
    app: App, state: Engagement, words: Sequence[str], said: Mapping[str, Any], version: int | None
) -> tuple[str, dict[str, JSON | None]]:
    if said["since"] or said["until"] or said["milestone"]:
        raise click.UsageError("Say how many days: engage started --days 3 --from DAY --to DAY")
    implied = said["basis"] or ("signed" if version and not said["version"] else None)
    asks = "No version is signed by both: what does it rest on?"
    basis = settled(app, state, words, Need(asks, "--basis letter-of-intent|none", implied, among=BASES[1:]))
    return "work-started", {"basis": basis.replace("-", "_"), "effort_hours": said["hours"]}


def _days(app: App, state: Engagement, said: Mapping[str, Any]) -> tuple[str, dict[str, JSON | None]]:
    if said["basis"] or said["hours"]:
        raise click.UsageError("Work that goes on has no --basis and no --hours: say them once, without --days.")
    first, last = _span(app, said["days"], said["since"], said["until"])
    milestone = thing(state, "milestone", said["milestone"]) if said["milestone"] else None
    return "work-recorded", {"from_on": first, "to_on": last, "days": said["days"], "milestone_id": milestone}


def _span(app: App, days: str, since: str | None, until: str | None) -> tuple[str, str]:
    """Return the first and the last of the days: what was said, else so many open days, ending today."""
    given = [parse_moment(text, app.clock(), app.zone) if text else None for text in (since, until)]
    first, last = (day(moment) if moment else None for moment in given)
    more = _open_days(days) - 1
    if first and not last:
        return first, app.calendar.add_days(first, more)
    last = last or app.calendar.day_of(app.clock())
    return first or app.calendar.add_days(last, -more), last


def _open_days(days: str) -> int:
    """Return over how many days *days* of work stretch: 2.5 over three."""
    if not re.fullmatch(r"[0-9]{1,4}(?:\.[0-9]{1,9})?", days):
        raise Malformed(f'"{days}" is no number of days.', field="days", advice="Write --days 3, or --days 0.5.")
    return max(1, ceil(Decimal(days)))


def _in_force(app: App, stream: Stream, envelope: Envelope) -> int | None:
    """Return the version that was in force when it happened, if both had signed one."""
    when = parse_moment(envelope.at, app.clock(), app.zone) if envelope.at else app.now
    moment = instant(app.calendar.close_of(when)) if is_day(when) else when
    where = "engagement = ? AND in_force_from <= ? AND (in_force_to IS NULL OR in_force_to > ?)"
    rows = app.model().rows("agreements", where, (stream.partition("/")[2], moment, moment), order="version DESC")
    return rows[0]["version"] if rows else None
