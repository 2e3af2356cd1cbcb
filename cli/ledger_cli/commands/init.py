"""`init`: make a ledger, with the calendar that its days and hours are counted in."""

from __future__ import annotations

import os
import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ledger.errors import Duplicate, Malformed, Unreachable
from ledger_cli.printing.output import document
from ledger_cli.printing.safe import safe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger_cli.app import App

_HOURS = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")
_PLACE = re.compile(r"([A-Z]{2})(?:-([A-Z0-9]{1,3}))?")


@click.command()
@click.option(
    "--zone", metavar="ZONE", help="The zone of its days, such as Europe/London; this machine's, if left out."
)
@click.option("--holidays", metavar="PLACE", help="Closed on the public holidays of a country or a part of it: GB-ENG.")
@click.option("--open", "hours", metavar="HOURS", default="09:00-17:00", show_default=True, help="Monday to Friday.")
@click.option("--origin", metavar="NAME", help="Its name in every entry: name.example/engagements/q3r7.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def init(app: App, *, zone: str | None, holidays: str | None, hours: str, origin: str | None, as_json: bool) -> None:
    """Make a ledger where there is none.

    \b
    engage init --zone Europe/London --holidays GB-ENG
    engage --ledger ~/northwind init --open 08:30-17:30
    """
    path = app.path
    if path.exists():
        raise Duplicate(f'There is a ledger already: "{path}".', advice="Use it, or name another place: --ledger PATH")
    now = app.clock()
    calendar = _calendar(zone or _own_zone(), holidays, hours, now)
    made = _make(app, path, origin, calendar)
    answer = {**made, "zone": calendar["zone"], "open": hours, "closed_days": len(calendar["exceptions"])}
    if as_json:
        document(answer)
        return
    _tell(answer, holidays, now)


def _calendar(zone: str, place: str | None, hours: str, now: datetime) -> Mapping[str, Any]:
    from ledger.calendars import Calendar, default_calendar

    opening, where = _HOURS.fullmatch(hours), _PLACE.fullmatch((place or "").upper())
    if opening is None:
        raise Malformed(f"--open {hours} is no pair of times.", advice="Write it as 09:00-17:00.")
    if place and where is None:
        raise Malformed(
            f"--holidays {place} is no place.", advice="Write a country, or a part of one: FR, GB-ENG, US-NY."
        )
    made = default_calendar(
        zone,
        country=where[1] if where else None,
        subdivision=where[2] if where else None,
        years=range(now.year - 1, now.year + 6),
        open_from=opening[1],
        open_to=opening[2],
    )
    Calendar.parse(made)
    return made


def _make(app: App, path: Path, origin: str | None, calendar: Mapping[str, Any]) -> dict[str, Any]:
    from ledger.service import Ledger

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unreachable(
            f'"{path.parent}" cannot be made: {error.strerror}.', advice="Name another place: --ledger PATH"
        ) from error
    with Ledger.create(path, app.identity, calendar, origin=origin, clock=app.clock, provenance="cli") as made:
        who = made.who
        return {"ledger": str(path), "origin": made.journal.origin, "you": who.name, "email": who.email or None}


def _tell(made: Mapping[str, Any], place: str | None, now: datetime) -> None:
    closed = (
        f", closed on {made['closed_days']} public holidays of {place} ({now.year - 1} to {now.year + 5})"
        if place
        else ""
    )
    you = f"{made['you']} <{made['email']}>" if made["email"] else made["you"]
    click.echo(f"Made {safe(made['ledger'])}  ({made['origin']})")
    click.echo(f"  Days and hours are those of {made['zone']}: Monday to Friday {made['open']}{closed}.")
    click.echo(f"  You record as {safe(you)}.")
    click.echo("  Next: engage agreed --template > letter.toml      Or begin small: engage open ALIAS --account NAME")


def _own_zone() -> str:
    """Return the zone of this machine: TZ, else what /etc/localtime points to; UTC where neither names one."""
    from ledger.calendars import parse_zone

    try:
        named = os.environ.get("TZ", "").removeprefix(":") or os.readlink("/etc/localtime")
        name = named.rpartition("zoneinfo/")[2]
        parse_zone(name)
    except (OSError, Malformed):
        return "UTC"
    return name
