"""`policy`: which numbers and calendars hold, from when, and how to change them."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from ledger.errors import Malformed, Unknown
from ledger_cli.moments import parse_day, say
from ledger_cli.output import document, page, table, terminal_width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.practice import Practice
    from ledger_cli.app import App


@click.command()
@click.option(
    "--set", "settings", metavar="KEY=VALUE", multiple=True, help="Set one; or - for JSON from standard input."
)
@click.option("--from", "since", metavar="DAY", help="From when it holds; today, if left out.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def policy(app: App, *, settings: tuple[str, ...], since: str | None, as_json: bool) -> None:
    """Show the policies and calendars that hold today, or set some.

    \b
    engage policy
    engage policy --set slip_notice_bh=8 --set floor=75 --from 2025-07-01
    engage policy --set - < policy.json        {"policies": […], "calendars": […], "valid_from": "2025-07-01"}
    """
    today = app.clock().astimezone(app.zone).date().isoformat()
    if settings:
        _set(app, settings, parse_day(since, app.clock(), app.zone) if since else today, given=since is not None)
        return
    practice = app.names.practice
    policies, calendars = _policies(practice, today), _calendars(practice, today)
    if as_json:
        document({"on": today, "policies": policies, "calendars": calendars})
        return
    page([*_shown(policies, app), "", *(line for calendar in calendars for line in _told(calendar, today, app))])


def _set(app: App, settings: Sequence[str], since: str, *, given: bool) -> None:
    from ledger.drafts import Draft

    data: dict[str, Any] = {"policies": [] if settings == ("-",) else _pairs(settings), "valid_from": since}
    if settings == ("-",):
        data = _given(since, given=given)
    (receipt,) = app.record(Draft("policy-set", "practice", data))
    head = "Recorded" if receipt.new else "Already recorded as"
    policies = [f"{row['policy']} {row['value']}" for row in data.get("policies", ())]
    what = ", ".join([*policies, *(f"calendar {row['calendar']}" for row in data.get("calendars", ()))])
    click.echo(f"{head} #{receipt.position}  {what}  (from {say(data['valid_from'], app.zone)})")


def _pairs(settings: Sequence[str]) -> list[dict[str, str]]:
    from ledger.practice import DEFAULTS

    pairs = []
    for setting in settings:
        name, sign, value = setting.partition("=")
        if not sign or not value.strip():
            raise click.UsageError(f'--set takes KEY=VALUE, not "{setting}".')
        if name not in DEFAULTS:
            raise _unknown(name, DEFAULTS)
        pairs.append({"policy": name, "value": value.strip()})
    return pairs


def _given(since: str, *, given: bool) -> dict[str, Any]:
    try:
        data = json.load(sys.stdin)
    except ValueError as error:
        raise Malformed(
            f"Standard input is no JSON: {error}.", advice="engage policy --help has an example."
        ) from error
    if not isinstance(data, dict):
        raise Malformed("Standard input holds no JSON object.", advice="engage policy --help has an example.")
    return {**data, "valid_from": since} if given else {"valid_from": since, **data}


def _unknown(name: str, known: Mapping[str, str]) -> Unknown:
    from ledger.errors import near

    return Unknown("policy", name, candidates=near(name, known), advice="engage policy lists them.")


def _policies(practice: Practice, today: str) -> list[dict[str, Any]]:
    from ledger.practice import DEFAULTS

    set_by = {row["policy"]: fact for fact in practice.valid_on(today) for row in fact.event.policies}
    return [
        {
            "policy": name,
            "value": practice.policy(name, today),
            "default": default,
            "valid_from": set_by[name].event.valid_from if name in set_by else None,
            "position": set_by[name].entry.position if name in set_by else None,
        }
        for name, default in DEFAULTS.items()
    ]


def _calendars(practice: Practice, today: str) -> list[dict[str, Any]]:
    rows = [(fact, calendar) for fact in practice.valid_on("9999-12-31") for calendar in fact.event.calendars]
    holding = {data["calendar"]: (fact, data) for fact, data in rows if fact.event.valid_from <= today}
    ahead = [(fact, data) for fact, data in rows if fact.event.valid_from > today]
    return [
        {**data, "valid_from": fact.event.valid_from, "position": fact.entry.position}
        for fact, data in [*holding.values(), *ahead]
    ]


def _shown(policies: Sequence[Mapping[str, Any]], app: App) -> list[str]:
    cells = []
    for row in policies:
        source = f"since {say(row['valid_from'], app.zone)}, #{row['position']}" if row["position"] else "default"
        cells.append((row["policy"], row["value"], source))
    return table(cells, ("policy", "value", "from"), terminal_width())


def _told(calendar: Mapping[str, Any], today: str, app: App) -> list[str]:
    weekly: dict[str, list[str]] = {}
    for row in calendar["open"]:
        weekly.setdefault(f"{row['from_time']} to {row['to_time']}", []).append(row["weekday"])
    hours = ", ".join(f"{' '.join(days)} {times}" for times, days in weekly.items())
    coming = [row for row in calendar["exceptions"] if row["day"] >= today]
    head = f"calendar {calendar['calendar']}, {calendar['zone']}: {hours}"
    lines = [f"{head}  (since {say(calendar['valid_from'], app.zone)}, #{calendar['position']})"]
    if coming:
        how = "closed" if not coming[0]["open"] else "other hours"
        lines.append(f"  {len(calendar['exceptions'])} days differ; next {say(coming[0]['day'], app.zone)}, {how}")
    return lines
