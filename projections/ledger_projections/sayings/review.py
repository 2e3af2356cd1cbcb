"""Reviews, feedback asked and given, and what is done about it, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.events import (
    ActionAgreed,
    ActionCompleted,
    FeedbackGiven,
    FeedbackRequested,
    LessonRecorded,
    ReviewHeld,
    SelfAssessed,
)
from ledger_projections.days import day_words
from ledger_projections.wording import named, people, quoted, scores_words, thing_words, who

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger_projections.view import View


DECISIONS = {"continue": "to go on", "revise": "to change the terms", "end": "to end"}


def _review(fact: Fact[ReviewHeld], view: View) -> str:
    event = fact.event
    met = {"us": event.needs_met_provider, "the client": event.needs_met_client}
    scores = [f"{side} {score}" for side, score in met.items() if score]
    scale = f" (of {event.scale['min']} to {event.scale['max']})"
    needs = f", needs met: {', '.join(scores)}{scale}" if scores else ""
    attended = f" with {people(view, event.attendees)}" if event.attendees else ""
    return f"review {event.review_id} held{attended}{needs}: {DECISIONS[event.decision]}"


def _asked(fact: Fact[FeedbackRequested], view: View) -> str:
    event = fact.event
    return f"feedback {event.feedback_id} asked of {people(view, event.to) or 'the client'} for {event.wave}"


def _given(fact: Fact[FeedbackGiven], view: View) -> str:
    event = fact.event
    return f"feedback given to {people(view, event.to) or 'the client'}{', closing' if event.closing else ''}"


def _assessed(fact: Fact[SelfAssessed], view: View) -> str:
    closing = ", closing" if fact.event.closing else ""
    return f"our own assessment: {scores_words(fact.event.scores, fact.event.scale)}{closing}"


def _agreed(fact: Fact[ActionAgreed], view: View) -> str:
    event = fact.event
    what = named(event.action_id, event.what)
    due = day_words(event.due, fact.when)
    return f"action {what} agreed after {thing_words(view, event.trigger)}: {who(view, event.owner)}, due {due}"


def _completed(fact: Fact[ActionCompleted], view: View) -> str:
    return f"action {fact.event.action_id} completed"


def _lesson(fact: Fact[LessonRecorded], view: View) -> str:
    event = fact.event
    applies = f", for {event.applies_to}" if event.applies_to else ""
    lesson = f" {quoted(event.lesson)}" if event.lesson else ""
    return f"lesson{lesson} from {thing_words(view, event.source)}{applies}"


SAYINGS: Mapping[type[Event], Callable[[Fact[Any], View], str]] = {
    ReviewHeld: _review,
    FeedbackRequested: _asked,
    FeedbackGiven: _given,
    SelfAssessed: _assessed,
    ActionAgreed: _agreed,
    ActionCompleted: _completed,
    LessonRecorded: _lesson,
}
