"""What happened to a slip: known, told, acknowledged, averted or overtaken by a new date (P15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.standing.dates import due_before, due_in_force, timeline
from ledger.standing.edges import falls
from ledger.values.frozen import Frozen
from ledger.values.lazily import lazily

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from ledger.calendars import Calendar
    from ledger.engagement import Slip
    from ledger.events import CommunicationAcknowledged, Event, MilestoneRescheduled, SlipForeseen, SlipReported
    from ledger.facts import Fact
    from ledger.standing.dates import DateInForce
    from ledger.standing.known import Known


class Slipped(Frozen):
    """One slip; *report* is the first time it was told."""

    known: Known
    slip_id: str
    slip: Slip
    as_of: datetime
    report: Fact[SlipReported] | None

    @lazily
    def words(self) -> list[Fact[SlipForeseen] | Fact[SlipReported]]:
        """What was said of it, in the order of the log."""
        return sorted((*self.slip.foreseen, *self.slip.reported), key=lambda fact: fact.entry.position)

    @lazily
    def told(self) -> datetime | None:
        """When the other side was first told."""
        return self.known.at(self.report) if self.report else None

    @lazily
    def calendar(self) -> Calendar:
        """The calendar in force when it was told; while untold, now."""
        return self.known.calendar(self.told or self.as_of)

    @lazily
    def aware_fact(self) -> Fact[SlipForeseen] | Fact[SlipReported] | None:
        """The fact that says the earliest when it was known; None where nobody said."""
        said = [fact for fact in self.words if fact.aware]
        return min(said, key=lambda fact: self.calendar.aware_instant(fact.aware or ""), default=None)

    @lazily
    def aware(self) -> datetime | None:
        """From when we knew (domain 3.3.7)."""
        fact = self.aware_fact
        return self.calendar.aware_instant(fact.aware) if fact and fact.aware else None

    @lazily
    def due(self) -> DateInForce | None:
        """The date in force when it was told, before any move of the same moment; while untold, now."""
        milestone = self.known.engagement.milestones[self.slip.milestone_id]
        return due_before(self.known, milestone, self.told) if self.told else self.due_when(self.as_of)

    def due_when(self, when: datetime) -> DateInForce | None:
        """Return the date that was in force at *when*."""
        return due_in_force(self.known, self.known.engagement.milestones[self.slip.milestone_id], when)

    @lazily
    def due_at(self) -> datetime | None:
        """The instant that date falls on."""
        return falls(self.calendar, self.due.due) if self.due else None

    @lazily
    def forecast(self) -> str:
        """The newest forecast."""
        return self.words[-1].event.forecast

    @lazily
    def acknowledgement(self) -> Fact[CommunicationAcknowledged] | None:
        """The first time the other side said that the warning arrived."""
        return first_acknowledgement(self.known, self.slip.reported)

    @lazily
    def acknowledged(self) -> datetime | None:
        """When that was."""
        return self.known.at(self.acknowledgement) if self.acknowledgement else None

    @lazily
    def averted(self) -> datetime | None:
        """When it was said that the slip will not come."""
        return self.known.at(self.slip.averted) if self.slip.averted else None

    @lazily
    def move(self) -> tuple[datetime, Fact[MilestoneRescheduled]] | None:
        """The first new date in force that was recorded after the slip was last spoken of, and from when it holds."""
        milestone = self.known.engagement.milestones[self.slip.milestone_id]
        moves = {move.entry.id: move for move in milestone.moves}
        for date in timeline(self.known, milestone):
            move = moves.get(date.fact.entry.id)
            if move is not None and move.entry.position > self.words[-1].entry.position:
                return date.since, move
        return None

    @lazily
    def state(self) -> str:
        """`averted`, `rescheduled`, `acknowledged`, `reported` or `undisclosed`."""
        if self.averted:
            return "averted"
        if self.move:
            return "rescheduled"
        if self.report is None:
            return "undisclosed"
        return "acknowledged" if self.acknowledgement else "reported"

    @property
    def undisclosed(self) -> bool:
        """Whether the other side is still to be told."""
        return self.state == "undisclosed"

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


def first_acknowledgement(
    known: Known, told: Iterable[Fact[Event]], *, by: str = "client"
) -> Fact[CommunicationAcknowledged] | None:
    """Return the first acknowledgement of any of *told* by somebody who is not of the side that told."""
    sender = "provider" if by == "client" else "client"
    facts = [
        fact
        for word in told
        for fact in known.engagement.acknowledgements.get(word.entry.id, ())
        if known.side(fact.event.by) != sender
    ]
    return min(facts, key=lambda fact: (known.at(fact), fact.entry.position), default=None)
