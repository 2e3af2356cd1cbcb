"""What was taken to be so and was to be tested by now (P46)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger.standing import assumptions_of
from ledger_projections.alerts.alert import Alert, recording
from ledger_projections.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.standing import Known
    from ledger_projections.view import View


def assumption_alerts(view: View, known: Known) -> Iterator[Alert]:
    """Yield an alert for each assumption, from the close of the day by which it was to be tested."""
    for assumed in assumptions_of(known, parse_instant(view.as_of)):
        event = assumed.recorded.event
        if assumed.test_by is None or not view.concerns("assumption", event.assumption_id):
            continue
        rests = ", ".join(fact.event.milestone_id for fact in assumed.milestones)
        yield Alert(
            "A-assumption-untested",
            "P46",
            f"assumption:{event.assumption_id}",
            raised=assumed.test_by,
            since=assumed.test_by,
            says=f"{event.assumption_id} {quoted(event.statement)} not tested".replace("  ", " "),
            also=f"{rests} rests on it" if rests else "",
            command=recording(view, "assumption-tested", "--assumption-id", event.assumption_id),
            deadline=assumed.test_by,
            cleared=assumed.tested_at,
            calendar=known.calendar(assumed.test_by).name,
            facts=assumed.facts,
        )
