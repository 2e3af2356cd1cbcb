"""The course of a slip: known, told, acknowledged, averted or overtaken by a new date, and M01 to M04 of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from ledger.calendars import day_number, hours, is_day
from ledger.standing.dates import due_before, due_in_force, timeline
from ledger.standing.edges import falls
from ledger.standing.notices import Term, notice

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from ledger.calendars import Calendar
    from ledger.engagement import Milestone, Slip
    from ledger.events import CommunicationAcknowledged, Event, MilestoneRescheduled, SlipForeseen, SlipReported
    from ledger.facts import Fact
    from ledger.standing.dates import DateInForce
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


@dataclass(frozen=True, slots=False)
class Course:
    """One slip; *report* is the first time it was told."""

    known: Known
    slip_id: str
    slip: Slip
    as_of: datetime
    report: Fact[SlipReported] | None

    @cached_property
    def words(self) -> list[Fact[SlipForeseen] | Fact[SlipReported]]:
        """What was said of it, in the order of the log."""
        return sorted((*self.slip.foreseen, *self.slip.reported), key=lambda fact: fact.entry.position)

    @cached_property
    def told(self) -> datetime | None:
        """When the other side was first told."""
        return self.known.at(self.report) if self.report else None

    @cached_property
    def calendar(self) -> Calendar:
        """The calendar in force when it was told; while untold, now."""
        return self.known.calendar(self.told or self.as_of)

    @cached_property
    def aware_fact(self) -> Fact[SlipForeseen] | Fact[SlipReported] | None:
        """The fact that says the earliest when it was known; None where nobody said."""
        said = [fact for fact in self.words if fact.aware]
        return min(said, key=lambda fact: self.calendar.aware_instant(fact.aware or ""), default=None)

    @cached_property
    def aware(self) -> datetime | None:
        """From when we knew (domain 3.3.7)."""
        fact = self.aware_fact
        return self.calendar.aware_instant(fact.aware) if fact and fact.aware else None

    @cached_property
    def due(self) -> DateInForce | None:
        """The date in force when it was told, before any move of the same moment; while untold, now."""
        milestone = self.known.engagement.milestones[self.slip.milestone_id]
        return due_before(self.known, milestone, self.told) if self.told else self.due_when(self.as_of)

    def due_when(self, when: datetime) -> DateInForce | None:
        """Return the date that was in force at *when*."""
        return due_in_force(self.known, self.known.engagement.milestones[self.slip.milestone_id], when)

    @cached_property
    def due_at(self) -> datetime | None:
        """The instant that date falls on."""
        return falls(self.calendar, self.due.due) if self.due else None

    @cached_property
    def forecast(self) -> str:
        """The newest forecast."""
        return self.words[-1].event.forecast

    @cached_property
    def acknowledgement(self) -> Fact[CommunicationAcknowledged] | None:
        """The first time the other side said that the warning arrived."""
        return first_acknowledgement(self.known, self.slip.reported)

    @cached_property
    def acknowledged(self) -> datetime | None:
        """When that was."""
        return self.known.at(self.acknowledgement) if self.acknowledgement else None

    @cached_property
    def averted(self) -> datetime | None:
        """When it was said that the slip will not come."""
        return self.known.at(self.slip.averted) if self.slip.averted else None

    @cached_property
    def move(self) -> tuple[datetime, Fact[MilestoneRescheduled]] | None:
        """The first new date in force that was recorded after the slip was last spoken of, and from when it holds."""
        milestone = self.known.engagement.milestones[self.slip.milestone_id]
        moves = {move.entry.id: move for move in milestone.moves}
        for date in timeline(self.known, milestone):
            move = moves.get(date.fact.entry.id)
            if move is not None and move.entry.position > self.words[-1].entry.position:
                return date.since, move
        return None

    @property
    def state(self) -> str:
        """`averted`, `rescheduled`, `acknowledged`, `reported` or `undisclosed`."""
        return next(
            word
            for word, reached in (
                ("averted", self.averted),
                ("rescheduled", self.move),
                ("acknowledged", self.acknowledgement),
                ("reported", self.report),
                ("undisclosed", True),
            )
            if reached
        )

    @property
    def undisclosed(self) -> bool:
        """Whether the other side is still to be told."""
        return self.state == "undisclosed"

    @cached_property
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
        if self.term is None or (self.told is None and not self.undisclosed):
            return None
        if self.told is not None:
            return self.told <= self.term.deadline
        return False if self.as_of > self.term.deadline else None

    @property
    def facts(self) -> list[Fact[Event]]:
        """Return all that its numbers stand on."""
        ends = (
            self.acknowledgement,
            self.slip.averted,
            self.move[1] if self.move else None,
            self.due and self.due.fact,
        )
        return [*self.words, *(fact for fact in ends if fact is not None)]

    @property
    def _told_on(self) -> str:
        return self.calendar.day_of(self.told) if self.told else ""

    @property
    def _due_on(self) -> str:
        return self._day(self.due.due) if self.due else ""

    def _day(self, due: str) -> str:
        return due if is_day(due) else self.calendar.day_of(falls(self.calendar, due))


def first_acknowledgement(known: Known, told: Iterable[Fact[Event]]) -> Fact[CommunicationAcknowledged] | None:
    """Return the first acknowledgement of any of *told* by somebody who is not of our own side."""
    facts = [
        fact
        for word in told
        for fact in known.engagement.acknowledgements.get(word.entry.id, ())
        if known.side(fact.event.by) != "provider"
    ]
    return min(facts, key=lambda fact: (known.at(fact), fact.entry.position), default=None)
