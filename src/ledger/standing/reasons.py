"""What stood in the way of a milestone: what the client owed and was late with, and the causes that somebody stated (M15).

Each is told as the open days that it covers, in one calendar, up to as_of:

- What was given before it was due is late on no day; what is still owed is late to as_of, or to when it was let go. The
  new date that a client names is a forecast, and moves nothing. What is not in force is not owed, so never late.
- A cause holds on both its ends; one without an end goes on to as_of. What was stated stands until it is corrected, also
  where the slip it belongs to is averted, or told once more with other causes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import is_day
from ledger.standing.edges import falls
from ledger.standing.owed import Owed, obligations_of
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ledger.calendars import Calendar
    from ledger.engagement import Milestone
    from ledger.events import SlipForeseen, SlipReported
    from ledger.facts import Fact
    from ledger.standing.known import Known
    from ledger.values.records import Cause

    Word = Fact[SlipForeseen] | Fact[SlipReported]

Days = frozenset[str]
NONE: Days = frozenset()


class Late(NamedTuple):
    """An obligation of the client that blocks the milestone, and the open days on which it was late."""

    owed: Owed
    days: Days


class Stated(NamedTuple):
    """A cause that was stated of a *slip* of the milestone, and the open days that it covers."""

    fact: Word
    slip: str
    cause: Cause
    days: Days


def lates_of(known: Known, milestone: str, calendar: Calendar, as_of: datetime) -> list[Late]:
    """Return the obligations that block *milestone* and are in force, in the order they were agreed."""
    blocking = known.once(("blocking", as_of), lambda: _by_milestone(known, as_of)).get(milestone, ())
    return [
        Late(owed, days_after(calendar, owed.agreed.event.due, _until(owed))) for owed in blocking if owed.is_in_force
    ]


def causes_of(known: Known, milestone: Milestone, calendar: Calendar, as_of: datetime) -> list[Stated]:
    """Return all causes that were stated of the slips of *milestone*, whosesoever they are, in the order of the log."""
    today = calendar.day_of(as_of)
    return [
        Stated(fact, slip, cause, _covered(calendar, cause, today))
        for fact, slip in sorted(_words(known, milestone), key=lambda word: word[0].entry.position)
        for cause in fact.event.causes or ()
    ]


def days_after(calendar: Calendar, due: str, until: datetime) -> Days:
    """Return the open days after the day that *due* falls on, up to the day of *until*."""
    day = due if is_day(due) else calendar.day_of(falls(calendar, due))
    return frozenset(calendar.open_days(day, calendar.day_of(until)))


def _by_milestone(known: Known, as_of: datetime) -> dict[str, list[Owed]]:
    """Return what blocks each milestone, in the order it was agreed."""
    found: dict[str, list[Owed]] = {}
    for owed in obligations_of(known, as_of):
        for milestone in dict.fromkeys(owed.agreed.event.blocks or ()):
            found.setdefault(milestone, []).append(owed)
    return found


def _until(owed: Owed) -> datetime:
    """Return when an obligation stopped being late: once given, or let go; else it still is."""
    let_go = owed.release.since if owed.release else None
    return min(moment for moment in (owed.given, let_go, owed.as_of) if moment is not None)


def _words(known: Known, milestone: Milestone) -> Iterator[tuple[Word, str]]:
    for name in milestone.slips:
        slip = known.engagement.slips[name]
        yield from ((fact, name) for fact in slip.foreseen)
        yield from ((fact, name) for fact in slip.reported)


def _covered(calendar: Calendar, cause: Cause, today: str) -> Days:
    first, last = cause["from_on"], min(cause.get("to_on", today), today)
    begun = [first] if first <= last and calendar.is_open_day(first) else []
    return frozenset([*begun, *calendar.open_days(first, last)])
