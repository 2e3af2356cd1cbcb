"""Which acts count: unauthorised ones do not until they are ratified (P49, domain 3.3.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from ledger.standing.authority import counting_changes, day_in, may, ratified
from ledger.values.frozen import Frozen
from ledger.values.lazily import lazily

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledger.account import Account
    from ledger.engagement import Engagement
    from ledger.events import AgreementSigned, AuthorityChanged, MilestoneJudged, MilestoneRescheduled
    from ledger.facts import Fact
    from ledger.practice import Practice

T = TypeVar("T")

AGREES_DATES = ("sign", "accept", "instruct", "make_changes")
"""Any of these lets a contact of the client agree to another date."""


class Acts(Frozen):
    """An engagement with its account and our practice, and which of the acts recorded in it count."""

    engagement: Engagement
    account: Account
    practice: Practice

    @lazily
    def found(self) -> dict[tuple[object, ...], Any]:
        """What has been worked out already: many rows ask the same."""
        return {}

    def once(self, key: tuple[object, ...], find: Callable[[], T]) -> T:
        """Return what *find* answers for *key*, asking it the first time only."""
        answer: T | None = self.found.get(key)
        if answer is None:
            answer = self.found[key] = find()
        return answer

    def forget(self) -> None:
        """Let go of what has been worked out: much of it refers back, and would wait for a collection of garbage."""
        self.found.clear()

    @lazily
    def engagement_id(self) -> str:
        """The id that authorities name."""
        opened = self.engagement.opened
        return opened.entry.stream.partition("/")[2] if opened else ""

    @lazily
    def changes(self) -> list[Fact[AuthorityChanged]]:
        """The changes of authority that count."""
        return counting_changes(self.account, self.practice)

    @lazily
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

    def held(self, contact: str, scope: str, fact: Fact[Any]) -> bool:
        """Return whether *contact* held *scope* on the day of *fact*, by what was recorded before it.

        What is recorded later gives and takes nothing back: it may ratify (domain 3.3.5, ST9).
        """
        before = [change for change in self.changes if change.entry.position < fact.entry.position]
        return may(before, contact, scope, day_in(self.practice, fact.when), self.engagement_id)

    def lacks_sign(self, fact: Fact[AgreementSigned]) -> bool:
        """Return whether a signature was given by somebody who may not sign for that side (P09)."""
        event = fact.event
        return self.side(event.signatory) != event.signed_for or not self.held(event.signatory, "sign", fact)

    def lacks_accept(self, fact: Fact[MilestoneJudged]) -> bool:
        """Return whether a judgement was made by somebody who may not accept for the client (P14)."""
        return self.side(fact.event.by) != "client" or not self.held(fact.event.by, "accept", fact)

    def lacks_agreement(self, fact: Fact[MilestoneRescheduled]) -> bool:
        """Return whether the client neither records a new date itself, nor signs it, nor has somebody agree to it."""
        event, who = fact.event, fact.event.agreed_by
        if fact.entry.party == "client" or (event.agreement_version or 1) > 1:
            return False
        agrees = who is not None and self.side(who) == "client"
        return not (agrees and any(self.held(str(who), scope, fact) for scope in AGREES_DATES))

    def counts_signature(self, fact: Fact[AgreementSigned]) -> bool:
        """Return whether a signature binds its side."""
        return fact.entry.id in self.ratified or not self.lacks_sign(fact)

    def counts_judgement(self, fact: Fact[MilestoneJudged]) -> bool:
        """Return whether a judgement accepts or rejects."""
        return fact.entry.id in self.ratified or not self.lacks_accept(fact)

    def counts_reschedule(self, fact: Fact[MilestoneRescheduled]) -> bool:
        """Return whether a new date may come into force."""
        return fact.entry.id in self.ratified or not self.lacks_agreement(fact)
