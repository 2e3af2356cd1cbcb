"""`delivered`, `accepted`, `rejected`, `rescheduled`: what becomes of a milestone (P03, P14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ledger.errors import Refused
from ledger_cli.asking.about import needed, thing
from ledger_cli.asking.introducing import contacts
from ledger_cli.asking.likely import a_date, a_thing, last_spoken_to, only_milestone
from ledger_cli.asking.missing import Need
from ledger_cli.asking.moments import parse_moment
from ledger_cli.asking.options import refuse
from ledger_cli.commands.obligations import fulfilled, theirs
from ledger_cli.follows.agreement import after_milestone
from ledger_cli.follows.place import here
from ledger_cli.recording.envelope import act
from ledger_cli.recording.receipts import After, recorded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.canonical import JSON
    from ledger.values import Stream
    from ledger_cli.app import App
    from ledger_cli.recording.envelope import Envelope


@click.command()
@click.argument("words", nargs=-1, metavar="[ENGAGEMENT] MILESTONE|OBLIGATION")
@click.option("--summary", metavar="TEXT", help="What we handed over.")
@click.option("--by", "who", metavar="WHO", help="Who of the client gave what it owed.")
@act
@click.pass_obj
def delivered(app: App, envelope: Envelope, words: tuple[str, ...], summary: str | None, who: str | None) -> None:
    """Record that what was promised was handed over: a milestone of ours, or an obligation of the client.

    \b
    engage delivered northwind M2 --evidence rehearsal-report.pdf
    engage delivered M2 --at "yesterday 16:30" --summary "Full run with the house crew."
    engage delivered O4 --by sponsor
    """
    if theirs(app, words):
        refuse("What the client owes", summary=summary)
        fulfilled(app, envelope, words, who)
        return
    refuse("A milestone of ours", by=who)
    stream, state, (name,) = needed(app, words, _which("What was handed over?"))
    milestone = thing(state, "milestone", name)
    data = {"milestone_id": milestone, "summary": summary}
    _record(
        app,
        envelope,
        stream,
        "milestone-delivered",
        data,
        f"Next: engage accepted {here(app, stream)}{milestone} --by WHO",
    )


@click.command()
@click.argument("words", nargs=-1, metavar="[ENGAGEMENT] MILESTONE")
@click.option("--by", "who", metavar="WHO", help="Who accepted it.")
@click.option("--because", metavar="TEXT", help="What they said.")
@act
@click.pass_obj
def accepted(app: App, envelope: Envelope, words: tuple[str, ...], who: str | None, because: str | None) -> None:
    """Record that the client accepted what was delivered.

    \b
    engage accepted northwind M2 --by sponsor
    engage accepted M2 --by "client sponsor" --at 2025-07-21 --evidence mail.eml
    """
    _judge(app, envelope, words, "accepted", who, because)


@click.command()
@click.argument("words", nargs=-1, metavar="[ENGAGEMENT] MILESTONE")
@click.option("--by", "who", metavar="WHO", help="Who rejected it.")
@click.option("--because", metavar="TEXT", help="Why.")
@act
@click.pass_obj
def rejected(app: App, envelope: Envelope, words: tuple[str, ...], who: str | None, because: str | None) -> None:
    """Record that the client rejected what was delivered.

    \b
    engage rejected northwind M2 --by sponsor --because "two scenes are missing"
    """
    _judge(app, envelope, words, "rejected", who, because)


@click.command()
@click.argument("words", nargs=-1, metavar="[ENGAGEMENT] MILESTONE")
@click.option("--to", "due", metavar="WHEN", help="The new date.")
@click.option("--agreed-by", "who", metavar="WHO", help="Who agreed to it on their side.")
@click.option("--version", type=int, metavar="N", help="The version of the agreement that says so.")
@click.option("--because", metavar="TEXT", help="Why.")
@act
@click.pass_obj
def rescheduled(
    app: App,
    envelope: Envelope,
    words: tuple[str, ...],
    due: str | None,
    who: str | None,
    version: int | None,
    because: str | None,
) -> None:
    """Record that a new date was agreed for a milestone.

    \b
    engage rescheduled northwind M2 --to 2025-07-18 --agreed-by sponsor
    engage rescheduled M2 --to 2025-07-18 --version 2
    """
    when = Need("To which date?", "--to WHEN", due, check=a_date)
    stream, state, (name, moved) = needed(app, words, _which("Which milestone moves?"), when)
    milestone = thing(state, "milestone", name)
    data = {
        "milestone_id": milestone,
        "from_due": due_now(app, stream, milestone),
        "to_due": parse_moment(moved, app.clock(), app.zone, ahead=True),
        "agreed_by": contacts(app, state, [who])[0] if who else None,
        "agreement_version": version,
        "reason": because,
    }
    _record(app, envelope, stream, "milestone-rescheduled", data)


def due_now(app: App, stream: Stream, milestone: str) -> str:
    """Return the date in force now, else the newest that was agreed."""
    where = "engagement = ? AND milestone = ?"
    rows = app.model().rows("milestones", where, (stream.partition("/")[2], milestone), order="sequence")
    if not rows:
        raise Refused(f"{milestone} has no date yet.", advice=f'engage agreed {milestone} "TITLE" --due WHEN')
    return str(next((row for row in rows if row["is_current"]), rows[-1])["due"])


def _judge(
    app: App, envelope: Envelope, words: tuple[str, ...], verdict: str, who: str | None, because: str | None
) -> None:
    by = Need(f"Who {verdict} it?", "--by WHO", who, likely=last_spoken_to)
    stream, state, (name, judge) = needed(app, words, _which(f"What was {verdict}?"), by)
    data = {
        "milestone_id": thing(state, "milestone", name),
        "verdict": verdict,
        "by": contacts(app, state, [judge])[0],
        "reasons": because,
    }
    _record(app, envelope, stream, "milestone-judged", data)


def _which(asks: str) -> Need:
    return Need(asks, "MILESTONE", likely=only_milestone, check=a_thing("milestone"))


def _record(
    app: App, envelope: Envelope, stream: Stream, event_type: str, data: Mapping[str, JSON | None], then: str = ""
) -> None:
    receipts = app.record(envelope.draft(app, event_type, stream, data))
    recorded(
        app,
        receipts,
        as_json=envelope.as_json,
        after=lambda model: After(after_milestone(app, model, stream, str(data["milestone_id"])), then),
    )
