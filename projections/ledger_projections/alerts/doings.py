"""What we said we would do, and what we feel and have not said (P34, P43)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger.standing import days_after, falls, midnight, misgivings_of, undertakings_of
from ledger_projections.alerts.alert import Alert, first, named
from ledger_projections.wording import day_words, quoted, who

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.standing import Known
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
                command=f"engage action {named(view)} --done {event.action_id}",
                deadline=action.due_at,
                cleared=action.done,
                calendar=calendar.name,
                facts=action.facts,
            )


def concern_alerts(view: View, known: Known) -> Iterator[Alert]:
    """Yield an alert for each concern that was felt for longer than our policy lets it, and not raised."""
    for concern in misgivings_of(known, view.dialogue, parse_instant(view.as_of)):
        if concern.felt is None or not view.concerns("concern", concern.concern_id):
            continue
        calendar = known.calendar(concern.felt)
        day = calendar.day_of(concern.felt)
        limit = int(known.number("unraised_bd", day))
        topic = concern.said.event.topic
        yield Alert(
            "A-unraised",
            "P34",
            f"concern:{concern.concern_id}",
            raised=falls(calendar, days_after(calendar, day, limit)),
            since=concern.felt,
            says=f"{concern.concern_id} felt, not raised: {topic}",
            command=f"engage concern {named(view)} --raised {concern.concern_id}",
            cleared=first(concern.raised, concern.resolved),
            calendar=calendar.name,
            facts=concern.facts,
        )
