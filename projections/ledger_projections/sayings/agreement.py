"""Agreements, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.events import (
    AccountOpened,
    AgreementDrafted,
    AgreementSigned,
    CadenceAgreed,
    DisputeRaised,
    EngagementClosed,
    EngagementOpened,
    ObligationAgreed,
)
from ledger_projections.wording import money_words, named, person, thing_words, when_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger_projections.view import View

CLOSED = {
    "completed": "completed",
    "mutual": "by both",
    "by_client": "by the client",
    "by_provider": "by us",
}
SIDES = {"provider": "us", "client": "the client"}


def _account_opened(fact: Fact[AccountOpened], view: View) -> str:
    return named("account opened", fact.event.name or fact.event.alias)


def _engagement_opened(fact: Fact[EngagementOpened], view: View) -> str:
    return named("engagement opened", fact.event.title or fact.event.alias)


def _drafted(fact: Fact[AgreementDrafted], view: View) -> str:
    event = fact.event
    amends = f", amends v{event.amends}" if event.amends else ""
    value = f", {money_words(event.value)}" if event.value else ""
    return f"agreement v{event.version} drafted by {SIDES[event.drafted_by]}{amends}{value}"


def _signed(fact: Fact[AgreementSigned], view: View) -> str:
    event = fact.event
    return f"agreement v{event.version} signed for {SIDES[event.signed_for]} by {person(view, event.signatory)}"


def _closed(fact: Fact[EngagementClosed], view: View) -> str:
    marks = ", ".join(f"{r['result_id']} {r['verdict'].replace('_', ' ')}" for r in fact.event.results)
    return f"engagement closed: {CLOSED[fact.event.reason]}{f' ({marks})' if marks else ''}"


def _obligation(fact: Fact[ObligationAgreed], view: View) -> str:
    event = fact.event
    owner = f" from {person(view, event.owner)}" if event.owner else ""
    blocks = f", before {', '.join(event.blocks)}" if event.blocks else ""
    return f"{named(event.obligation_id, event.title)} agreed{owner}, due {when_words(fact, view, event.due)}{blocks}"


def _cadence(fact: Fact[CadenceAgreed], view: View) -> str:
    event = fact.event
    return f"{event.kind.replace('_', '-')} {event.cadence_id} agreed: {event.rrule} from {event.starts}"


def _dispute(fact: Fact[DisputeRaised], view: View) -> str:
    about = [thing_words(view, ref) for item in fact.event.items for ref in item["about"]]
    by = "us" if fact.event.raised_by == "provider" else "client"
    return f"dispute {fact.event.dispute_id} raised by {by}: {', '.join(about) or 'nothing named'}"


SAYINGS: Mapping[type[Event], Callable[[Fact[Any], View], str]] = {
    AccountOpened: _account_opened,
    EngagementOpened: _engagement_opened,
    AgreementDrafted: _drafted,
    AgreementSigned: _signed,
    EngagementClosed: _closed,
    ObligationAgreed: _obligation,
    CadenceAgreed: _cadence,
    DisputeRaised: _dispute,
}
