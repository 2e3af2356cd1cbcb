"""Concerns, and what is said in a dispute, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.events import ConcernFelt, ConcernRaised, ConcernResolved, DisputeClosed, PositionStated
from ledger_projections.sayings.agreement import SIDES
from ledger_projections.wording import people

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger_projections.view import View


OUTCOMES = {"resolved": "resolved", "withdrawn": "withdrawn", "agreed_to_differ": "left as it is: both differ"}
CONFIRMED = {None: "", True: ", it was so", False: ", it was not so"}


def _felt(fact: Fact[ConcernFelt], view: View) -> str:
    event = fact.event
    return f"concern {event.concern_id} felt: {event.topic}{' (intuition)' if event.intuition else ''}"


def _raised(fact: Fact[ConcernRaised], view: View) -> str:
    event = fact.event
    to = f" with {people(view, event.to)}" if event.to else ""
    channel = f" by {event.channel}" if event.channel else ""
    return f"concern {event.concern_id} raised by {SIDES[event.raised_by]}{to}{channel}: {event.topic}"


def _resolved(fact: Fact[ConcernResolved], view: View) -> str:
    event = fact.event
    return f"concern {event.concern_id} {OUTCOMES[event.outcome]}{CONFIRMED[event.confirmed]}"


def _position(fact: Fact[PositionStated], view: View) -> str:
    event = fact.event
    whose = "our" if event.stated_by == "provider" else "the client's"
    return f"dispute {event.dispute_id}, {event.item_id}: {whose} position stated"


def _closed(fact: Fact[DisputeClosed], view: View) -> str:
    return f"dispute {fact.event.dispute_id} {fact.event.outcome}"


SAYINGS: Mapping[type[Event], Callable[[Fact[Any], View], str]] = {
    ConcernFelt: _felt,
    ConcernRaised: _raised,
    ConcernResolved: _resolved,
    PositionStated: _position,
    DisputeClosed: _closed,
}
