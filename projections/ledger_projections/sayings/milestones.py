"""Milestones and slips, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.events import (
    MilestoneAgreed,
    MilestoneDelivered,
    MilestoneJudged,
    MilestoneRescheduled,
    SlipAverted,
    SlipForeseen,
    SlipReported,
)
from ledger.standing import due_before
from ledger_projections.wording import named, people, person, when_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger_projections.view import View


def _agreed(fact: Fact[MilestoneAgreed], view: View) -> str:
    return f"{named(fact.event.milestone_id, fact.event.title)} agreed, due {when_words(fact, view, fact.event.due)}"


def _foreseen(fact: Fact[SlipForeseen], view: View) -> str:
    event = fact.event
    return f"slip {event.slip_id} foreseen: {event.milestone_id} {_from_due(fact, view)}{_day(fact, view)}"


def _reported(fact: Fact[SlipReported], view: View) -> str:
    event = fact.event
    who = people(view, event.to) or "the client"
    known = view.engagement.slips.get(event.slip_id) if view.engagement else None
    opens = known is None or not known.foreseen
    dates = f": {event.milestone_id} {_from_due(fact, view)}{_day(fact, view)}" if opens else ""
    return f"told {who} of {event.slip_id}{f' by {event.channel}' if event.channel else ''}{dates}"


def _averted(fact: Fact[SlipAverted], view: View) -> str:
    return f"slip {fact.event.slip_id} averted"


def _rescheduled(fact: Fact[MilestoneRescheduled], view: View) -> str:
    event = fact.event
    dates = " → ".join(when_words(fact, view, due) for due in (event.from_due, event.to_due))
    agreed = f", agreed by {person(view, event.agreed_by)}" if event.agreed_by else ""
    version = f", in v{event.agreement_version}" if event.agreement_version else ""
    return f"{event.milestone_id} rescheduled: {dates}{agreed}{version}"


def _delivered(fact: Fact[MilestoneDelivered], view: View) -> str:
    return f"{_titled(fact.event.milestone_id, view)} delivered"


def _judged(fact: Fact[MilestoneJudged], view: View) -> str:
    event = fact.event
    return f"{_titled(event.milestone_id, view)} {event.verdict} by {person(view, event.by)}"


def _titled(milestone_id: str, view: View) -> str:
    milestone = view.engagement.milestones.get(milestone_id) if view.engagement else None
    return named(milestone_id, milestone.agreed.event.title if milestone and milestone.agreed else None)


def _from_due(fact: Fact[SlipForeseen] | Fact[SlipReported], view: View) -> str:
    """Return `27 Jun → `, the date that was in force when the slip was spoken of."""
    milestone = view.engagement.milestones.get(fact.event.milestone_id) if view.engagement else None
    if view.known is None or milestone is None:
        return "→ "
    date = due_before(view.known, milestone, view.known.at(fact))
    return f"{when_words(fact, view, date.due)} → " if date else "→ "


def _day(fact: Fact[SlipForeseen] | Fact[SlipReported], view: View) -> str:
    return when_words(fact, view, fact.event.forecast)


SAYINGS: Mapping[type[Event], Callable[[Fact[Any], View], str]] = {
    MilestoneAgreed: _agreed,
    SlipForeseen: _foreseen,
    SlipReported: _reported,
    SlipAverted: _averted,
    MilestoneRescheduled: _rescheduled,
    MilestoneDelivered: _delivered,
    MilestoneJudged: _judged,
}
