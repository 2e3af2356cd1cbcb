"""Milestones that are due next, and those that are overdue (P14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger.standing import Progress, due_and_soon, midnight, progress_of
from ledger_projections.alerts.alert import Alert, command, first
from ledger_projections.wording import moment_words, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.standing import DateInForce, Known
    from ledger_projections.view import View


def milestone_alerts(view: View, known: Known) -> Iterator[Alert]:
    """Yield what each milestone to be delivered calls for, or did, by the date in force and by those before it."""
    for milestone_id, milestone in known.engagement.milestones.items():
        if view.concerns("milestone", milestone_id):
            progress = progress_of(known, milestone, parse_instant(view.as_of))
            dates = {"" if date is progress.current else date.due[:10]: date for date in progress.dates}
            for occurrence, date in dates.items():
                yield from _alerts(view, known, milestone_id, progress, date, occurrence)


def _alerts(
    view: View, known: Known, milestone_id: str, progress: Progress, date: DateInForce, occurrence: str
) -> Iterator[Alert]:
    """Yield what a date calls for; one that no longer holds has the day it named as its occurrence."""
    calendar = known.calendar(parse_instant(view.as_of))
    due_at, soon_on = due_and_soon(known, calendar, date.due, parse_instant(view.as_of))
    agreed = known.engagement.milestones[milestone_id].agreed
    title = quoted(agreed.event.title if agreed else None)
    release = progress.release
    ended = (known.at(fact) for fact in (progress.delivered, progress.accepted) if fact)
    done = first(*ended, date.until, release.since if release else None)
    for signal, word, raised, ends in (
        ("A-due-next", "is due", max(midnight(calendar, soon_on), date.since), due_at),
        ("A-overdue", "is overdue", due_at, None),
    ):
        yield Alert(
            signal,
            "P14",
            f"milestone:{milestone_id}",
            raised=raised,
            since=raised,
            says=f"{milestone_id} {title} {word}".replace("  ", " "),
            also=f"due {moment_words(date.due, calendar)}",
            command=command(view, "delivered", milestone_id),
            deadline=due_at,
            cleared=first(done, ends),
            occurrence=occurrence,
            calendar=calendar.name,
            facts=[*(held.fact for held in progress.dates), *progress.ends, *([release.fact] if release else [])],
        )
