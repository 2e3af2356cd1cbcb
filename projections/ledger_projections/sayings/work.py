"""Work, its terms and what the client owes, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.events import (
    AmendmentDeclined,
    AmendmentProposed,
    AssumptionRecorded,
    AssumptionTested,
    CommitmentReleased,
    EngagementPaused,
    EngagementResumed,
    ObligationDelayNotified,
    ObligationFulfilled,
    ResultMeasured,
    WorkRecorded,
    WorkStarted,
)
from ledger_projections.days import day_words
from ledger_projections.sayings.agreement import SIDES
from ledger_projections.wording import money_words, named, person, span_words, when_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger_projections.view import View


BASES = {"signed": "on a signed agreement", "letter_of_intent": "on a letter of intent", "none": "without an agreement"}


def _proposed(fact: Fact[AmendmentProposed], view: View) -> str:
    event = fact.event
    paths = [change["path"].removeprefix("data.").replace("_", " ") for change in event.changes or ()]
    changes = f": {', '.join(paths)}" if paths else ""
    return f"agreement v{event.new_version} proposed by {SIDES[event.proposed_by]} in place of v{event.from_version}{changes}"


def _declined(fact: Fact[AmendmentDeclined], view: View) -> str:
    return f"agreement v{fact.event.new_version} declined by {SIDES[fact.event.declined_by]}"


def _started(fact: Fact[WorkStarted], view: View) -> str:
    event = fact.event
    version = f" (v{event.agreement_version})" if event.agreement_version else ""
    effort = f", {event.effort_hours} hours" if event.effort_hours else ""
    worth = f", worth {money_words(event.value)}" if event.value else ""
    return f"work started {BASES[event.basis]}{version}{effort}{worth}"


def _recorded(fact: Fact[WorkRecorded], view: View) -> str:
    event = fact.event
    what = f" on {event.milestone_id}" if event.milestone_id else ""
    worth = f", worth {money_words(event.value)}" if event.value else ""
    days = f"{event.days} day{'' if event.days == '1' else 's'}"
    return f"{days} of work{what}, {span_words(event.from_on, event.to_on, fact.when)}{worth}"


def _measured(fact: Fact[ResultMeasured], view: View) -> str:
    event = fact.event
    unit = f" {event.unit}" if event.unit else ""
    return f"result {event.result_id} measured by {SIDES[event.measured_by]}: {event.value}{unit}"


def _paused(fact: Fact[EngagementPaused], view: View) -> str:
    until = fact.event.resume_expected_on
    return f"paused by {SIDES[fact.event.by]}{f', to go on {day_words(until, fact.when)}' if until else ''}"


def _resumed(fact: Fact[EngagementResumed], view: View) -> str:
    return f"resumed by {SIDES[fact.event.by]}"


def _released(fact: Fact[CommitmentReleased], view: View) -> str:
    event = fact.event
    agreed = f", agreed by {person(view, event.agreed_by)}" if event.agreed_by else ""
    version = f", in v{event.agreement_version}" if event.agreement_version else ""
    return f"{event.released.rpartition(':')[2]} need not be kept any more{agreed}{version}"


def _delayed(fact: Fact[ObligationDelayNotified], view: View) -> str:
    event = fact.event
    now = f", now {when_words(fact, view, event.new_date)}" if event.new_date else ""
    who = f", says {person(view, event.by)}" if event.by else ""
    channel = f" by {event.channel}" if event.channel else ""
    return f"{_titled(event.obligation_id, view)} will be late{now}{who}{channel}"


def _fulfilled(fact: Fact[ObligationFulfilled], view: View) -> str:
    by = fact.event.by
    return f"{_titled(fact.event.obligation_id, view)} fulfilled{f' by {person(view, by)}' if by else ''}"


def _assumed(fact: Fact[AssumptionRecorded], view: View) -> str:
    event = fact.event
    by = f", to be tested by {day_words(event.test_by, fact.when)}" if event.test_by else ""
    return f"assumption {named(event.assumption_id, event.statement)}{by}"


def _tested(fact: Fact[AssumptionTested], view: View) -> str:
    return f"assumption {fact.event.assumption_id} {fact.event.verdict}"


def _titled(obligation_id: str, view: View) -> str:
    agreed = view.engagement.obligations.get(obligation_id) if view.engagement else None
    return named(obligation_id, agreed.event.title if agreed else None)


SAYINGS: Mapping[type[Event], Callable[[Fact[Any], View], str]] = {
    AmendmentProposed: _proposed,
    AmendmentDeclined: _declined,
    WorkStarted: _started,
    WorkRecorded: _recorded,
    ResultMeasured: _measured,
    EngagementPaused: _paused,
    EngagementResumed: _resumed,
    CommitmentReleased: _released,
    ObligationDelayNotified: _delayed,
    ObligationFulfilled: _fulfilled,
    AssumptionRecorded: _assumed,
    AssumptionTested: _tested,
}
