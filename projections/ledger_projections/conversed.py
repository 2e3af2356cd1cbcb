"""Which rows an entry changes that is part of a conversation: what is owed, what was asked, who spoke with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.events import (
    HoldingReplySent,
    ObligationAgreed,
    ObligationDelayNotified,
    ObligationFulfilled,
    RequestAnswered,
    RequestReceived,
    RequestSent,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.standing import Known

    Find = Callable[[Fact[Any], Known], Iterable[str]]

TALK = "talk"
"""Stands for every rhythm of talk, and for the silence that our policy names."""


def _obligation(fact: Fact[Any], known: Known) -> Iterable[str]:
    return [f"obligation:{fact.event.obligation_id}"]


def _request(fact: Fact[Any], known: Known) -> Iterable[str]:
    return [f"request:{fact.event.request_id}"]


def _said(fact: Fact[Any], known: Known) -> Iterable[str]:
    return [*_request(fact, known), TALK]


CONVERSED: Mapping[type[Event], Find] = {
    ObligationAgreed: _obligation,
    ObligationDelayNotified: _obligation,
    ObligationFulfilled: _obligation,
    RequestReceived: _request,
    RequestSent: _said,
    HoldingReplySent: _said,
    RequestAnswered: _said,
}
"""What an entry of each type changes the rows of."""
