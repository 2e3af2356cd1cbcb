"""The slips of an engagement as its metrics read them: their numbers are those of their course (M01 to M04)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.calendars import parse_instant
from ledger.standing import course_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.facts import Fact
    from ledger.standing import Course
    from ledger_projections.view import View

UNTOLD = "not told"
UNSTATED = "nobody said when it was known"


def courses(view: View) -> Iterator[tuple[str, Course]]:
    """Yield the course of each slip after the reference to it."""
    if view.known is not None:
        for slip_id in view.known.engagement.slips:
            yield f"slip:{slip_id}", course_of(view.known, slip_id, parse_instant(view.as_of))


def told_facts(course: Course) -> Sequence[Fact[Any]]:
    """Return what says when it was told, and against which date; of a slip that is not told, all that became of it."""
    found = (course.report, course.due and course.due.fact)
    return [fact for fact in found if fact] if course.report else course.facts


def known_facts(course: Course) -> Sequence[Fact[Any]]:
    """Return what says when it was known, if somebody did, and when it was told."""
    if course.aware_fact is None:
        return course.words
    return [course.aware_fact, course.report] if course.report else course.facts
