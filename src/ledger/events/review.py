"""What both sides look back on, and what they do about it (P13, P38, P43, P45)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ledger.events.base import Event
from ledger.events.feedback import check_scores
from ledger.values import (
    ActionId,
    CadenceId,
    ContactId,
    Day,
    Dec,
    Erasable,
    Identity,
    Minted,
    Person,
    Ref,
    ReviewId,
    Slug,
    Text,
)

if TYPE_CHECKING:
    from ledger.values.records import Benefits, Scale, Score


class ReviewHeld(Event, streams="engagement", defines="review"):
    """Both sides asked whether their needs are met, and whether to go on (P13, P38, M09, M20)."""

    review_id: Minted[ReviewId]
    cadence_id: CadenceId | None = None
    attendees: list[ContactId]
    scale: Scale
    needs_met_provider: Dec | None = None
    needs_met_client: Dec | None = None
    decision: Literal["continue", "revise", "end"]
    benefits: Erasable[Benefits] = None

    def check(self) -> None:
        """Refuse a score outside its scale."""
        sides = {"provider": self.needs_met_provider, "client": self.needs_met_client}
        scores: list[Score] = [{"dimension": side, "score": met} for side, met in sides.items() if met is not None]
        check_scores(self.scale, scores)


class ActionAgreed(Event, streams="engagement account", defines="action"):
    """Somebody does something by a day, because of what was said or found (P43, P44, M22)."""

    action_id: Minted[ActionId]
    trigger: Ref
    owner: Person
    due: Day
    what: Erasable[Text]


class ActionCompleted(Event, streams="engagement account"):
    """It was done (P43, M22)."""

    action_id: Identity[ActionId]
    outcome: Erasable[Text] = None


class LessonRecorded(Event, streams="engagement account", private=True):
    """What we learned, and from what (P45)."""

    source: Ref
    applies_to: Slug | None = None
    lesson: Erasable[Text]
