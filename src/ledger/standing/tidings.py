"""The course of a piece of news: learned, told, acknowledged, and M02 of it (P31)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ledger.calendars import hours
from ledger.events import CommunicationAcknowledged, NewsLearned, NewsReported
from ledger.standing.notices import Term, notice

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from ledger.aggregate import Aggregate
    from ledger.calendars import Calendar
    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.standing.known import Known


def tidings_of(known: Known, state: Aggregate, as_of: datetime) -> list[Tidings]:
    """Return all news in the stream of an engagement or an account, in the order they were learned."""
    learned: list[tuple[Fact[Event], NewsLearned]] = []
    told: dict[str, list[Fact[Event]]] = {}
    retracted: dict[str, list[Fact[Event]]] = {}
    acks: dict[str, list[Fact[Event]]] = {}
    for fact in state.facts.values():
        match fact.event:
            case NewsLearned() as event:
                learned.append((fact, event))
            case NewsReported(kind="report") as event:
                told.setdefault(event.news_id, []).append(fact)
            case NewsReported(kind="retraction") as event:
                retracted.setdefault(event.news_id, []).append(fact)
            case CommunicationAcknowledged() as event if known.side(event.by) != "provider":
                acks.setdefault(event.acknowledges, []).append(fact)
            case _:
                pass
    return [
        Tidings(known, as_of, fact.saying(event), told.get(event.news_id, []), retracted.get(event.news_id, []), acks)
        for fact, event in learned
    ]


@dataclass(frozen=True, slots=False)
class Tidings:
    """One piece of news as it stands at *as_of*; *acks* are by the id of what they acknowledge."""

    known: Known
    as_of: datetime
    learned: Fact[NewsLearned]
    reports: list[Fact[Event]]
    retractions: list[Fact[Event]]
    acks: dict[str, list[Fact[Event]]]

    @cached_property
    def report(self) -> Fact[Event] | None:
        """The first time it was told."""
        return min(self.reports, key=self._order, default=None)

    @cached_property
    def told(self) -> datetime | None:
        """When that was."""
        return self.known.at(self.report) if self.report else None

    @cached_property
    def calendar(self) -> Calendar:
        """The calendar in force when it was told; while untold, now."""
        return self.known.calendar(self.told or self.as_of)

    @cached_property
    def aware(self) -> datetime | None:
        """From when we knew."""
        return self.calendar.aware_instant(self.learned.aware) if self.learned.aware else None

    @cached_property
    def acknowledgement(self) -> Fact[Event] | None:
        """The first time the other side said that it arrived."""
        facts = [ack for report in self.reports for ack in self.acks.get(report.entry.id, ())]
        return min(facts, key=self._order, default=None)

    @property
    def state(self) -> str:
        """`learned`, `reported` or `acknowledged`."""
        if self.acknowledgement:
            return "acknowledged"
        return "reported" if self.report else "learned"

    @property
    def disclosure_bh(self) -> Decimal | None:
        """Return M02 of the news: how long we knew before we told; while untold, so far."""
        if self.aware is None:
            return None
        return hours(self.calendar.business_microseconds(self.aware, self.told or self.as_of))

    @cached_property
    def term(self) -> Term | None:
        """The notice that the agreement in force asks for of bad news."""
        bad = self.learned.event.polarity == "bad"
        return notice(self.known, "bad_news", self.aware) if bad and self.aware else None

    @property
    def notice_kept(self) -> bool | None:
        """Return whether it was told in time; None while it may still be, or where no term runs."""
        if self.term is None:
            return None
        if self.told is not None:
            return self.told <= self.term.deadline
        return False if self.as_of > self.term.deadline else None

    @property
    def facts(self) -> list[Fact[Event]]:
        """Return all that it stands on."""
        return [
            self.learned,
            *self.reports,
            *self.retractions,
            *([self.acknowledgement] if self.acknowledgement else []),
        ]

    def _order(self, fact: Fact[Event]) -> tuple[datetime, int]:
        return self.known.at(fact), fact.entry.position
