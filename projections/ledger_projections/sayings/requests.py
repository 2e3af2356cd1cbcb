"""Requests, conversations and who can be reached, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.events import (
    AvailabilityDeclared,
    ContactMade,
    HoldingReplySent,
    NewsVerified,
    PreferenceRecorded,
    RequestAnswered,
    RequestReceived,
    RequestSent,
)
from ledger_projections.wording import actor, people, person, span_words, when_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger_projections.view import View


SCOPES = {"yes": "", "no": ", out of scope", "unclear": ", perhaps out of scope"}
VERDICTS = {"confirmed": "confirmed", "refuted": "refuted", "partly": "confirmed in part"}
DETAILS = {"summary": "in summary", "normal": "in normal detail", "detailed": "in detail"}


def _contact(fact: Fact[ContactMade], view: View) -> str:
    event = fact.event
    who = f" with {people(view, event.participants)}" if event.participants else ""
    minutes = f", {event.minutes} minutes" if event.minutes else ""
    return f"{event.kind}{who}: {event.purpose.replace('_', '-')}, {event.direction}{minutes}"


def _received(fact: Fact[RequestReceived], view: View) -> str:
    event = fact.event
    scope = SCOPES[event.in_scope or "yes"]
    return f"{event.kind} {event.request_id} from {person(view, event.from_contact)} by {event.channel}{scope}"


def _sent(fact: Fact[RequestSent], view: View) -> str:
    event = fact.event
    to = people(view, event.to) or "the client"
    blocks = f", before {', '.join(event.blocks)}" if event.blocks else ""
    return f"our {event.kind} {event.request_id} to {to} by {event.channel}{blocks}"


def _held(fact: Fact[HoldingReplySent], view: View) -> str:
    event = fact.event
    return f"{event.request_id} held by {event.channel}: an answer by {when_words(fact, view, event.promised_by)}"


def _answered(fact: Fact[RequestAnswered], view: View) -> str:
    return f"{fact.event.request_id} answered by {fact.event.channel}"


def _preference(fact: Fact[PreferenceRecorded], view: View) -> str:
    event = fact.event
    return f"{person(view, event.contact)} prefers: {event.channel}, {DETAILS[event.detail_level]} ({event.source})"


def _away(fact: Fact[AvailabilityDeclared], view: View) -> str:
    event = fact.event
    to = f", told {people(view, event.to)}" if event.to else ""
    cover = f", {actor(view, event.cover)} stands in" if event.cover else ""
    return f"{actor(view, event.person)} away {span_words(event.from_on, event.to_on, fact.when)}{cover}{to}"


def _verified(fact: Fact[NewsVerified], view: View) -> str:
    return f"news {fact.event.news_id} {VERDICTS[fact.event.verdict]}"


SAYINGS: Mapping[type[Event], Callable[[Fact[Any], View], str]] = {
    ContactMade: _contact,
    RequestReceived: _received,
    RequestSent: _sent,
    HoldingReplySent: _held,
    RequestAnswered: _answered,
    PreferenceRecorded: _preference,
    AvailabilityDeclared: _away,
    NewsVerified: _verified,
}
