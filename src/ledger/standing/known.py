"""An engagement with its account and our practice: which acts count, and which version of the agreement is in force."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from ledger.calendars import instant
from ledger.standing.authority import counting_changes, day_in, may, ratified
from ledger.standing.edges import falls

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from ledger.account import Account
    from ledger.calendars import Calendar
    from ledger.engagement import Engagement
    from ledger.events import AgreementSigned, AuthorityChanged, Event, MilestoneJudged, MilestoneRescheduled
    from ledger.facts import Fact
    from ledger.practice import Practice

T = TypeVar("T")

MOST = Decimal(100_000)
"""No policy counts further, in hours or days."""
AGREES_DATES = ("sign", "accept", "instruct", "make_changes")
"""Any of these lets a contact of the client agree to another date."""


@dataclass(frozen=True, slots=False)
class Known:
    """What is known of one engagement; unauthorised acts do not count until they are ratified (domain 3.3.5)."""

    engagement: Engagement
    account: Account
    practice: Practice
    found: dict[tuple[object, ...], Any] = field(default_factory=dict, compare=False, repr=False)
    """What has been worked out already: many rows ask the same."""

    def once(self, key: tuple[object, ...], find: Callable[[], T]) -> T:
        """Return what *find* answers for *key*, asking it the first time only."""
        if key not in self.found:
            self.found[key] = find()
        answer: T = self.found[key]
        return answer

    @cached_property
    def engagement_id(self) -> str:
        """The id that authorities name."""
        opened = self.engagement.opened
        return opened.entry.stream.partition("/")[2] if opened else ""

    @cached_property
    def changes(self) -> list[Fact[AuthorityChanged]]:
        """The changes of authority that count."""
        return counting_changes(self.account, self.practice)

    @cached_property
    def ratified(self) -> frozenset[str]:
        """The ids of the entries that were done without authority and cured."""
        return ratified(self.changes)

    def side(self, contact: str) -> str | None:
        """Return the side that *contact* stands on."""
        fact = self.account.contacts.get(contact)
        return fact.event.side if fact else None

    def may(self, contact: str, scope: str, moment: str) -> bool:
        """Return whether *contact* held *scope* for this engagement on the day of *moment*."""
        return may(self.changes, contact, scope, day_in(self.practice, moment), self.engagement_id)

    def lacks_sign(self, fact: Fact[AgreementSigned]) -> bool:
        """Return whether a signature was given by somebody who may not sign for that side (P09)."""
        event = fact.event
        return self.side(event.signatory) != event.signed_for or not self.may(event.signatory, "sign", fact.when)

    def lacks_accept(self, fact: Fact[MilestoneJudged]) -> bool:
        """Return whether a judgement was made by somebody who may not accept for the client (P14)."""
        return self.side(fact.event.by) != "client" or not self.may(fact.event.by, "accept", fact.when)

    def lacks_agreement(self, fact: Fact[MilestoneRescheduled]) -> bool:
        """Return whether the client neither records a new date itself, nor signs it, nor has somebody agree to it."""
        event, who = fact.event, fact.event.agreed_by
        if fact.entry.party == "client" or (event.agreement_version or 1) > 1:
            return False
        agrees = who is not None and self.side(who) == "client"
        return not (agrees and any(self.may(str(who), scope, fact.when) for scope in AGREES_DATES))

    def counts_signature(self, fact: Fact[AgreementSigned]) -> bool:
        """Return whether a signature binds its side."""
        return fact.entry.id in self.ratified or not self.lacks_sign(fact)

    def counts_judgement(self, fact: Fact[MilestoneJudged]) -> bool:
        """Return whether a judgement accepts or rejects."""
        return fact.entry.id in self.ratified or not self.lacks_accept(fact)

    def counts_reschedule(self, fact: Fact[MilestoneRescheduled]) -> bool:
        """Return whether a new date may come into force."""
        return fact.entry.id in self.ratified or not self.lacks_agreement(fact)

    @cached_property
    def signatures(self) -> Mapping[int, Mapping[str, Fact[AgreementSigned]]]:
        """The first signature of each side that counts, by version."""
        found: dict[int, dict[str, Fact[AgreementSigned]]] = {}
        for fact in self.engagement.signatures:
            if self.counts_signature(fact):
                found.setdefault(fact.event.version, {}).setdefault(fact.event.signed_for, fact)
        return found

    @cached_property
    def signed_by_both(self) -> Mapping[int, datetime]:
        """When both sides had signed, by version; those that one side has not signed are missing."""
        both = {v: sides for v, sides in self.signatures.items() if len(sides) > 1 and v in self.engagement.drafts}
        return {
            version: max(self.signed_at(version, fact) for fact in sides.values()) for version, sides in both.items()
        }

    def signed_at(self, version: int, fact: Fact[AgreementSigned]) -> datetime:
        """Return from when a signature counts, in the calendar of the *version* it signs."""
        name = self.engagement.drafts[version].event.calendar
        return falls(self.named_calendar(name, fact.when[:10]), fact.when)

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
        version = self.version_in_force(when)
        name = self.engagement.drafts[version].event.calendar if version else "default"
        return self.named_calendar(name, instant(when)[:10])

    def named_calendar(self, name: str, day: str) -> Calendar:
        """Return the calendar called *name* as valid on *day*."""
        return self.once(("calendar", name, day), lambda: self.practice.calendar(name, day))

    def number(self, policy: str, day: str) -> Decimal:
        """Return the value of a policy that is a number, as valid on *day*."""
        return min(Decimal(self.practice.policy(policy, day)), MOST)

    def at(self, fact: Fact[Event]) -> datetime:
        """Return from when a fact counts: one that has a day only, from the close of that day (domain 3.3.7)."""
        return self.instant_of(fact.when)

    def instant_of(self, moment: str) -> datetime:
        """Return the instant of *moment*: a day at its close in the calendar of the agreement in force."""
        return self.once(("instant", moment), lambda: self._instant_of(moment))

    def _instant_of(self, moment: str) -> datetime:
        rough = falls(self.named_calendar("default", moment[:10]), moment)
        return falls(self.calendar(rough), moment)
