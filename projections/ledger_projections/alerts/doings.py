"""What we said we would do, what we feel and have not said, and what was said and is not settled (P34, P37, P43)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger.standing import days_after, falls, midnight, misgivings_of, undertakings_of
from ledger_projections.alerts.alert import Alert, command, first, recording
from ledger_projections.days import day_words
from ledger_projections.wording import quoted, who

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ledger.standing import Known, Misgiving
    from ledger_projections.view import View


def action_alerts(view: View, known: Known) -> Iterator[Alert]:
    """Yield an alert for each action, from the day it is due."""
    for action in undertakings_of(known, view.dialogue, parse_instant(view.as_of)):
        event, calendar = action.agreed.event, known.calendar(known.at(action.agreed))
        if view.concerns("action", event.action_id):
            raised = midnight(calendar, event.due)
            yield Alert(
                "A-action-due",
                "P43",
                f"action:{event.action_id}",
                raised=raised,
                since=action.due_at,
                says=f"{event.action_id} of {who(view, event.owner)} is due",
                also=f"{quoted(event.what)} by {day_words(event.due, action.agreed.when)}".strip(),
                command=_done(view, event.action_id),
                deadline=action.due_at,
                cleared=action.done,
                calendar=calendar.name,
                facts=action.facts,
            )


def concern_alerts(view: View, known: Known) -> Iterator[Alert]:
    """Yield an alert for each concern that was felt, or is open, for longer than our policies let it."""
    for concern in misgivings_of(known, view.dialogue, parse_instant(view.as_of)):
        name = concern.concern_id
        if not view.concerns("concern", name):
            continue
        if concern.felt is not None:
            unraised = _waiting(known, concern, concern.felt, "unraised_bd")
            yield unraised._replace(
                signal="A-unraised",
                practice="P34",
                says=f"{name} felt, not raised: {concern.said.event.topic}",
                command=command(view, "concern", f"--raised {name}"),
                cleared=first(concern.raised, concern.resolved),
            )
        if concern.raised is not None:
            yield _waiting(known, concern, concern.raised, "concern_open_bd")._replace(
                says=f"{name} raised, not settled: {concern.said.event.topic}",
                command=command(view, "concern", f"--resolved {name}"),
            )


def _waiting(known: Known, concern: Misgiving, since: datetime, policy: str) -> Alert:
    """Return a concern that stands since a moment for longer than *policy* lets it."""
    calendar = known.calendar(since)
    day = calendar.day_of(since)
    return Alert(
        "A-concern-open",
        "P37",
        f"concern:{concern.concern_id}",
        raised=falls(calendar, days_after(calendar, day, int(known.number(policy, day)))),
        since=since,
        says="",
        command="",
        cleared=concern.resolved,
        calendar=calendar.name,
        facts=concern.facts,
    )


def _done(view: View, action_id: str) -> str:
    if view.engagement is None:
        return recording(view, "action-completed", "--action-id", action_id)
    return command(view, "action", f"--done {action_id}")
