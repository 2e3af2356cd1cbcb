"""Lessons: what we learned, and from what (P45)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_projections.table import Column, Row, Table
from ledger_projections.whose import VISIBILITY, WHOSE, row_on, whose, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger_projections.view import View

COLUMNS = (
    *WHOSE,
    Column("lesson", "text", "Id of the entry that holds the lesson."),
    Column("source", "text", "What it was learned from, as a reference.", example="feedback:F1"),
    Column("applies_to", "text", "Where it applies.", nullable=True, example="estimating"),
    Column("learned_at", "instant", "When it was learned."),
    Column("text", "text", "The lesson in words.", nullable=True),
    VISIBILITY,
)


def rows(view: View) -> Iterator[Row]:
    """Yield a row for each lesson."""
    for fact in view.dialogue.lessons:
        if view.concerns("lesson", fact.entry.id):
            values = {
                "lesson": fact.entry.id,
                "source": fact.event.source,
                "applies_to": fact.event.applies_to,
                "learned_at": written(view.standing.at(fact)),
                "text": fact.event.lesson,
            }
            yield row_on([fact], {**whose(view), **values})


TABLE = Table(
    "lessons",
    "One row a lesson: what we learned, and from what.",
    ("lesson",),
    COLUMNS,
    rows,
    frozenset({"engagement", "account"}),
    about=("lesson", "lesson:"),
)
