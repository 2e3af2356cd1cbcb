"""How far a milestone has come: delivered, accepted, rejected, late, let go (P14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from ledger.calendars import is_day
from ledger.events import Event, MilestoneDelivered, MilestoneJudged
from ledger.standing.dates import DateInForce, due_in_force, timeline
from ledger.standing.edges import days_before, falls
from ledger.standing.punctual import due_at
from ledger.standing.released import Release, release_of
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from ledger.calendars import Calendar
    from ledger.engagement import Milestone
    from ledger.facts import Fact
    from ledger.standing.known import Known

E = TypeVar("E", bound=Event)


class Progress(NamedTuple):
    """Where a milestone stands at a moment: the delivery and the judgement that stand, and the dates that held."""

    state: str
    dates: list[DateInForce]
    current: DateInForce | None
    due_at: datetime | None
    soon_on: str | None
    """The day from which it is due soon."""
    delivered: Fact[MilestoneDelivered] | None
    accepted: Fact[MilestoneJudged] | None
    ends: list[Fact[MilestoneDelivered | MilestoneJudged]]
    release: Release | None
    """From when it need not be kept any more; that may lie ahead."""

    @property
    def open(self) -> bool:
        """Whether it is still to be delivered."""
        done = self.delivered is not None or self.accepted is not None
        return not done and self.current is not None and self.state != "released"


def progress_of(known: Known, milestone: Milestone, as_of: datetime) -> Progress:
    """Return how far *milestone* has come at *as_of*."""
    return known.once(("progress", id(milestone), as_of), lambda: _progress(known, milestone, as_of))


def came(known: Known, progress: Progress) -> Fact[MilestoneDelivered] | Fact[MilestoneJudged] | None:
    """Return what says that a milestone came: its delivery, or its acceptance where that was before; None while neither is."""
    ends = [end for end in (progress.delivered, progress.accepted) if end]
    return min(ends, key=known.at, default=None)


def let_go(known: Known, progress: Progress, as_of: datetime) -> Release | None:
    """Return the release of a milestone that holds at *as_of*, and held before it came: then it was not owed."""
    release, first = progress.release, came(known, progress)
    if release is None or release.since > as_of:
        return None
    return release if first is None or release.since < known.at(first) else None


def due_and_soon(known: Known, calendar: Calendar, due: str, as_of: datetime) -> tuple[datetime, str]:
    """Return when *due* falls, and the day from which it is due soon."""
    due_at = falls(calendar, due)
    day = due if is_day(due) else calendar.day_of(due_at)
    return due_at, days_before(calendar, day, int(known.number("due_next_bd", calendar.day_of(as_of))))


def _progress(known: Known, milestone: Milestone, as_of: datetime) -> Progress:
    ends = _ends(milestone)
    word, delivered, accepted = _outcome(known, ends)
    current, calendar = due_in_force(known, milestone, as_of), known.calendar(as_of)
    due, soon_on = due_and_soon(known, calendar, current.due, as_of) if current else (None, None)
    if word == "delivered" and delivered and _late(known, milestone, known.at(delivered)):
        word = "delivered late"
    release = _release(known, milestone)
    if not (delivered or accepted) and release and release.since <= as_of:
        word = "released"
    if word == "agreed":
        word = "not in force" if due is None else _waiting(as_of, due, calendar.day_of(as_of) >= (soon_on or ""))
    return Progress(word, timeline(known, milestone), current, due, soon_on, delivered, accepted, ends, release)


def _outcome(
    known: Known, ends: Iterable[Fact[MilestoneDelivered | MilestoneJudged]]
) -> tuple[str, Fact[MilestoneDelivered] | None, Fact[MilestoneJudged] | None]:
    """Return the state, and the first delivery and acceptance that no rejection has undone: a second copy undoes neither."""
    word, delivered, accepted = "agreed", None, None
    for fact in ends:
        match fact.event:
            case MilestoneDelivered() as event:
                word, delivered = "accepted" if accepted else "delivered", _first(known, delivered, fact.saying(event))
            case MilestoneJudged() as event:
                judged = fact.saying(event)
                counts = known.counts_judgement(judged)
                if event.verdict == "accepted" and counts:
                    word, accepted = "accepted", _first(known, accepted, judged)
                elif event.verdict == "accepted":
                    word = "accepted" if accepted else "accepted without authority"
                elif counts:
                    word, delivered, accepted = "rejected", None, None
    return word, delivered, accepted


def _first(known: Known, before: Fact[E] | None, fact: Fact[E]) -> Fact[E]:
    return before if before and known.at(before) <= known.at(fact) else fact


def _release(known: Known, milestone: Milestone) -> Release | None:
    agreed = milestone.agreed
    return release_of(known, known.engagement, "milestone", agreed.event.milestone_id) if agreed else None


def _ends(milestone: Milestone) -> list[Fact[MilestoneDelivered | MilestoneJudged]]:
    if not milestone.delivered and not milestone.judged:
        return []
    ends: list[Fact[MilestoneDelivered | MilestoneJudged]] = [*milestone.delivered, *milestone.judged]
    return sorted(ends, key=lambda fact: fact.entry.position)


def _late(known: Known, milestone: Milestone, delivered: datetime) -> bool:
    due = due_at(known, milestone, delivered)
    return due is not None and delivered > due


def _waiting(as_of: datetime, due_at: datetime, soon: bool) -> str:
    if as_of > due_at:
        return "overdue"
    return "due soon" if soon else "agreed"
