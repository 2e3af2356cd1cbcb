"""What is known of one stream at one moment: all that a row may be made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.account import Account
from ledger.engagement import Engagement
from ledger.events import (
    AgreementSigned,
    AuthorityChanged,
    ClockCorrected,
    DisclosuresErased,
    EngagementClosed,
    EntryCorrected,
    PolicySet,
)
from ledger.standing import Known
from ledger.values.frozen import Frozen
from ledger.values.lazily import lazily
from ledger_projections.owners import is_only_for

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ledger.calendars import Calendar
    from ledger.dialogue import Dialogue
    from ledger.facts import Fact
    from ledger.practice import Practice
    from ledger.values import Stream


GOVERNING = (
    EntryCorrected,
    PolicySet,
    AuthorityChanged,
    AgreementSigned,
    EngagementClosed,
    DisclosuresErased,
    ClockCorrected,
)


class View(Frozen):
    """A stream, its account and our practice, each folded with texts, as of an instant.

    For a stream of an account *engagement* is None; for the stream of the practice *account* is None too. With *only*,
    rows about other things of the stream are not asked for.
    """

    stream: Stream
    as_of: str
    engagement: Engagement | None
    account: Account | None
    practice: Practice
    only: frozenset[str] | None = None
    find_engagements: Callable[[], Sequence[Engagement]] = tuple

    def concerns(self, kind: str, name: object = "") -> bool:
        """Return whether rows about a thing are asked for."""
        return self.only is None or (f"{kind}:{name}" if name else kind) in self.only

    def concerns_any(self, kind: str) -> bool:
        """Return whether rows about any thing of a *kind* are asked for."""
        return self.only is None or any(thing.startswith(f"{kind}:") for thing in self.only)

    def narrowed(self, only: frozenset[str]) -> View:
        """Return the view that asks for rows about *only* these things: what was worked out of this one holds there too."""
        view = self.but(only=only)
        vars(view).update(vars(self) | {"only": only})
        return view

    @lazily
    def state(self) -> Engagement | Account | Practice:
        """The aggregate of the stream itself."""
        return self.engagement or self.account or self.practice

    @lazily
    def dialogue(self) -> Dialogue:
        """The engagement, else the account: whichever of them people talk in."""
        return self.engagement or self.account or Account()

    @lazily
    def known(self) -> Known | None:
        """What stands and counts of the engagement."""
        return Known(self.engagement, self.account or Account(), self.practice) if self.engagement else None

    @lazily
    def standing(self) -> Known:
        """What stands and counts, of the engagement or of an account alone."""
        return self.known or Known(Engagement(), self.account or Account(), self.practice)

    @lazily
    def opened_engagements(self) -> Sequence[Engagement]:
        """All that were opened for an account, also if they are no more its own: folded only if a row depends on them."""
        return self.find_engagements()

    @lazily
    def engagements(self) -> Sequence[Engagement]:
        """Those of an account."""
        return [state for state in self.opened_engagements if is_only_for(state, self.stream)]

    @lazily
    def governing(self) -> Fact[Any] | None:
        """The newest entry that any row may have changed with: a correction, policy, authority, signature, the close."""
        states = [state for state in (self.engagement, self.account, self.practice) if state is not None]
        newest = (state.newest[kind] for state in states for kind in GOVERNING if kind in state.newest)
        return max(newest, key=lambda fact: fact.entry.position, default=None)

    @lazily
    def floor(self) -> int:
        """The position of that entry; 0 where there is none."""
        return self.governing.entry.position if self.governing else 0

    @lazily
    def alias(self) -> str | None:
        """What people call the engagement."""
        return self.engagement.opened.event.alias if self.engagement and self.engagement.opened else None

    @lazily
    def account_alias(self) -> str | None:
        """What people call the account."""
        return self.account.opened.event.alias if self.account and self.account.opened else None

    def calendar(self, name: str, day: str) -> Calendar:
        """Return the calendar called *name* as valid on *day*."""
        return self.practice.calendar(name, day)
