"""Which date of a milestone is in force: it moves only by a reschedule that counts, never by a forecast (P03)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ledger.engagement import Milestone
    from ledger.events import MilestoneAgreed, MilestoneRescheduled
    from ledger.facts import Fact
    from ledger.standing.known import Known

    Step = tuple[datetime, str, Fact[MilestoneAgreed] | Fact[MilestoneRescheduled]]


class DateInForce(NamedTuple):
    """A date, from when to when it held, and the fact that made it hold."""

    since: datetime
    until: datetime | None
    due: str
    fact: Fact[MilestoneAgreed] | Fact[MilestoneRescheduled]


def timeline(known: Known, milestone: Milestone) -> list[DateInForce]:
    """Return the dates that have held, oldest first; none while the version that names them is unsigned.

    What was recorded last decides from the moment it speaks of on, whatever was recorded before (domain 5, trap 1).
    """
    return known.once(("timeline", id(milestone)), lambda: _timeline(known, milestone))


def due_in_force(known: Known, milestone: Milestone, when: datetime) -> DateInForce | None:
    """Return the date that held at *when*; before the first one, the first; None where none ever held."""
    dates = timeline(known, milestone)
    for date in reversed(dates):
        if date.since <= when:
            return date
    return dates[0] if dates else None


def due_before(known: Known, milestone: Milestone, when: datetime) -> DateInForce | None:
    """Return the date that held until *when*, before any move of that very moment."""
    dates = timeline(known, milestone)
    for date in reversed(dates):
        if date.since < when:
            return date
    return dates[0] if dates else None


def baseline(milestone: Milestone) -> str | None:
    """Return the date that was agreed first."""
    return milestone.agreed.event.due if milestone.agreed else None


def _timeline(known: Known, milestone: Milestone) -> list[DateInForce]:
    dates: list[DateInForce] = []
    for since, due, fact in _steps(known, milestone):
        dates = [date for date in dates if date.since <= since]
        if dates:
            dates[-1] = dates[-1]._replace(until=since)
        dates.append(DateInForce(since, None, due, fact))
    return dates


def _steps(known: Known, milestone: Milestone) -> Iterator[Step]:
    agreed = milestone.agreed
    if agreed and (since := known.in_force_from(agreed.event.agreement_version, known.at(agreed))):
        yield since, agreed.event.due, agreed
    for move in filter(known.counts_reschedule, milestone.moves):
        if since := known.in_force_from(move.event.agreement_version, known.at(move)):
            yield since, move.event.to_due, move
