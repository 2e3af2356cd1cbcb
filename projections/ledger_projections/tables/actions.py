"""Actions: what is done about what was said or found, and how soon (P43, P44, M22)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger.standing import Undertaking, undertakings_of
from ledger_projections.table import Column, Row, Table
from ledger_projections.whose import VISIBILITY, WHOSE, row_on, whose, written
from ledger_projections.wording import who

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger_projections.table import Scalar
    from ledger_projections.view import View

COLUMNS = (
    *WHOSE,
    Column("action", "text", "The action.", example="A1"),
    Column("state", "text", "open, overdue, done or done late (as of freshness.as_of).", example="open"),
    Column("trigger", "text", "What set it off, as a reference.", example="feedback:F1"),
    Column("trigger_at", "instant",
           "When that was so; of a request for feedback, when it was first answered.", nullable=True),
    Column("owner", "text", "Id of who does it.", example="a1"),
    Column("owner_name", "text", "What they are called.", example="Ada"),
    Column("agreed_at", "instant", "When it was agreed."),
    Column("latency_bd", "integer", "M22: from what set it off to its being agreed.", "business days", nullable=True),
    Column("due", "day", "By which day it is to be done.", example="2025-06-20"),
    Column("due_at", "instant", "The close of that day."),
    Column("completed_at", "instant", "When it was done.", nullable=True),
    Column("in_time", "boolean",
           "1: done by then; 0: not; null: it may still be (as of freshness.as_of).", nullable=True),
    Column("what", "text", "What is to be done.", nullable=True),
    Column("outcome", "text", "What came of it.", nullable=True),
    VISIBILITY,
)  # fmt: skip


def rows(view: View) -> Iterator[Row]:
    """Yield a row for each action."""
    if not view.concerns_any("action"):
        return
    for undertaking in undertakings_of(view.standing, view.dialogue, parse_instant(view.as_of)):
        if view.concerns("action", undertaking.agreed.event.action_id):
            yield row_on(undertaking.facts, {**whose(view), **_agreed(view, undertaking), **_done(undertaking)})


def _agreed(view: View, undertaking: Undertaking) -> dict[str, Scalar]:
    event, began = undertaking.agreed.event, undertaking.trigger
    return {
        "action": event.action_id,
        "trigger": event.trigger,
        "trigger_at": written(view.standing.at(began)) if began else None,
        "owner": event.owner,
        "owner_name": who(view, event.owner),
        "agreed_at": written(view.standing.at(undertaking.agreed)),
        "latency_bd": undertaking.latency_bd,
        "due": event.due,
        "due_at": written(undertaking.due_at),
        "what": event.what,
    }


def _done(undertaking: Undertaking) -> dict[str, Scalar]:
    return {
        "state": undertaking.state,
        "completed_at": written(undertaking.done),
        "in_time": undertaking.in_time,
        "outcome": undertaking.completed.event.outcome if undertaking.completed else None,
    }


TABLE = Table(
    "actions",
    "One row an action: what set it off, by when, whether it was done.",
    ("account", "engagement", "action"),
    COLUMNS,
    rows,
    frozenset({"engagement", "account"}),
    about=("action", "action:"),
)
