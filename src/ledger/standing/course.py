"""The course of a slip in numbers: the notice owed, and M01 to M04."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING

from ledger.calendars import day_number, hours, is_day
from ledger.standing.edges import falls
from ledger.standing.notices import Term, notice
from ledger.standing.slipped import Slipped
from ledger.values.lazily import lazily

if TYPE_CHECKING:
    from datetime import datetime

    from ledger.engagement import Milestone
    from ledger.standing.known import Known

THOUSANDTH = Decimal("0.001")


def course_of(known: Known, slip_id: str, as_of: datetime) -> Course:
    """Return the course of a slip as it stands at *as_of*."""
    return known.once(("course", slip_id, as_of), lambda: _course(known, slip_id, as_of))


def _course(known: Known, slip_id: str, as_of: datetime) -> Course:
    slip = known.engagement.slips[slip_id]
    report = min(slip.reported, key=lambda fact: (known.at(fact), fact.entry.position), default=None)
    return Course(known, slip_id, slip, as_of, report)


def open_course(known: Known, milestone: Milestone, as_of: datetime) -> Course | None:
    """Return the newest slip of *milestone* that is neither averted nor overtaken by a new date."""
    courses = (course_of(known, slip_id, as_of) for slip_id in reversed(milestone.slips))
    return next((course for course in courses if course.state not in {"averted", "rescheduled"}), None)


class Course(Slipped):
    """One slip, what happened to it, and its numbers."""

    @lazily
    def term(self) -> Term | None:
        """The notice that is owed; None while nobody said when it was known."""
        return notice(self.known, "slip", self.aware) if self.aware else None

    @property
    def lead_bd(self) -> int | None:
        """Return M01 in business days: how long before the due date it was told, below zero after it."""
        return self.calendar.bd(self._told_on, self._due_on) if self.told and self.due else None

    @property
    def lead_calendar_days(self) -> int | None:
        """Return M01 in calendar days."""
        return day_number(self._due_on) - day_number(self._told_on) if self.told and self.due else None

    @property
    def lead_bh(self) -> Decimal | None:
        """Return M01 in business hours, to the close of the due date."""
        return hours(self.calendar.signed_microseconds(self.told, self.due_at)) if self.told and self.due_at else None

    @property
    def delay_bh(self) -> Decimal | None:
        """Return M02: how long we knew before we told; of an undisclosed slip, so far."""
        until = self.told or (self.as_of if self.undisclosed else None)
        return hours(self.calendar.business_microseconds(self.aware, until)) if self.aware and until else None

    @property
    def share(self) -> Decimal | None:
        """Return M03: the share of the warning there could have been that was given."""
        if not (self.told and self.aware and self.due_at and self.aware < self.due_at):
            return None
        given = self.calendar.business_microseconds(self.told, self.due_at)
        possible = self.calendar.business_microseconds(self.aware, self.due_at)
        return min(Decimal(1), Decimal(given) / possible).quantize(THOUSANDTH, ROUND_HALF_EVEN) if possible else None

    @property
    def slip_bd(self) -> int | None:
        """Return M04: the size of the slip against the date in force when it was told."""
        return self.calendar.bd(self._due_on, self._day(self.forecast)) if self.due else None

    @property
    def ack_delay_bh(self) -> Decimal | None:
        """Return how long after it was told the other side said so."""
        if self.told is None or self.acknowledged is None:
            return None
        return hours(self.calendar.business_microseconds(self.told, self.acknowledged))

    @property
    def notice_kept(self) -> bool | None:
        """Return whether it was told in time; None while it may still be, or where no term runs."""
        if self.term is None:
            return None
        if self.told is not None:
            return self.told <= self.term.deadline
        return False if (self.ended or self.as_of) > self.term.deadline else None

    @property
    def ended(self) -> datetime | None:
        """Return when nobody need be told any more: it will not come, or a new date holds."""
        ends = (self.averted, self.move[0] if self.move else None)
        return min((end for end in ends if end), default=None)

    @property
    def _told_on(self) -> str:
        return self.calendar.day_of(self.told) if self.told else ""

    @property
    def _due_on(self) -> str:
        return self._day(self.due.due) if self.due else ""

    def _day(self, due: str) -> str:
        return due if is_day(due) else self.calendar.day_of(falls(self.calendar, due))
