"""Slips that are still to be told, and warnings that nobody has acknowledged (P15)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.calendars import instant, parse_instant
from ledger.standing import Course, Progress, course_of, progress_of
from ledger_projections.alerts.alert import Alert, command, first, known_by_then
from ledger_projections.alerts.telling import acknowledging
from ledger_projections.alerts.unsaid import unsaid, unsaid_words
from ledger_projections.wording import moment_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from ledger.events import SlipReported
    from ledger.facts import Fact
    from ledger.standing import Known
    from ledger_projections.view import View


def slip_alerts(view: View, known: Known) -> Iterator[Alert]:
    """Yield what each slip calls for."""
    for slip_id, slip in known.engagement.slips.items():
        if not view.concerns("slip", slip_id):
            continue
        course = course_of(known, slip_id, parse_instant(view.as_of))
        progress = progress_of(known, known.engagement.milestones[slip.milestone_id], course.as_of)
        over, let_go = _over(known, course, progress), [progress.release.fact] if progress.release else []
        yield _undisclosed(view, course, over, let_go)
        if course.report is not None:
            yield _unacknowledged(view, course, course.report, over, let_go)


def _undisclosed(view: View, course: Course, over: datetime | None, let_go: Sequence[Fact[Any]]) -> Alert:
    since = course.aware or course.known.at(course.words[0])
    gone = unsaid(view, f"slip:{course.slip_id}") if course.told is None else ()
    return Alert(
        "A-undisclosed-slip",
        "P15",
        f"slip:{course.slip_id}",
        raised=known_by_then(since, *course.words),
        since=since,
        says=f"{course.slip.milestone_id} slip {course.slip_id} not told",
        also=" · ".join(filter(None, (_dates(course, since), unsaid_words(view, gone)))),
        command=command(view, "told", course.slip_id),
        deadline=course.term.deadline if course.term else None,
        cleared=first(course.told, over),
        calendar=course.calendar.name,
        facts=[*course.facts, *let_go, *gone],
    )


def _unacknowledged(
    view: View, course: Course, report: Fact[SlipReported], over: datetime | None, let_go: Sequence[Fact[Any]]
) -> Alert:
    told = course.told or course.as_of
    return Alert(
        "A-unacknowledged",
        "P15",
        f"slip:{course.slip_id}",
        raised=told,
        since=told,
        says=f"{course.slip.milestone_id} slip {course.slip_id} reported, not acknowledged",
        also=_dates(course, told),
        command=acknowledging(view, report),
        cleared=first(course.acknowledged, over),
        calendar=course.calendar.name,
        facts=[*course.facts, *let_go],
    )


def _dates(course: Course, beside: datetime) -> str:
    due = course.due.due if course.due else None
    words = [moment_words(date, course.calendar, instant(beside)) for date in (due, course.forecast) if date]
    return f"due {' → '.join(words)}"


def _over(known: Known, course: Course, progress: Progress) -> datetime | None:
    """Return when the slip stopped to matter: averted, a new date in force, delivered all the same, or let go."""
    return first(
        course.averted,
        course.move[0] if course.move else None,
        known.at(progress.delivered) if progress.delivered else None,
        progress.release.since if progress.release else None,
    )
