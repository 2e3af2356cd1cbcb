"""`agreed M2`, `agreed O4`: one promise at a time, ours or theirs (P03, P12, P17, P19, P46)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ledger_cli.asking.about import needed, thing
from ledger_cli.asking.introducing import contacts
from ledger_cli.asking.likely import a_date
from ledger_cli.asking.missing import Need
from ledger_cli.asking.moments import parse_moment
from ledger_cli.asking.options import refuse
from ledger_cli.asking.typed import day, listed
from ledger_cli.recording.receipts import recorded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ledger.canonical import JSON
    from ledger.engagement import Engagement
    from ledger_cli.app import App
    from ledger_cli.recording.envelope import Envelope

KINDS = click.Choice(["deliverable", "decision", "access", "support"])
OF_MILESTONES = ("criteria", "effort", "after", "starts", "request", "assumes")
OF_OBLIGATIONS = ("kind", "owner", "blocks")


def promising(command: Callable[..., None]) -> Callable[..., None]:
    """Give *command* the options of one promise."""
    for option in (
        click.option("--blocks", metavar="M2,…", help="The milestones that wait for what the client owes."),
        click.option("--owner", metavar="WHO", help="Who of the client owes it."),
        click.option("--kind", type=KINDS, help="What the client owes; deliverable, if left out."),
        click.option("--assumes", metavar="H1,…", help="The assumptions that a milestone rests on (P46)."),
        click.option("--request", metavar="R7", help="The request that a milestone was born of (P12)."),
        click.option("--after", metavar="M1,…", help="The milestones that a milestone depends on."),
        click.option("--starts", metavar="DAY", help="When work on a milestone begins."),
        click.option("--effort", metavar="DAYS", help="How many days a milestone takes (P19)."),
        click.option("--criteria", metavar="TEXT", help="When a milestone is accepted."),
        click.option("--version", type=int, metavar="N", help="The version of the agreement it belongs to."),
        click.option("--due", metavar="WHEN", help="By when: a day means close of business."),
    ):
        command = option(command)
    return command


def promise(app: App, envelope: Envelope, words: Sequence[str], said: Mapping[str, Any]) -> None:
    """Record that a milestone, or an obligation of the client, was agreed."""
    by_when = Need("By when?", "--due WHEN", said["due"], check=a_date)
    stream, state, (name, title, due) = needed(app, words, Need("What?", "M2"), Need("What is it?", '"TITLE"'), by_when)
    name = name[:1].upper() + name[1:]
    ours = name.startswith("M")
    what = f"{name} is a milestone of ours: it" if ours else f"{name} is an obligation of the client: it"
    refuse(what, **{option: said[option] for option in (OF_OBLIGATIONS if ours else OF_MILESTONES)})
    due = parse_moment(due, app.clock(), app.zone, ahead=True)
    common: dict[str, JSON | None] = {"due": due, "title": title, "agreement_version": said["version"]}
    own = _milestone(app, state, name, said) if ours else _obligation(app, state, name, said)
    draft = envelope.draft(app, "milestone-agreed" if ours else "obligation-agreed", stream, {**common, **own})
    recorded(app, app.record(draft), as_json=envelope.as_json)


def _milestone(app: App, state: Engagement, name: str, said: Mapping[str, Any]) -> dict[str, JSON | None]:
    starts = said["starts"] and day(parse_moment(said["starts"], app.clock(), app.zone, ahead=True))
    return {
        "milestone_id": name,
        "starts_on": starts,
        "effort_days": said["effort"],
        "depends_on": _things(state, "milestone", said["after"]),
        "assumptions": _things(state, "assumption", said["assumes"]),
        "from_request": thing(state, "request", said["request"]) if said["request"] else None,
        "acceptance_criteria": said["criteria"],
    }


def _obligation(app: App, state: Engagement, name: str, said: Mapping[str, Any]) -> dict[str, JSON | None]:
    return {
        "obligation_id": name,
        "kind": said["kind"] or "deliverable",
        "owner": contacts(app, state, [said["owner"]])[0] if said["owner"] else None,
        "blocks": _things(state, "milestone", said["blocks"]),
    }


def _things(state: Engagement, kind: str, said: str | None) -> JSON | None:
    return [thing(state, kind, name) for name in listed(said)] or None
