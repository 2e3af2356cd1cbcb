"""Milestones that are due next, and those that are overdue (P14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger.standing import Progress, midnight, progress_of
from ledger_projections.alerts.alert import Alert, first, named
from ledger_projections.wording import moment_words, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ledger.engagement import Milestone
    from ledger.standing import Known
    from ledger_projections.view import View


def milestone_alerts(view: View, known: Known) -> Iterator[Alert]:
    """Yield what each milestone that is not delivered calls for, or did."""
    for milestone_id, milestone in known.engagement.milestones.items():
        if not view.concerns("milestone", milestone_id):
            continue
        progress = progress_of(known, milestone, parse_instant(view.as_of))
        if progress.due_at is not None and progress.soon_on is not None and milestone.agreed is not None:
            yield from _alerts(view, known, milestone_id, milestone, progress, progress.due_at, progress.soon_on)


def _alerts(
    view: View,
    known: Known,
    milestone_id: str,
    milestone: Milestone,
    progress: Progress,
    due_at: datetime,
    soon_on: str,
) -> Iterator[Alert]:
    calendar = known.calendar(parse_instant(view.as_of))
    title = quoted(milestone.agreed.event.title if milestone.agreed else None)
    due = progress.current.due if progress.current else ""
    done = first(*(known.at(fact) for fact in (progress.delivered, progress.accepted) if fact))
    soon = max(midnight(calendar, soon_on), progress.current.since if progress.current else due_at)
    for signal, word, raised, ends in (
        ("A-due-next", "is due", soon, due_at),
        ("A-overdue", "is overdue", due_at, None),
    ):
        yield Alert(
            signal,
            "P14",
            f"milestone:{milestone_id}",
            raised=raised,
            since=raised,
            says=f"{milestone_id} {title} {word}".replace("  ", " "),
            also=f"due {moment_words(due, calendar)}",
            command=f"engage delivered {named(view)} {milestone_id}",
            deadline=due_at,
            cleared=first(done, ends),
            calendar=calendar.name,
            facts=[*(date.fact for date in progress.dates), *progress.ends],
        )
