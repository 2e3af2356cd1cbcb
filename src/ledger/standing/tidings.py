"""The course of a piece of news in numbers: the notice owed, and M02 of it (P31)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import hours
from ledger.events import CommunicationAcknowledged, NewsLearned, NewsReported, NewsVerified
from ledger.standing.learned import Learned
from ledger.standing.notices import Term, notice
from ledger.values.lazily import lazily

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from ledger.aggregate import Aggregate
    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.standing.known import Known


def tidings_of(known: Known, state: Aggregate, as_of: datetime) -> list[Tidings]:
    """Return all news in the stream of an engagement or an account, in the order they were learned."""
    told: dict[tuple[str, str], list[Fact[NewsReported]]] = {}
    for report in state.saying(NewsReported):
        told.setdefault((report.event.news_id, report.event.kind), []).append(report)
    verified: dict[str, list[Fact[NewsVerified]]] = {}
    for verification in state.saying(NewsVerified):
        verified.setdefault(verification.event.news_id, []).append(verification)
    acks: dict[str, list[Fact[Event]]] = {}
    for ack in state.saying(CommunicationAcknowledged):
        if known.side(ack.event.by) != "provider":
            acks.setdefault(ack.event.acknowledges, []).append(ack)
    return [
        Tidings(
            known,
            as_of,
            fact,
            verified.get(fact.event.news_id, []),
            told.get((fact.event.news_id, "report"), []),
            told.get((fact.event.news_id, "update"), []),
            told.get((fact.event.news_id, "retraction"), []),
            acks,
        )
        for fact in state.saying(NewsLearned)
    ]


class Tidings(Learned):
    """One piece of news, what happened to it, and its numbers."""

    @property
    def disclosure_bh(self) -> Decimal | None:
        """Return M02 of the news: how long we knew before we told; while untold, so far."""
        return None if self.disclosure is None else hours(self.disclosure)

    @property
    def disclosure(self) -> int | None:
        """Return the same in microseconds."""
        if self.aware is None or self.dropped:
            return None
        return self.calendar.business_microseconds(self.aware, self.told or self.as_of)

    @property
    def verification(self) -> int | None:
        """Return how long after we knew it was verified, in microseconds of open time (M08)."""
        if self.aware is None or self.verified is None:
            return None
        return self.calendar.business_microseconds(self.aware, self.verified)

    @lazily
    def term(self) -> Term | None:
        """The notice that the agreement in force asks for of bad news."""
        bad = self.learned.event.polarity == "bad"
        return notice(self.known, "bad_news", self.aware) if bad and self.aware else None

    @property
    def notice_kept(self) -> bool | None:
        """Return whether it was told in time; None while it may still be, or where no term runs."""
        if self.term is None or self.dropped:
            return None
        if self.told is not None:
            return self.told <= self.term.deadline
        return False if self.as_of > self.term.deadline else None
