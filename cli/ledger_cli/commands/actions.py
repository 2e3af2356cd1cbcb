"""`action`: somebody does something by a day, because of what was said or found; and it was done (P43, M22)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ledger.values import Stream
from ledger_cli.asking.about import needed, thing
from ledger_cli.asking.likely import only
from ledger_cli.asking.missing import Need
from ledger_cli.asking.moments import parse_day
from ledger_cli.asking.options import refuse
from ledger_cli.asking.places import named_beside
from ledger_cli.asking.typed import reference
from ledger_cli.asking.whoever import anyone, me
from ledger_cli.follows.review import after_agreed, after_done
from ledger_cli.recording.envelope import act
from ledger_cli.recording.one import record_one

if TYPE_CHECKING:
    from ledger.dialogue import Action, Dialogue
    from ledger.engagement import Engagement
    from ledger_cli.app import App
    from ledger_cli.recording.envelope import Envelope

CAUSES = ("review", "feedback", "concern", "request", "news")
"""What an action mostly follows from."""


@click.command()
@click.argument("words", nargs=-1, metavar='[ENGAGEMENT] "WHAT"')
@click.option("--after", metavar="REVIEW|FEEDBACK|ENTRY", help="What it is agreed because of: V1, F2, C1, M2, #34.")
@click.option("--owner", metavar="WHO", help="Who does it, one of us or of them; me, if left out.")
@click.option("--due", metavar="DAY", help="By which day.")
@click.option("--done", metavar="[A1]", is_flag=False, flag_value="", help="It was done, instead: which.")
@click.option("--outcome", metavar="TEXT", help="What came of it, once it is done.")
@act
@click.pass_obj
def action(
    app: App,
    envelope: Envelope,
    words: tuple[str, ...],
    after: str | None,
    owner: str | None,
    due: str | None,
    done: str | None,
    outcome: str | None,
) -> None:
    """Record that somebody is to do something by a day, or that it was done.

    \b
    engage action northwind "Send the plan on Mondays." --after V1 --due fri
    engage action "Name the day." --after R1 --owner sponsor --due 2025-06-13
    engage action A1 --done --outcome "Sent since June."
    """
    if done is not None:
        refuse("What was done", after=after, owner=owner, due=due)
        _done(app, envelope, words, done, outcome)
        return
    refuse("What is still to be done", outcome=outcome)
    what = Need("What is to be done?", '"WHAT"')
    because = Need("Because of what?", "--after REF", after, likely=_newest_cause, check=_reference)
    by_when = Need("By which day?", "--due DAY", due, likely=_in_some_days, check=_day)
    stream, state, (text, cause, day) = needed(app, words, what, because, by_when)
    data = {
        "trigger": reference(app, cause),
        "owner": anyone(app, state.account, owner) if owner else me(app),
        "due": parse_day(day, app.clock(), app.zone),
        "what": text,
    }
    record_one(app, envelope, stream, "action-agreed", data, lambda model: after_agreed(app, model, stream))


def _done(app: App, envelope: Envelope, words: tuple[str, ...], done: str, outcome: str | None) -> None:
    named, others = named_beside(app, "A", done, words)
    which = Need("Which action?", "--done A1", named, likely=_open, check=_action)
    stream, state, (said,) = needed(app, others, which)
    where, name = _found(app, stream, state, said)
    data = {"action_id": name, "outcome": outcome}
    record_one(app, envelope, where, "action-completed", data, lambda model: after_done(app, model, where, name))


def _found(app: App, stream: Stream, state: Engagement, name: str) -> tuple[Stream, str]:
    """Return the action called *name*, and where it stands: in the engagement, else with its account."""
    account = app.names.account(state.account)
    if name.upper() in account.actions and name.upper() not in state.actions:
        return Stream(f"account/{state.account}"), name.upper()
    return stream, thing(state, "action", name)


def _open(app: App, state: Dialogue) -> str | None:
    """Return the one action that is not done."""
    return only(name for name, each in _known(app, state).items() if each.completed is None)


def _action(app: App, state: Dialogue, answer: str) -> object:
    """Refuse an answer that is no action of the engagement, nor of its account."""
    return answer.upper() in _known(app, state) or thing(state, "action", answer)


def _known(app: App, state: Dialogue) -> dict[str, Action]:
    from ledger.engagement import Engagement

    return {**(app.names.account(state.account).actions if isinstance(state, Engagement) else {}), **state.actions}


def _newest_cause(app: App, state: Dialogue) -> str | None:
    """Return the newest thing that actions mostly follow from."""
    found = [(fact.entry.position, name) for kind in CAUSES for name, fact in state.things.get(kind, {}).items()]
    return max(found)[1] if found else None


def _in_some_days(app: App, state: Dialogue) -> str:
    """Return the day by which the policy wants an action agreed on to be seen to."""
    today = app.calendar.day_of(app.clock())
    return app.calendar.add_days(today, int(app.names.practice.policy("action_bd", today)))


def _reference(app: App, state: Dialogue, answer: str) -> object:
    return reference(app, answer)


def _day(app: App, state: Dialogue, answer: str) -> object:
    return parse_day(answer, app.clock(), app.zone)
