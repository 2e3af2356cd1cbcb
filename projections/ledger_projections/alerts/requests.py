"""What the client asked for and is still to be answered (P22, P23)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import instant, parse_instant
from ledger.events import RequestReceived
from ledger.standing import Asked, requests_of
from ledger_projections.alerts.alert import Alert, command
from ledger_projections.wording import moment_words, person, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.standing import Known
    from ledger_projections.view import View


def request_alerts(view: View, known: Known) -> Iterator[Alert]:
    """Yield an alert for each request that waits, or waited, for an answer of ours."""
    for asked in requests_of(known, view.dialogue, parse_instant(view.as_of)):
        event = asked.asked.event
        if view.concerns("request", asked.name) and isinstance(event, RequestReceived) and event.needs_reply:
            yield _waiting(view, asked, event)


def _waiting(view: View, asked: Asked, event: RequestReceived) -> Alert:
    promised = asked.promised[-1] if asked.promised else None
    said = [quoted(event.text)]
    said += [f"promised by {moment_words(instant(promised), asked.calendar, instant(asked.since))}"] if promised else []
    return Alert(
        "A-waiting-on-us",
        "P22",
        f"request:{asked.name}",
        raised=asked.since,
        since=asked.since,
        says=f"{asked.name} from {person(view, event.from_contact)} not answered",
        also=" · ".join(part for part in said if part),
        command=command(view, "answer", asked.name),
        deadline=promised,
        cleared=asked.answered,
        calendar=asked.calendar.name,
        facts=asked.facts,
    )
