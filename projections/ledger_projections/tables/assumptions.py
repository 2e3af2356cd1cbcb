"""Assumptions: what is taken to be so, whether it was tested, and what rests on it (P46)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger.standing import Assumed, assumptions_of
from ledger_projections.json_text import json_text
from ledger_projections.table import Column, Row, Table
from ledger_projections.tables.conversation import CONVERSATION
from ledger_projections.whose import VISIBILITY, WHOSE, row_on, whose, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger_projections.table import Scalar
    from ledger_projections.view import View

COLUMNS = (
    *WHOSE,
    Column("assumption", "text", "The assumption.", example="H1"),
    Column("state", "text",
           "untested, overdue (untested past its date), held or failed (as of freshness.as_of).", example="held"),
    Column("recorded_at", "instant", "When it was taken to be so."),
    Column("test_by", "day", "By which day it is to be tested.", nullable=True, example="2025-06-20"),
    Column("test_by_at", "instant", "The close of that day.", nullable=True),
    Column("tested_at", "instant", "When it was tested.", nullable=True),
    Column("verdict", "text", "held or failed.", nullable=True, example="held"),
    Column("is_overdue", "boolean", "1: untested past its date (as of freshness.as_of)."),
    Column("cited_by", "json", "The milestones that rest on it.", example='["M2"]'),
    Column("statement", "text", "What is taken to be so.", nullable=True),
    Column("basis", "text", "Why.", nullable=True),
    Column("how", "text", "How it was tested.", nullable=True),
    VISIBILITY,
)  # fmt: skip


def rows(view: View) -> Iterator[Row]:
    """Yield a row for each assumption."""
    if view.known is None or not view.concerns_any("assumption"):
        return
    for assumed in assumptions_of(view.known, parse_instant(view.as_of)):
        if view.concerns("assumption", assumed.recorded.event.assumption_id):
            yield row_on(assumed.facts, {**whose(view), **_recorded(view, assumed), **_tested(assumed)})


def _recorded(view: View, assumed: Assumed) -> dict[str, Scalar]:
    event = assumed.recorded.event
    return {
        "assumption": event.assumption_id,
        "recorded_at": written(view.standing.at(assumed.recorded)),
        "test_by": event.test_by,
        "test_by_at": written(assumed.test_by),
        "cited_by": json_text([fact.event.milestone_id for fact in assumed.milestones]),
        "statement": event.statement,
        "basis": event.basis,
    }


def _tested(assumed: Assumed) -> dict[str, Scalar]:
    return {
        "state": assumed.state,
        "tested_at": written(assumed.tested_at),
        "verdict": assumed.tested.event.verdict if assumed.tested else None,
        "is_overdue": assumed.state == "overdue",
        "how": assumed.tested.event.how if assumed.tested else None,
    }


TABLE = Table(
    "assumptions",
    "One row an assumption: tested or not, and what rests on it.",
    ("engagement", "assumption"),
    COLUMNS,
    rows,
    about=("assumption", "assumption:"),
    unread=CONVERSATION,
)
