"""Which rows an entry changes that is part of a conversation: what is owed, what was asked, who spoke with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.calendars import parse_instant
from ledger.events import (
    HoldingReplySent,
    ObligationAgreed,
    ObligationDelayNotified,
    ObligationFulfilled,
    RequestAnswered,
    RequestReceived,
    RequestSent,
)
from ledger.standing import NAMING, schedules_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.standing import Known
    from ledger_projections.view import View

    Find = Callable[[Fact[Any], Known], Iterable[str]]

TALK = "talk"
"""Stands for every rhythm of talk, and for the silence that our policy names."""


def _obligation(fact: Fact[Any], known: Known) -> Iterable[str]:
    return [f"obligation:{fact.event.obligation_id}"]


def _request(fact: Fact[Any], known: Known) -> Iterable[str]:
    return [f"request:{fact.event.request_id}"]


def _said(fact: Fact[Any], known: Known) -> Iterable[str]:
    return [*_request(fact, known), TALK]


def occurrences_kept(view: View, fact: Fact[Any]) -> Iterator[str]:
    """Yield the time of a cadence that *fact* may have kept: the one whose window it falls in."""
    cadence = getattr(fact.event, "cadence_id", None)
    if cadence is not None and isinstance(fact.event, NAMING):
        for schedule in schedules_of(view.standing, view.dialogue, parse_instant(view.as_of)):
            if schedule.cadence.event.cadence_id == cadence:
                yield f"occurrence:{cadence}/{schedule.numbered(view.standing.at(fact))}"


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
