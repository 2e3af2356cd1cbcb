"""Milestones: every date that was in force, when each was moved, and when the other side was told (M01, M02, M04)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.calendars import instant, is_day, parse_instant
from ledger.standing import baseline, course_of, progress_of
from ledger.values.named import NamedTuple
from ledger_projections.pictures.picture import MOST, Picture, told_only, wall
from ledger_projections.reports.form import Line, Section
from ledger_projections.reports.marks import calendar_of, counted
from ledger_projections.wording import named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.engagement import Milestone
    from ledger.facts import Fact
    from ledger.standing import Course, Progress
    from ledger_projections.reports.source import Source

COLUMNS = ("Milestone", "What", "When", "Its date then", "Business days")
READING = (
    "A line a milestone: from the date agreed first to the one in force now, when a slip was known to us and told to the "
    "client, and when it was delivered. Business days: how far a date moved, or was going to; and how long before its date "
    "the client was told, below zero after it."
)
KNOWN, TOLD, FIRST, MOVED, DELIVERED = "known to us", "client told", "first date", "date moved", "delivered"


class Story(NamedTuple):
    """One milestone: what became of it, its slips, and by how many business days it moved (M04), and was delivered late."""

    name: str
    title: str
    milestone: Milestone
    progress: Progress
    courses: Sequence[Course]
    total: int
    late: int

    @property
    def untold(self) -> bool:
        """Whether a slip of it is known to us and not to the client."""
        return any(course.undisclosed for course in self.courses)


def picture(source: Source) -> Picture:
    """Return the milestones: those with a slip that the client is not told first, then the one that moved furthest."""
    stories = sorted(_stories(source), key=lambda s: (not s.untold, -abs(s.total), -len(s.courses), s.name))
    rows = [line for story in stories[:MOST] for line in _lines(source, story)]
    rows += told_only(line for story in stories[MOST:] for line in _lines(source, story))
    n = f"n: {counted(len(stories), 'milestone', 'milestones')}."
    section = Section(_heading(stories), [READING, n] if rows else [], COLUMNS if rows else (), rows)
    return Picture("milestones", "Milestones", section)


def _stories(source: Source) -> Iterator[Story]:
    known, when = source.known, parse_instant(source.as_of)
    for name, milestone in known.engagement.milestones.items():
        if milestone.agreed is not None:
            progress = progress_of(known, milestone, when)
            courses = [course_of(known, slip, when) for slip in milestone.slips]
            first, now = baseline(milestone), progress.current
            total = _business_days(source, first, now.due) if first and now else 0
            done = instant(known.at(progress.delivered)) if progress.delivered and now else ""
            late = max(0, _business_days(source, now.due, done)) if done and now else 0
            title = named(name, milestone.agreed.event.title)
            yield Story(name, title, milestone, progress, courses, total, late)


def _heading(stories: Sequence[Story]) -> str:
    if not stories:
        return "No milestone has been agreed"
    slips = [course for story in stories if not story.progress.delivered for course in story.courses if _open(course)]
    worst = max(slips, key=lambda course: (course.undisclosed, course.slip_bd or 0), default=None)
    first = stories[0]
    if first.total and not (worst and worst.undisclosed):
        told = _told(first.courses[-1]) if first.courses else ""
        way = "later" if first.total > 0 else "earlier"
        return f"{first.name} ends {_days(abs(first.total))} {way} than first agreed{told}"
    if worst:
        return f"{worst.slip.milestone_id} is going to be {_days(worst.slip_bd or 0)} late{_told(worst)}"
    late = max(stories, key=lambda story: story.late)
    if late.late:
        told = _told(late.courses[-1]) if late.courses else ""
        return f"{late.name} was delivered {_days(late.late)} late{told}"
    return f"No date has moved, of {counted(len(stories), 'milestone', 'milestones')}"


def _open(course: Course) -> bool:
    """Return whether a slip is still ahead."""
    return course.state not in {"averted", "rescheduled"}


def _told(course: Course) -> str:
    if course.told is None:
        return "; the client is not told yet" if course.undisclosed else ""
    lead = course.lead_bd
    if lead is None:
        return ""
    return (
        "; the client was told "
        + (f"{_days(abs(lead))} {'before' if lead > 0 else 'after'}" if lead else "on")
        + " its date"
    )


def _days(count: int) -> str:
    return counted(count, "business day", "business days")


def _lines(source: Source, story: Story) -> Iterator[Line]:
    """Yield what happened to one milestone, in the order it did."""
    found = [*_dates(source, story), *(line for course in story.courses for line in _slip(source, story, course))]
    if delivered := story.progress.delivered:
        when, due = instant(source.known.at(delivered)), story.progress.current
        found.append(_line(source, story, DELIVERED, DELIVERED, when, due.due if due else "", delivered))
    yield from sorted(found, key=lambda line: str(line.values["when"]))


def _dates(source: Source, story: Story) -> Iterator[Line]:
    agreed = story.milestone.agreed
    if agreed is not None and not story.progress.dates:
        line = _line(source, story, "first date, not in force yet", FIRST, agreed.recorded, agreed.event.due, agreed)
        yield _standing(source, line, agreed.event.due)
    before = ""
    for date in story.progress.dates:
        kind, days = (MOVED, _business_days(source, before, date.due)) if before else (FIRST, None)
        line = _line(source, story, kind, kind, instant(date.since), date.due, date.fact, days)
        yield _standing(source, line, date.due, before)
        before = date.due


def _standing(source: Source, line: Line, due: str, before: str = "") -> Line:
    """Return *line* with its mark where the date is, not when it was agreed."""
    since = {"x0": wall(source, before)} if before else {}
    return line._replace(values={**line.values, "x": wall(source, due), **since})


def _slip(source: Source, story: Story, course: Course) -> Iterator[Line]:
    known, size, lead = source.known, course.slip_bd, course.lead_bd
    for fact in course.slip.foreseen:
        when = fact.aware or fact.when
        yield _line(source, story, f"{course.slip_id} known to us", KNOWN, when, fact.event.forecast, fact, size)
        size = None
    for told in sorted(course.slip.reported, key=known.at):
        when = instant(known.at(told))
        line = _line(source, story, f"client told of {course.slip_id}", TOLD, when, told.event.forecast, told, lead)
        since = {"x0": wall(source, instant(course.aware))} if course.aware and lead is not None else {}
        yield line._replace(values={**line.values, **since})
        lead = None


def _line(
    source: Source, story: Story, what: str, kind: str, when: str, due: str, fact: Fact[Any], days: int | None = None
) -> Line:
    cells = (story.title, what, source.said(when), source.said(due), "" if days is None else str(days))
    values = {"name": story.name, "title": story.title, "kind": kind, "when": when, "x": wall(source, when)}
    return Line(cells, (int(fact.entry.position),), values=values)


def _business_days(source: Source, first: str, last: str) -> int:
    calendar = calendar_of(source)
    return calendar.bd(*(day if is_day(day) else calendar.day_of(parse_instant(day)) for day in (first, last)))
