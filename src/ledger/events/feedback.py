"""What each side says of the work, asked for or not (P39 to P42, P44)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ledger.errors import Malformed
from ledger.events.base import Event
from ledger.values import CadenceId, ContactId, Erasable, FeedbackId, Minted, Slug, Str, Text

if TYPE_CHECKING:
    from ledger.values.records import Scale, Score


class FeedbackRequested(Event, streams="engagement account", defines="feedback"):
    """The client was asked what it thinks; no answer is a fact too (P39, P40, M09)."""

    feedback_id: Minted[FeedbackId]
    wave: Slug
    to: list[ContactId]
    instrument: Str
    dimensions: list[Slug]
    scale: Scale
    cadence_id: CadenceId | None = None

    def check(self) -> None:
        """Refuse a scale that does not rise."""
        check_scores(self.scale, [])


class FeedbackReceived(Event, streams="engagement account"):
    """Scores on a declared scale, asked for or not (P39, P42, P44, M11, M12)."""

    feedback_id: FeedbackId | None = None
    wave: Slug
    from_contact: ContactId
    scale: Scale
    scores: list[Score]
    solicited: bool
    closing: bool = False
    verbatim: Erasable[Text] = None

    def check(self) -> None:
        """Refuse a score outside its scale, and a dimension scored twice."""
        check_scores(self.scale, self.scores)


class FeedbackGiven(Event, streams="engagement"):
    """What we said to the client of them (P42)."""

    to: list[ContactId]
    closing: bool = False
    text: Erasable[Text]
    key_issues: Erasable[list[Text]] = None


class SelfAssessed(Event, streams="engagement", private=True):
    """What we think of our own work, before the client says it (P41, P42, M11)."""

    scale: Scale
    scores: list[Score]
    closing: bool = False
    reasons: Erasable[Text] = None

    def check(self) -> None:
        """Refuse a score outside its scale, and a dimension scored twice."""
        check_scores(self.scale, self.scores)


def check_scores(scale: Scale, scores: list[Score]) -> None:
    """Refuse a scale that is reversed, a score outside it, and a dimension scored twice."""
    lowest, highest = Decimal(scale["min"]), Decimal(scale["max"])
    if lowest >= highest:
        raise Malformed(f"The scale {scale['min']} to {scale['max']} does not rise.", field="scale")
    for score in scores:
        if not lowest <= Decimal(score["score"]) <= highest:
            said = f"{score['dimension']}={score['score']}"
            raise Malformed(f"Score {said} is outside the scale {scale['min']} to {scale['max']}.", field="scores")
    if len({score["dimension"] for score in scores}) < len(scores):
        raise Malformed("A dimension is scored twice.", field="scores")
