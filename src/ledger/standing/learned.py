"""What happened to a piece of news: learned, verified, told, acknowledged, retracted (P31, P32)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.values.frozen import Frozen
from ledger.values.lazily import lazily

if TYPE_CHECKING:
    from datetime import datetime

    from ledger.calendars import Calendar
    from ledger.events import Event, NewsLearned, NewsReported, NewsVerified
    from ledger.facts import Fact
    from ledger.standing.known import Known


class Learned(Frozen):
    """One piece of news as it stands at *as_of*; *acks* are by the id of what they acknowledge."""

    known: Known
    as_of: datetime
    learned: Fact[NewsLearned]
    verifications: list[Fact[NewsVerified]]
    reports: list[Fact[NewsReported]]
    updates: list[Fact[NewsReported]]
    retractions: list[Fact[NewsReported]]
    acks: dict[str, list[Fact[Event]]]

    @lazily
    def report(self) -> Fact[NewsReported] | None:
        """The first time it was told."""
        return min(self.reports, key=self._order, default=None)

    @property
    def admission(self) -> datetime | None:
        """When we first said that it was our mistake (P35)."""
        said = [fact for fact in (*self.reports, *self.updates, *self.retractions) if fact.event.admits_fault]
        return min((self.known.at(fact) for fact in said), default=None)

    @lazily
    def told(self) -> datetime | None:
        """When that was."""
        return self.known.at(self.report) if self.report else None

    @lazily
    def calendar(self) -> Calendar:
        """The calendar in force when it was told; while untold, now."""
        return self.known.calendar(self.told or self.as_of)

    @lazily
    def aware(self) -> datetime | None:
        """From when we knew."""
        return self.calendar.aware_instant(self.learned.aware) if self.learned.aware else None

    @lazily
    def acknowledgement(self) -> Fact[Event] | None:
        """The first time the other side said that it arrived, or that what was told of it since did."""
        words = [*self.reports, *self.updates] if self.reports else ()
        facts = [ack for word in words for ack in self.acks.get(word.entry.id, ())]
        return min(facts, key=self._order, default=None)

    @lazily
    def verified(self) -> datetime | None:
        """When it was first looked into."""
        return min((self.known.at(fact) for fact in self.verifications), default=None)

    @property
    def verdict(self) -> str | None:
        """What was found, as recorded last: `confirmed`, `refuted` or `partly`."""
        return self.verifications[-1].event.verdict if self.verifications else None

    @property
    def refuted(self) -> datetime | None:
        """When it turned out to be untrue, if that is what was found last."""
        return self.known.at(self.verifications[-1]) if self.verdict == "refuted" else None

    @property
    def retracted(self) -> datetime | None:
        """When it was first retracted."""
        return min((self.known.at(fact) for fact in self.retractions), default=None)

    @property
    def told_unverified(self) -> bool:
        """Whether it was told before it was verified, or has never been (M08)."""
        return self.told is not None and (self.verified is None or self.told < self.verified)

    @property
    def refuted_after_told(self) -> bool:
        """Whether it turned out to be untrue after it had been told (M08)."""
        return self.told is not None and self.refuted is not None and self.told < self.refuted

    @property
    def state(self) -> str:
        """`learned`, `verified`, `reported`, `acknowledged`, or what is to be done of news that was refuted."""
        if self.verdict == "refuted" and self.report is None:
            return "refuted, not passed on"
        if self.verdict == "refuted" and not self.retractions:
            return "reported then refuted: needs retraction"
        if self.acknowledgement:
            return "acknowledged"
        if self.report:
            return "reported"
        return "verified" if self.verifications else "learned"

    @property
    def dropped(self) -> bool:
        """Whether it was refuted before anybody was told: nobody need be (domain 3.3.7, M07)."""
        return self.report is None and self.verdict == "refuted"

    @property
    def facts(self) -> list[Fact[Event]]:
        """Return all that it stands on."""
        return [
            self.learned,
            *self.verifications,
            *self.reports,
            *self.updates,
            *self.retractions,
            *([self.acknowledgement] if self.acknowledgement else []),
        ]

    def _order(self, fact: Fact[Event]) -> tuple[datetime, int]:
        return self.known.at(fact), fact.entry.position
