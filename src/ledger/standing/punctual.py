"""Whether a milestone came by its date: by the one in force when it came, and by the one agreed first (P14, M04, M05)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import is_day
from ledger.standing.dates import baseline, due_in_force
from ledger.standing.edges import falls

if TYPE_CHECKING:
    from datetime import datetime

    from ledger.engagement import Milestone
    from ledger.standing.known import Known


def due_at(known: Known, milestone: Milestone, when: datetime) -> datetime | None:
    """Return when the date falls that was in force at *when*; None where none ever was."""
    date = due_in_force(known, milestone, when)
    return falls(known.calendar(when), date.due) if date else None


def first_due_at(known: Known, milestone: Milestone, when: datetime) -> datetime | None:
    """Return when the date falls that was agreed first, in the calendar that held at *when*."""
    first = baseline(milestone)
    return falls(known.calendar(when), first) if first else None


def total_bd(known: Known, milestone: Milestone, as_of: datetime) -> int | None:
    """Return how far the date in force has moved in all, in business days; None where none is in force (M04)."""
    first, current, calendar = baseline(milestone), due_in_force(known, milestone, as_of), known.calendar(as_of)
    if first is None or current is None:
        return None
    days = [due if is_day(due) else calendar.day_of(falls(calendar, due)) for due in (first, current.due)]
    return calendar.bd(*days)
