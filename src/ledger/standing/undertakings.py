"""Actions: what set them off, by when they are to be done, and whether they were (P43, P44, M22)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.events import FeedbackReceived
from ledger.references import parse_ref
from ledger.standing.edges import falls
from ledger.values import EntryId
from ledger.values.frozen import Frozen
from ledger.values.lazily import lazily

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ledger.dialogue import Dialogue
    from ledger.events import ActionAgreed, ActionCompleted, Event
    from ledger.facts import Fact
    from ledger.standing.known import Known


def undertakings_of(known: Known, state: Dialogue, as_of: datetime) -> Iterator[Undertaking]:
    """Yield the actions of an engagement or an account that were agreed."""
    for action in state.actions.values():
        if action.agreed is not None:
            yield Undertaking(known, action.agreed, action.completed, trigger(known, state, action.agreed), as_of)


def trigger(known: Known, state: Dialogue, agreed: Fact[ActionAgreed]) -> Fact[Event] | None:
    """Return what set an action off; a request for feedback does so by its first answer.

    None where that has not come, and for what stands with another account.
    """
    kind, name = parse_ref(agreed.event.trigger)
    where, _, name = name.rpartition("#")
    opened = known.account.opened
    if where and (opened is None or opened.entry.stream != where):
        return None
    home = known.account if where or kind == "contact" else state
    match kind:
        case "feedback":
            return first_answers(known, home).get(name)
        case "entry":
            return home.facts.get(EntryId(name))
        case _:
            return home.things.get(kind, {}).get(name)


def first_answers(known: Known, state: Dialogue) -> dict[str, Fact[Event]]:
    """Return the first answer to each request for feedback."""
    return known.once(("first answers", id(state)), lambda: _first_answers(known, state))


class Undertaking(Frozen):
    """One action as it stands at *as_of*; *trigger* is what set it off."""

    known: Known
    agreed: Fact[ActionAgreed]
    completed: Fact[ActionCompleted] | None
    trigger: Fact[Event] | None
    as_of: datetime

    @lazily
    def due_at(self) -> datetime:
        """When it is due: at the close of its day."""
        return falls(self.known.calendar(self.known.at(self.agreed)), self.agreed.event.due)

    @lazily
    def done(self) -> datetime | None:
        """When it was done."""
        return self.known.at(self.completed) if self.completed else None

    @property
    def state(self) -> str:
        """`open`, `overdue`, `done` or `done late`."""
        late = (self.done or self.as_of) > self.due_at
        if self.done:
            return "done late" if late else "done"
        return "overdue" if late else "open"

    @property
    def in_time(self) -> bool | None:
        """Return whether it was done in time; None while it may still be."""
        if self.done:
            return self.done <= self.due_at
        return False if self.as_of > self.due_at else None

    @property
    def latency_bd(self) -> int | None:
        """Return M22: from what set it off to its being agreed; None where that is not known."""
        if self.trigger is None:
            return None
        agreed = self.known.at(self.agreed)
        calendar = self.known.calendar(agreed)
        return calendar.bd(calendar.day_of(self.known.at(self.trigger)), calendar.day_of(agreed))

    @property
    def facts(self) -> list[Fact[Event]]:
        """Return all that it stands on."""
        found = (self.agreed, self.completed, self.trigger)
        return [fact for fact in found if fact is not None]


def _first_answers(known: Known, state: Dialogue) -> dict[str, Fact[Event]]:
    found: dict[str, Fact[Event]] = {}
    for fact in state.saying(FeedbackReceived):
        if fact.event.feedback_id is not None:
            first = found.setdefault(fact.event.feedback_id, fact)
            if known.at(fact) < known.at(first):
                found[fact.event.feedback_id] = fact
    return found
