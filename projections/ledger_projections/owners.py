"""Whose an engagement is: the account that it was opened for, unless a correction gave it to another or took it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.events import EngagementOpened
from ledger.values import Stream

if TYPE_CHECKING:
    from ledger.engagement import Engagement


def owners(state: Engagement) -> list[Stream]:
    """Return the account that an engagement is for, as corrected, and the one it was opened for if that is another."""
    opened = (fact.event.account for fact in state.history if isinstance(fact.event, EngagementOpened))
    return [Stream(f"account/{name}") for name in dict.fromkeys((state.account, *opened)) if name]


def is_only_for(state: Engagement, account: Stream) -> bool:
    """Return whether an engagement stands and is an account's, and was never another's."""
    return bool(state.account) and owners(state) == [account]
