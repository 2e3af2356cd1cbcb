"""What we can take on, and how the ledger itself is kept, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.events import (
    ActorKeyRegistered,
    CapacityStated,
    ClockCorrected,
    DisclosuresErased,
    EvidenceIssued,
    LedgerCheckpointed,
    ReservesStated,
)
from ledger_projections.wording import actor, span_words, when_words, who

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger_projections.view import View


GROUNDS = {
    "request": "as somebody asked",
    "retention": "as their time was over",
    "court": "as a court ordered",
    "other": "for another reason",
}
FORMS = {"bundle": "bundle", "report": "report", "proof": "proof", "shown_to_witness": "entries shown"}


def _capacity(fact: Fact[CapacityStated], view: View) -> str:
    event = fact.event
    whose = actor(view, event.person) if event.person else "all of us"
    return f"capacity of {whose}: {event.days} days, {span_words(event.from_on, event.to_on, fact.when)}"


def _reserves(fact: Fact[ReservesStated], view: View) -> str:
    return f"reserves for {fact.event.months} months"


def _key(fact: Fact[ActorKeyRegistered], view: View) -> str:
    event = fact.event
    whose = "the ledger" if event.holder == "ledger" else who(view, event.holder.rpartition(":")[2])
    until = f" until {when_words(fact, view, event.valid_until)}" if event.valid_until else ""
    replaces = f", replaces {event.replaces}" if event.replaces else ""
    what = "revoked" if event.revoked else f"valid from {when_words(fact, view, event.valid_from)}{until}"
    return f"key {event.key_id} of {whose} {what}{replaces}"


def _checkpoint(fact: Fact[LedgerCheckpointed], view: View) -> str:
    return f"checkpoint signed at {fact.event.size:,} entries"


def _erased(fact: Fact[DisclosuresErased], view: View) -> str:
    many = len(fact.event.erased)
    return f"{many} text{'' if many == 1 else 's'} erased, {GROUNDS[fact.event.ground]}"


def _issued(fact: Fact[EvidenceIssued], view: View) -> str:
    event = fact.event
    to = f" to {event.to}" if event.to else ""
    return f"{FORMS[event.form]}{to}, of {event.size:,} entries, {event.withheld} withheld"


def _clock(fact: Fact[ClockCorrected], view: View) -> str:
    event = fact.event
    return f"clock of #{event.first_position} to #{event.last_position} corrected by {event.offset_seconds:+} seconds"


SAYINGS: Mapping[type[Event], Callable[[Fact[Any], View], str]] = {
    CapacityStated: _capacity,
    ReservesStated: _reserves,
    ActorKeyRegistered: _key,
    LedgerCheckpointed: _checkpoint,
    DisclosuresErased: _erased,
    EvidenceIssued: _issued,
    ClockCorrected: _clock,
}
