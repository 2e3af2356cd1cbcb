"""What is known of an engagement: which version of the agreement is in force, and in which calendar time is counted."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from ledger.calendars import instant, is_day, parse_instant
from ledger.events import AgreementDrafted, AgreementSigned, EngagementOpened
from ledger.standing.acts import Acts
from ledger.standing.edges import falls, happened
from ledger.values.lazily import lazily

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from ledger.calendars import Calendar
    from ledger.dialogue import Dialogue
    from ledger.events import Event
    from ledger.facts import Fact

F = TypeVar("F", bound="Filed")
TIMES = (EngagementOpened, AgreementDrafted, AgreementSigned)
"""What changes in which calendar, and by which agreement, a time is told."""
MOST = Decimal(100_000)
"""No policy counts further, in hours or days."""


class Filed(Protocol):
    """Takes the facts of a stream that stand, in the order of the log; it refers to nothing but these (ADR 5)."""

    def put(self, known: Known, state: Dialogue, fact: Fact[Any]) -> None:
        """Take *fact* of *state*, which may hold later ones already."""


class Known(Acts):
    """What is known of one engagement; only acts that count have changed anything."""

    @lazily
    def instants(self) -> dict[str, datetime]:
        """When the moments that were asked for fall."""
        return {}

    @lazily
    def calendars(self) -> dict[datetime, Calendar]:
        """The calendars that were asked for."""
        return {}

    @lazily
    def drawers(self) -> dict[tuple[type[Filed], int], tuple[Any, int]]:
        """What was filed of the facts of a stream, and how many of them were."""
        return {}

    def resumed(self, now: Known) -> Known:
        """Return what is known *now*: this, less what new entries may change, if they are of what it was known of.

        When times fall stays, and so does what was filed: to be called while none of the new entries are TIMES.
        """
        if (self.engagement, self.account, self.practice) != (now.engagement, now.account, now.practice):
            return now
        self.found.clear()
        self.calendars.clear()
        return self

    def filed(self, drawer: type[F], state: Dialogue) -> F:
        """Return all facts of *state* in a *drawer* of their own: those that are new since it was asked for are put in."""
        found, done = self.drawers.get((drawer, id(state))) or (drawer(), 0)
        newest = islice(reversed(state.facts.values()), len(state.facts) - done)
        for fact in reversed([*newest]):
            found.put(self, state, fact)
        self.drawers[drawer, id(state)] = found, len(state.facts)
        return found

    @lazily
    def signatures(self) -> Mapping[int, Mapping[str, Fact[AgreementSigned]]]:
        """The first signature of each side that counts, by version."""
        found: dict[int, dict[str, Fact[AgreementSigned]]] = {}
        for fact in self.engagement.signatures:
            if self.counts_signature(fact):
                found.setdefault(fact.event.version, {}).setdefault(fact.event.signed_for, fact)
        return found

    @lazily
    def signed_by_both(self) -> Mapping[int, datetime]:
        """When both sides had signed, by version; those that one side has not signed are missing."""
        both = {v: sides for v, sides in self.signatures.items() if len(sides) > 1 and v in self.engagement.drafts}
        return {
            version: max(self.signed_at(version, fact) for fact in sides.values()) for version, sides in both.items()
        }

    def signed_at(self, version: int, fact: Fact[AgreementSigned]) -> datetime:
        """Return from when a signature counts, in the calendar of the *version* it signs."""
        name = self.engagement.drafts[version].event.calendar
        return happened(self.named_calendar(name, fact.when[:10]), fact.when)

    def version_in_force(self, when: datetime) -> int | None:
        """Return the newest version that both had signed at *when*."""
        return max((version for version, signed in self.signed_by_both.items() if signed <= when), default=None)

    def signing(self, version: int) -> str:
        """Return the state of *version*: `unsigned`, `half-signed` or `signed by both` (P09)."""
        return ("unsigned", "half-signed", "signed by both")[len(self.signatures.get(version, ()))]

    def in_force_from(self, version: int | None, otherwise: datetime) -> datetime | None:
        """Return from when what belongs to *version* holds: *otherwise* for the first or none; None if not yet."""
        return otherwise if (version or 1) == 1 else self.signed_by_both.get(version or 1)

    def calendar(self, when: datetime) -> Calendar:
        """Return the calendar of the agreement in force at *when*, else `default`."""
        found = self.calendars.get(when)
        if found is None:
            found = self.calendars[when] = self._calendar(when)
        return found

    def _calendar(self, when: datetime) -> Calendar:
        version = self.version_in_force(when) if self.signed_by_both else None
        name = self.engagement.drafts[version].event.calendar if version else "default"
        return self.practice.calendar(name, instant(when)[:10])

    def named_calendar(self, name: str, day: str) -> Calendar:
        """Return the calendar called *name* as valid on *day*."""
        return self.practice.calendar(name, day)

    def number(self, policy: str, day: str) -> Decimal:
        """Return the value of a policy that is a number, as valid on *day*."""
        return _number(self.practice.policy(policy, day))

    def at(self, fact: Fact[Event]) -> datetime:
        """Return from when a fact counts: one that has a day only, from the close of that day (domain 3.3.7)."""
        return self.instant_of(fact.when)

    def instant_of(self, moment: str) -> datetime:
        """Return the instant of *moment*: a day at its close in the calendar of the agreement in force."""
        found = self.instants.get(moment)
        if found is None:
            found = self.instants[moment] = self._instant_of(moment)
        return found

    def _instant_of(self, moment: str) -> datetime:
        if not is_day(moment):
            return parse_instant(moment)
        calendar = self.named_calendar("default", moment[:10])
        held = self.calendar(falls(calendar, moment))
        return happened(held, moment)


@lru_cache(maxsize=64)
def _number(value: str) -> Decimal:
    return min(Decimal(value), MOST)
