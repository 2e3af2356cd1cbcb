"""What is known of one stream at one moment: all that a row may be made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ledger.account import Account
from ledger.events import AgreementSigned, AuthorityChanged, EngagementClosed, EntryCorrected, PolicySet
from ledger.standing import Known

if TYPE_CHECKING:
    from ledger.calendars import Calendar
    from ledger.engagement import Engagement
    from ledger.facts import Fact
    from ledger.practice import Practice
    from ledger.values import Stream


@dataclass(frozen=True, slots=False)
class View:
    """A stream, its account and our practice, each folded with texts, as of an instant.

    For a stream of an account *engagement* is None; for the stream of the practice *account* is None too.
    """

    stream: Stream
    as_of: str
    engagement: Engagement | None
    account: Account | None
    practice: Practice

    @cached_property
    def state(self) -> Engagement | Account | Practice:
        """The aggregate of the stream itself."""
        return self.engagement or self.account or self.practice

    @cached_property
    def known(self) -> Known | None:
        """What stands and counts of the engagement."""
        return Known(self.engagement, self.account or Account(), self.practice) if self.engagement else None

    @cached_property
    def floor(self) -> int:
        """The newest entry that any row may have changed with: a correction, a policy, an authority, a signature, the close."""
        governing = (EntryCorrected, PolicySet, AuthorityChanged, AgreementSigned, EngagementClosed)
        states = [state for state in (self.engagement, self.account, self.practice) if state is not None]
        facts: list[Fact[Any]] = [fact for state in states for fact in state.history]
        return max((fact.entry.position for fact in facts if isinstance(fact.event, governing)), default=0)

    @cached_property
    def alias(self) -> str | None:
        """What people call the engagement."""
        return self.engagement.opened.event.alias if self.engagement and self.engagement.opened else None

    @cached_property
    def account_alias(self) -> str | None:
        """What people call the account."""
        return self.account.opened.event.alias if self.account and self.account.opened else None

    def calendar(self, name: str, day: str) -> Calendar:
        """Return the calendar called *name* as valid on *day*."""
        return self.practice.calendar(name, day)
