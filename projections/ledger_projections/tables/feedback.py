"""Feedback: one row for each score of each respondent (P39, P44, M11, M12)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ledger.events import FeedbackReceived
from ledger.standing import normalised
from ledger_projections.table import Column, Table
from ledger_projections.whose import VISIBILITY, WHOSE, row_on, whose, written
from ledger_projections.wording import person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger_projections.table import Row, Scalar
    from ledger_projections.view import View

COLUMNS = (
    *WHOSE,
    Column("answer", "text", "Id of the entry that holds the answer."),
    Column("dimension", "text", "What was scored.", example="trust"),
    Column("wave", "text", "The round it belongs to.", example="2025-q3"),
    Column("respondent", "text", "Id of the contact who answered.", example="c1"),
    Column("respondent_name", "text", "Their role.", nullable=True, example="client sponsor"),
    Column("feedback", "text", "The request it answers.", nullable=True, example="F1"),
    Column("answered_at", "instant", "When they answered."),
    Column("score", "number", "The score on its own scale.", example="8"),
    Column("scale_min", "number", "The lowest score of the scale.", example="0"),
    Column("scale_max", "number", "The highest score of the scale.", example="10"),
    Column("normalised", "number", "The score on 0 to 100 (M11).", example="80.000"),
    Column("solicited", "boolean", "1: we asked for it."),
    Column("closing", "boolean", "1: given at the close (P42)."),
    Column("verbatim", "text", "In their own words.", nullable=True),
    VISIBILITY,
)


def rows(view: View) -> Iterator[Row]:
    """Yield a row for each score."""
    if (view.engagement is None and view.account is None) or not view.concerns_any("answer"):
        return
    for fact in view.state.saying(FeedbackReceived):
        if view.concerns("answer", fact.entry.id):
            common = {
                **whose(view),
                "answer": fact.entry.id,
                "answered_at": written(view.standing.at(fact)),
                **_answer(view, fact.event),
            }
            for score in fact.event.scores:
                value = Decimal(score["score"])
                scored = {"score": value, "normalised": normalised(value, fact.event.scale)}
                yield row_on([fact], {**common, "dimension": score["dimension"], **scored})


def _answer(view: View, event: FeedbackReceived) -> dict[str, Scalar]:
    return {
        "wave": event.wave,
        "respondent": event.from_contact,
        "respondent_name": person(view, event.from_contact),
        "feedback": event.feedback_id,
        "scale_min": Decimal(event.scale["min"]),
        "scale_max": Decimal(event.scale["max"]),
        "solicited": event.solicited,
        "closing": event.closing,
        "verbatim": event.verbatim,
    }


TABLE = Table(
    "feedback",
    "One row a score: wave, dimension, respondent.",
    ("answer", "dimension"),
    COLUMNS,
    rows,
    frozenset({"engagement", "account"}),
    about=("answer", "answer:"),
)
