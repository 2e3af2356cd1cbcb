"""What one side asked of the other: the first reply, the promise, the answer, and M06 of it (P22, P23)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import hours
from ledger.events import RequestReceived
from ledger.standing.edges import falls
from ledger.standing.talk import in_time
from ledger.values.frozen import Frozen
from ledger.values.lazily import lazily

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from decimal import Decimal

    from ledger.calendars import Calendar
    from ledger.dialogue import Dialogue, Request
    from ledger.events import Event, HoldingReplySent, RequestAnswered, RequestSent
    from ledger.facts import Fact
    from ledger.standing.known import Known


class Asked(Frozen):
    """One request, of either side, as it stands at *as_of*."""

    known: Known
    asked: Fact[RequestReceived] | Fact[RequestSent]
    request: Request
    as_of: datetime

    @property
    def name(self) -> str:
        """The id that it was given, such as R7."""
        return self.asked.event.request_id

    @lazily
    def since(self) -> datetime:
        """When it was asked."""
        return self.known.at(self.asked)

    @property
    def needs_reply(self) -> bool:
        """Whether it waits for one: what we ask always does."""
        return not isinstance(self.asked.event, RequestReceived) or self.asked.event.needs_reply

    @property
    def others(self) -> list[str]:
        """The contacts who asked, or whom we asked."""
        event = self.asked.event
        return [event.from_contact] if isinstance(event, RequestReceived) else event.to

    @lazily
    def answered(self) -> datetime | None:
        """When it was answered."""
        return self.known.at(self.request.answered) if self.request.answered else None

    @lazily
    def calendar(self) -> Calendar:
        """The calendar in force when it was answered; while it is not, now."""
        return self.known.calendar(self.answered or self.as_of)

    @lazily
    def held(self) -> Sequence[Fact[HoldingReplySent]]:
        """The promises to answer it later, oldest first."""
        return in_time(self.known, self.request.held)

    @lazily
    def first_reply(self) -> Fact[HoldingReplySent] | Fact[RequestAnswered] | None:
        """The first word back: a promise, or the answer itself."""
        words: list[Fact[HoldingReplySent] | Fact[RequestAnswered]] = [*self.held, *self._answers]
        return min(words, key=lambda fact: (self.known.at(fact), fact.entry.position), default=None)

    @lazily
    def replied(self) -> datetime | None:
        """When that was."""
        return self.known.at(self.first_reply) if self.first_reply else None

    @lazily
    def promised(self) -> Sequence[datetime]:
        """When each promise falls due, in the order they were made."""
        return [falls(self.calendar, fact.event.promised_by) for fact in self.held]

    @property
    def promise_kept(self) -> bool | None:
        """Return whether the newest promise was kept; None where there is none, or it still may be."""
        if not self.promised:
            return None
        if self.answered is not None:
            return self.answered <= self.promised[-1]
        return False if self.as_of > self.promised[-1] else None

    @property
    def promises_kept(self) -> int:
        """Return how many promises the answer kept."""
        return sum(self.answered <= promised for promised in self.promised) if self.answered else 0

    @property
    def state(self) -> str:
        """`answered`, `no reply needed`, `open`, `held` or `promise broken`."""
        if self.answered is not None:
            return "answered"
        if not self.needs_reply:
            return "no reply needed"
        if not self.held:
            return "open"
        return "promise broken" if self.promise_kept is False else "held"

    @property
    def is_open(self) -> bool:
        """Whether an answer is still owed."""
        return self.needs_reply and self.answered is None

    @property
    def first_bh(self) -> Decimal | None:
        """Return the first half of M06: from the request to the first word back."""
        return None if self.first is None else hours(self.first)

    @property
    def first(self) -> int | None:
        """Return the same in microseconds."""
        return self._open_until(self.replied)

    @property
    def resolution_bh(self) -> Decimal | None:
        """Return the second half of M06: from the request to its answer."""
        return None if self.resolution is None else hours(self.resolution)

    @property
    def resolution(self) -> int | None:
        """Return the same in microseconds."""
        return self._open_until(self.answered)

    @property
    def age_bh(self) -> Decimal | None:
        """Return how long it has waited so far; None where nothing is owed any more."""
        age = self._open_until(self.as_of) if self.is_open else None
        return None if age is None else hours(age)

    @property
    def facts(self) -> list[Fact[Event]]:
        """Return all that it stands on."""
        return [self.asked, *self.held, *self._answers]

    @property
    def _answers(self) -> list[Fact[RequestAnswered]]:
        return [self.request.answered] if self.request.answered else []

    def _open_until(self, until: datetime | None) -> int | None:
        return self.calendar.business_microseconds(self.since, until) if until else None


def requests_of(known: Known, state: Dialogue, as_of: datetime) -> list[Asked]:
    """Return every request in the stream of an engagement or an account, in the order they were made."""
    requests = state.requests.values()
    return [Asked(known, request.asked, request, as_of) for request in requests if request.asked is not None]
