"""The client as an organisation, gifts and ideas, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.events import (
    AccountPlanApproved,
    ClientFitAssessed,
    ContactDeparted,
    ExitConsidered,
    ExitDecided,
    GiftRecorded,
    IdeaDecided,
    IdeaOffered,
    KnowledgeNoted,
    ProspectDeclined,
)
from ledger_projections.days import day_words
from ledger_projections.wording import actor, money_words, people, person, scores_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger_projections.view import View


def _departed(fact: Fact[ContactDeparted], view: View) -> str:
    event = fact.event
    after = f", {person(view, event.successor)} follows" if event.successor else ""
    return f"{person(view, event.contact)} leaves {day_words(event.leaves_on, fact.when)}{after}"


def _fit(fact: Fact[ClientFitAssessed], view: View) -> str:
    event = fact.event
    scores = f": {scores_words(event.criteria, event.scale)}" if event.criteria else ""
    return f"client assessed as {event.verdict}{scores}"


def _plan(fact: Fact[AccountPlanApproved], view: View) -> str:
    event = fact.event
    goals = ", ".join(objective["objective_id"] for objective in event.objectives)
    valid = f"valid until {day_words(event.valid_until, fact.when)}"
    return f"account plan v{event.version} approved by {actor(view, event.approved_by)}, {valid}{f': {goals}' if goals else ''}"


def _gift(fact: Fact[GiftRecorded], view: View) -> str:
    event = fact.event
    sides = [person(view, event.counterpart), actor(view, event.our_person)]
    giver, taker = sides if event.direction == "to_us" else reversed(sides)
    worth = f"{'about ' if event.estimated else ''}{money_words(event.value)}"
    approved = f", approved by {actor(view, event.approved_by)}" if event.approved_by else ""
    return f"{event.kind} {event.gift_id} of {worth} from {giver} to {taker} {event.decision}{approved}"


def _declined(fact: Fact[ProspectDeclined], view: View) -> str:
    to = fact.event.referred_to
    return f"declined to work for them{f', referred to {to}' if to else ''}"


def _offered(fact: Fact[IdeaOffered], view: View) -> str:
    event = fact.event
    goal = f", for {event.client_goal}" if event.client_goal else ""
    return f"idea {event.idea_id} offered to {people(view, event.to) or 'the client'}{goal}"


def _decided(fact: Fact[IdeaDecided], view: View) -> str:
    return f"idea {fact.event.idea_id} {fact.event.outcome}"


def _noted(fact: Fact[KnowledgeNoted], view: View) -> str:
    return f"noted about {fact.event.topic.replace('_', ' ')}"


def _considered(fact: Fact[ExitConsidered], view: View) -> str:
    return f"leaving considered: pain {fact.event.pain}, benefit {fact.event.benefit}"


def _exit(fact: Fact[ExitDecided], view: View) -> str:
    to = fact.event.referred_to
    return f"decided to {'stay' if fact.event.decision == 'stay' else 'leave'}{f', referred to {to}' if to else ''}"


SAYINGS: Mapping[type[Event], Callable[[Fact[Any], View], str]] = {
    ContactDeparted: _departed,
    ClientFitAssessed: _fit,
    AccountPlanApproved: _plan,
    GiftRecorded: _gift,
    ProspectDeclined: _declined,
    IdeaOffered: _offered,
    IdeaDecided: _decided,
    KnowledgeNoted: _noted,
    ExitConsidered: _considered,
    ExitDecided: _exit,
}
