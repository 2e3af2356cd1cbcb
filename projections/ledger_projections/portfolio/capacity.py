"""More promised for a week than there is time for (P19).

The effort of a milestone falls evenly on the open days from its start, or from today, to its date in force; a capacity
evenly on the open days of its span. Weeks that no capacity was stated for are not judged.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from ledger.calendars import day_number, day_text, parse_instant
from ledger.standing import midnight, progress_of
from ledger_projections.alerts.alert import Alert, command
from ledger_projections.wording import day_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger.calendars import Calendar
    from ledger.events import MilestoneAgreed
    from ledger.facts import Fact
    from ledger_projections.view import View

LONGEST = 3 * 366
"""No span is counted further than this, in days: capacities are stated for weeks and months."""


class Promise(NamedTuple):
    """What one milestone takes of a week."""

    view: View
    agreed: Fact[MilestoneAgreed]
    days: Decimal


def overcommitted(views: Sequence[View]) -> Iterator[tuple[View, Alert]]:
    """Yield an alert for the first week of which more is promised than our policy allows."""
    ours = next((view for view in views if view.stream == "practice"), None)
    if ours is None or not ours.practice.capacities:
        return
    calendar = ours.calendar("default", ours.as_of[:10])
    today = calendar.day_of(parse_instant(ours.as_of))
    limit = Decimal(ours.practice.policy("overcommitted", today))
    capacity, promised = _capacity(ours, calendar, today), _promised(views, calendar, today)
    for week in sorted(set(capacity) & set(promised)):
        days = sum((promise.days for promise in promised[week]), Decimal(0))
        if days > limit * capacity[week]:
            yield _alert(ours, promised[week], calendar, week, days, capacity[week])
            return


def _alert(
    ours: View, promises: Sequence[Promise], calendar: Calendar, week: str, days: Decimal, capacity: Decimal
) -> tuple[View, Alert]:
    most = max(promises, key=lambda promise: promise.days)
    facts = [promise.agreed for promise in promises]
    return most.view, Alert(
        "A-overcommitted",
        "P19",
        f"milestone:{most.agreed.event.milestone_id}",
        raised=max(most.view.standing.at(fact) for fact in facts),
        since=midnight(calendar, week),
        says=f"{days:.1f} days promised in the week of {day_words(week, ours.as_of)}, there are {capacity:.1f}",
        also=f"most of it for {most.agreed.event.milestone_id}",
        command=command(most.view, "rescheduled", most.agreed.event.milestone_id),
        deadline=midnight(calendar, week),
        occurrence=week,
        facts=facts,
    )


def _capacity(ours: View, calendar: Calendar, today: str) -> Mapping[str, Decimal]:
    found: dict[str, Decimal] = defaultdict(Decimal)
    for fact in ours.practice.capacities:
        for week, days in _spread(Decimal(fact.event.days), fact.event.from_on, fact.event.to_on, calendar):
            if week >= _week(today):
                found[week] += days
    return found


def _promised(views: Sequence[View], calendar: Calendar, today: str) -> Mapping[str, Sequence[Promise]]:
    found: dict[str, list[Promise]] = defaultdict(list)
    for view in views:
        for agreed, due in _open(view):
            effort, starts = Decimal(agreed.event.effort_days or 0), max(agreed.event.starts_on or today, today)
            for week, days in _spread(effort, starts, max(starts, due[:10]), calendar):
                found[week].append(Promise(view, agreed, days))
    return found


def _open(view: View) -> Iterator[tuple[Fact[MilestoneAgreed], str]]:
    """Yield the milestones of an open engagement that are to be delivered and take some effort, each with its date."""
    if view.known is None or view.known.engagement.closed is not None:
        return
    for milestone in view.known.engagement.milestones.values():
        progress = progress_of(view.known, milestone, parse_instant(view.as_of))
        if milestone.agreed and milestone.agreed.event.effort_days and progress.open and progress.current:
            yield milestone.agreed, progress.current.due


def _spread(days: Decimal, first: str, last: str, calendar: Calendar) -> Iterator[tuple[str, Decimal]]:
    """Yield how many of *days* fall into each week, named by its Monday."""
    numbers = range(day_number(first), min(day_number(last), day_number(first) + LONGEST) + 1)
    open_days = [day for day in map(day_text, numbers) if calendar.is_open_day(day)] or [last]
    weeks: dict[str, int] = defaultdict(int)
    for day in open_days:
        weeks[_week(day)] += 1
    yield from ((week, days * count / len(open_days)) for week, count in weeks.items())


def _week(day: str) -> str:
    return day_text(day_number(day) - date.fromisoformat(day).weekday())
