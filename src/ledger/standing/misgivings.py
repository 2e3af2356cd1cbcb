"""Concerns: felt, raised, resolved, and how long each of these took (P34, P37, P47, M14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import hours
from ledger.standing.edges import days_after
from ledger.values.frozen import Frozen
from ledger.values.lazily import lazily

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from decimal import Decimal

    from ledger.dialogue import Concern, Dialogue
    from ledger.events import ConcernFelt, ConcernRaised, Event
    from ledger.facts import Fact
    from ledger.standing.known import Known


def misgivings_of(known: Known, state: Dialogue, as_of: datetime) -> Iterator[Misgiving]:
    """Yield the concerns of an engagement or an account that somebody felt or raised."""
    for name, concern in state.concerns.items():
        if said := concern.raised or concern.felt:
            yield Misgiving(known, name, concern, said, as_of)


class Misgiving(Frozen):
    """One concern as it stands at *as_of*; *said* says the most of what it is: the raising, else the feeling."""

    known: Known
    concern_id: str
    concern: Concern
    said: Fact[ConcernRaised] | Fact[ConcernFelt]
    as_of: datetime

    @property
    def state(self) -> str:
        """`felt`, `raised` or `resolved`."""
        if self.concern.resolved:
            return "resolved"
        return "raised" if self.concern.raised else "felt"

    @lazily
    def felt(self) -> datetime | None:
        """When we felt it."""
        return self.known.at(self.concern.felt) if self.concern.felt else None

    @lazily
    def raised(self) -> datetime | None:
        """When one side told the other."""
        return self.known.at(self.concern.raised) if self.concern.raised else None

    @lazily
    def resolved(self) -> datetime | None:
        """When it was settled."""
        return self.known.at(self.concern.resolved) if self.concern.resolved else None

    @property
    def lag_bh(self) -> Decimal | None:
        """Return how long it was felt before it was raised (M14); None where nobody said that it was felt."""
        return None if self.lag is None else hours(self.lag)

    @property
    def lag(self) -> int | None:
        """Return the same in microseconds."""
        if self.felt is None or self.raised is None:
            return None
        return self.known.calendar(self.raised).business_microseconds(self.felt, self.raised)

    @property
    def open_bd(self) -> int:
        """Return for how many business days it was open, once raised; unraised, since it was felt."""
        calendar, end = self.known.calendar(self.since), self.resolved or self.as_of
        return max(0, calendar.bd(calendar.day_of(self.since), calendar.day_of(end)))

    @lazily
    def since(self) -> datetime:
        """From when it is open: of what was raised, nothing private is told."""
        return self.known.at(self.said)

    @property
    def raise_by(self) -> str | None:
        """Return the last day on which to raise it, by our policy; None once it was raised or settled."""
        return self._last_day("unraised_bd") if self.state == "felt" else None

    @property
    def settle_by(self) -> str | None:
        """Return the last day on which to settle it, by our policy; None while it is felt only, or once settled."""
        return self._last_day("concern_open_bd") if self.state == "raised" else None

    @property
    def facts(self) -> list[Fact[Event]]:
        """Return all that it stands on."""
        found = (self.concern.felt, self.concern.raised, self.concern.resolved)
        return [fact for fact in found if fact is not None]

    def _last_day(self, policy: str) -> str:
        calendar = self.known.calendar(self.since)
        day = calendar.day_of(self.since)
        return days_after(calendar, day, int(self.known.number(policy, day)))
