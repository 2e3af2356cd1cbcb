"""What the client says of the work (P39, P42, P44)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ledger.errors import Malformed
from ledger.events.base import Event
from ledger.values import ContactId, Erasable, FeedbackId, Slug, Text

if TYPE_CHECKING:
    from ledger.values.records import Scale, Score


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
