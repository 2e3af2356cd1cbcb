"""What is taken to be so: tested or not, by when it was to be, and which milestones rest on it (P46)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.standing.edges import falls
from ledger.values.frozen import Frozen
from ledger.values.lazily import lazily

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ledger.events import AssumptionRecorded, AssumptionTested, Event, MilestoneAgreed
    from ledger.facts import Fact
    from ledger.standing.known import Known


def assumptions_of(known: Known, as_of: datetime) -> Iterator[Assumed]:
    """Yield the assumptions that were recorded."""
    for assumption in known.engagement.assumptions.values():
        if assumption.recorded is not None:
            yield Assumed(known, assumption.recorded, assumption.tested, as_of)


def resting_on(known: Known, assumption_id: str) -> list[Fact[MilestoneAgreed]]:
    """Return the milestones that cite an assumption."""
    agreed = (milestone.agreed for milestone in known.engagement.milestones.values())
    return [fact for fact in agreed if fact and assumption_id in (fact.event.assumptions or ())]


class Assumed(Frozen):
    """One assumption as it stands at *as_of*."""

    known: Known
    recorded: Fact[AssumptionRecorded]
    tested: Fact[AssumptionTested] | None
    as_of: datetime

    @lazily
    def milestones(self) -> list[Fact[MilestoneAgreed]]:
        """The milestones that cite it."""
        return resting_on(self.known, self.recorded.event.assumption_id)

    @lazily
    def test_by(self) -> datetime | None:
        """When it is to have been tested: at the close of its day."""
        day, recorded = self.recorded.event.test_by, self.known.at(self.recorded)
        return falls(self.known.calendar(recorded), day) if day else None

    @lazily
    def tested_at(self) -> datetime | None:
        """When it was tested."""
        return self.known.at(self.tested) if self.tested else None

    @property
    def state(self) -> str:
        """`held`, `failed`, `overdue` (untested past its date) or `untested`."""
        if self.tested:
            return self.tested.event.verdict
        return "overdue" if self.test_by and self.as_of > self.test_by else "untested"

    @property
    def facts(self) -> list[Fact[Event]]:
        """Return all that it stands on."""
        return [self.recorded, *([self.tested] if self.tested else []), *self.milestones]
