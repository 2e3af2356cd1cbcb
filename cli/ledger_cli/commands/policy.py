"""`policy`: which numbers and calendars hold, from when, and how to change them."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from ledger.errors import Malformed, Unknown, near
from ledger.policies import POLICIES
from ledger_cli.asking.moments import parse_day
from ledger_cli.printing.columns import table
from ledger_cli.printing.output import document, page, terminal_width
from ledger_cli.printing.rows import described, json_lines
from ledger_cli.printing.safe import safe
from ledger_cli.printing.times import say
from ledger_cli.reading.policies import calendars_on, policies_on

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger_cli.app import App
    from ledger_cli.printing.rows import Mode


@click.command()
@click.option(
    "--set", "settings", metavar="KEY=VALUE", multiple=True, help="Set one; or - for JSON from standard input."
)
@click.option("--from", "since", metavar="DAY", help="From when it holds; today, if left out.")
@described
@click.pass_obj
def policy(app: App, *, settings: tuple[str, ...], since: str | None, mode: Mode) -> None:
    """Show the policies and calendars that hold today, or set some.

    \b
    engage policy
    engage policy --set slip_notice_bh=8 --set floor=75 --from 2025-07-01
    engage policy --set - < policy.json        {"policies": […], "calendars": […], "valid_from": "2025-07-01"}
    """
    today = app.calendar.day_of(app.clock())
    if settings:
        day = parse_day(since, app.clock(), app.zone) if since else today
        _set(app, settings, day, given=since is not None, mode=mode)
        return
    practice = app.names.practice
    policies, calendars = policies_on(practice, today), calendars_on(practice, today)
    if mode == "json":
        document({"on": today, "policies": policies, "calendars": calendars})
        return
    if mode == "jsonl":
        json_lines({"on": today, **each} for each in (*policies, *calendars))
        return
    page([*_shown(policies, app), "", *(line for calendar in calendars for line in _told(calendar, today, app))])


def _set(app: App, settings: Sequence[str], since: str, *, given: bool, mode: Mode) -> None:
    from ledger.drafts import Draft

    data: dict[str, Any] = {"policies": [] if settings == ("-",) else _pairs(settings), "valid_from": since}
    if settings == ("-",):
        data = _given(since, given=given)
    before = {row["policy"]: app.names.practice.policy(row["policy"], str(data["valid_from"])) for row in _named(data)}
    (receipt,) = app.record(Draft("policy-set", "practice", data))
    changes = [f"{name} {_change(before[name], row['value'], name)}" for row in _named(data) if (name := row["policy"])]
    if mode != "text":
        answer = {"recorded": {"new": receipt.new, "position": receipt.position, **data}, "before": before}
        document(answer) if mode == "json" else json_lines([answer])
        return
    head = "Recorded" if receipt.new else "Already recorded as"
    what = ", ".join([*changes, *(f"calendar {row['calendar']}" for row in data.get("calendars", ()))])
    click.echo(f"{head} #{receipt.position}  {safe(what)}  (from {say(data['valid_from'], app.zone)})")


def _named(data: Mapping[str, Any]) -> list[Mapping[str, str]]:
    """Return the policies in what was given that there are; what else it holds is refused when it is recorded."""
    rows = data.get("policies", ())
    return [row for row in rows if isinstance(row, dict) and row.get("policy") in POLICIES and "value" in row]


def _change(before: str, value: str, name: str) -> str:
    """Return `16 → 8 business hours`."""
    unit = _unit(name)
    return f"{before} → {value}{unit}" if before != value else f"{value}{unit}, as before"


def _unit(name: str) -> str:
    """Return the unit of a policy as it follows its value; that of an amount stands in the value."""
    unit = POLICIES[name].unit
    return "" if unit == "amount" else f" {unit}"


def _pairs(settings: Sequence[str]) -> list[dict[str, str]]:
    pairs: list[dict[str, str]] = []
    for setting in settings:
        name, sign, value = setting.partition("=")
        if not sign or not value.strip():
            raise click.UsageError(f'--set takes KEY=VALUE, not "{setting}".')
        if name not in POLICIES:
            raise _unknown(name)
        if any(pair["policy"] == name for pair in pairs):
            raise click.UsageError(f"{name} is set twice: say one value.")
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


def _unknown(name: str) -> Unknown:
    return Unknown("policy", name, candidates=near(name, POLICIES), advice="engage policy lists them.")


def _shown(policies: Sequence[Mapping[str, Any]], app: App) -> list[str]:
    cells = []
    for row in policies:
        source = f"since {say(row['valid_from'], app.zone)}, #{row['position']}" if row["position"] else "default"
        cells.append((row["policy"], f"{row['value']}{_unit(row['policy'])}", source, row["meaning"]))
        for later in row["ahead"]:
            source = f"from {say(later['valid_from'], app.zone)}, #{later['position']}"
            cells.append(("", f"{later['value']}{_unit(row['policy'])}", source, ""))
    return table([tuple(map(safe, row)) for row in cells], ("policy", "value", "from", "meaning"), terminal_width())


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
