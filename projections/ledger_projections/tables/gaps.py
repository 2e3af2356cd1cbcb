"""Gaps: what we think of our work beside what the client says of it, wave by wave (P41, M11)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ledger.standing import Gap, gaps_of
from ledger.standing.scores import rounded
from ledger_projections.table import Column, Row, Table
from ledger_projections.whose import VISIBILITY, WHOSE, row_on, whose, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger_projections.table import Scalar
    from ledger_projections.view import View

COLUMNS = (
    *WHOSE,
    Column("wave", "text", "The round of feedback.", example="2025-q3"),
    Column("dimension", "text", "What was scored.", example="trust"),
    Column("state", "text",
           "sealed: we said it before anybody of the wave answered; unsealed: only after; too old: more than"
           " self_max_age_days before; none: never. There is a gap only where it is sealed.", example="sealed"),
    Column("self_normalised", "number", "What we said, on 0 to 100.", nullable=True, example="90.000"),
    Column("client_normalised", "number", "The median of the wave's respondents, on 0 to 100.", example="75.000"),
    Column("gap", "number", "M11: ours less theirs; above zero, we think better of it than they do.", "points", nullable=True,
           example="15.000"),
    Column("respondents", "integer", "How many contacts scored it.", example="2"),
    Column("first_answered_at", "instant", "When the first answer of the wave, as recorded, was given."),
    Column("assessment", "text", "Id of the entry that holds what we said.", nullable=True),
    Column("assessed_at", "instant", "When we said it.", nullable=True),
    Column("assessment_age_days", "integer", "How old that was at the first answer.", "days", nullable=True),
    VISIBILITY,
)  # fmt: skip


def rows(view: View) -> Iterator[Row]:
    """Yield a row for each dimension of each wave."""
    if view.known is None or not view.concerns_any("wave"):
        return
    for gap in gaps_of(view.known, partial(view.concerns, "wave")):
        yield row_on(gap.facts, {**whose(view), **_sides(gap), **_assessed(view, gap)})


def _sides(gap: Gap) -> dict[str, Scalar]:
    return {
        "wave": gap.wave,
        "dimension": gap.dimension,
        "state": gap.state,
        "self_normalised": None if gap.ours is None else rounded(gap.ours),
        "client_normalised": rounded(gap.client),
        "gap": None if gap.gap is None else rounded(gap.gap),
        "respondents": len({answer.event.from_contact for answer in gap.answers}),
    }


def _assessed(view: View, gap: Gap) -> dict[str, Scalar]:
    return {
        "first_answered_at": written(view.standing.at(gap.first)),
        "assessment": gap.assessment.entry.id if gap.assessment else None,
        "assessed_at": written(view.standing.at(gap.assessment)) if gap.assessment else None,
        "assessment_age_days": gap.age_days,
    }


TABLE = Table(
    "gaps",
    "One row a wave and dimension: what we think, what the client says, and the gap.",
    ("engagement", "wave", "dimension"),
    COLUMNS,
    rows,
    about=("wave", "wave:"),
)
