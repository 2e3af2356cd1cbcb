"""Which rows an entry changes that is part of a conversation: what is owed, what was asked, who spoke with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.calendars import parse_instant
from ledger.events import (
    ContactMade,
    HoldingReplySent,
    ObligationAgreed,
    ObligationDelayNotified,
    ObligationFulfilled,
    RequestAnswered,
    RequestReceived,
    RequestSent,
)
from ledger.references import parse_ref
from ledger.standing import NAMING, day_spoken, schedules_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.standing import Known
    from ledger_projections.view import View

    Find = Callable[[Fact[Any], Known], Iterable[str]]

ASKED_ABOUT = frozenset({"obligation", "feedback"})
"""What a contact is a chase of, if it was about it."""
TALK = "talk"
"""Stands for every rhythm of talk, and for the silence that our policy names."""


def _obligation(fact: Fact[Any], known: Known) -> Iterable[str]:
    return [f"obligation:{fact.event.obligation_id}"]


def _request(fact: Fact[Any], known: Known) -> Iterable[str]:
    return [f"request:{fact.event.request_id}"]


def _said(fact: Fact[Any], known: Known) -> Iterable[str]:
    return [*_request(fact, known), TALK]


def _spoke(fact: Fact[ContactMade], known: Known) -> Iterable[str]:
    yield from (f"entry:{fact.entry.id}", f"contact-day:{day_spoken(known, fact)}", TALK)
    yield from (f"contact:{contact}" for contact in fact.event.participants)
    yield from (f"{kind}:{name}" for kind, name in map(parse_ref, fact.event.about) if kind in ASKED_ABOUT)


CONVERSED: Mapping[type[Event], Find] = {
    ObligationAgreed: _obligation,
    ObligationDelayNotified: _obligation,
    ObligationFulfilled: _obligation,
    RequestReceived: _request,
    RequestSent: _said,
    HoldingReplySent: _said,
    RequestAnswered: _said,
    ContactMade: _spoke,
}
"""What an entry of each type changes the rows of."""
ORPHANED = ("request:", "obligation:", "milestone:")
"""What somebody who leaves may leave behind."""


def beside(view: View, fact: Fact[Any], things: Iterable[str]) -> Iterator[str]:
    """Yield what *fact*, which changes *things*, changes beside: the time of a cadence it may keep, who leaves them."""
    if view.account and any(thing.startswith(ORPHANED) for thing in things):
        yield from (f"contact:{contact}" for contact in view.account.departures)
    cadence = fact.event.cadence_id if isinstance(fact.event, NAMING) else None
    for schedule in schedules_of(view.standing, view.dialogue, parse_instant(view.as_of)) if cadence else ():
        if schedule.cadence.event.cadence_id == cadence:
            yield f"occurrence:{cadence}/{schedule.numbered(view.standing.at(fact))}"
