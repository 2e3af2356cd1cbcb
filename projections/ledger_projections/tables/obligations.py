"""Obligations: what the client owes, when it is due, and whether it said so when it would be late (P17, P18, M15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger.standing import obligations_of
from ledger_projections.json_text import json_text
from ledger_projections.table import Column, Table
from ledger_projections.whose import VISIBILITY, WHOSE, row_on, whose, written
from ledger_projections.wording import person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.standing import Owed
    from ledger_projections.table import Row, Scalar
    from ledger_projections.view import View

COLUMNS = (
    *WHOSE,
    Column("obligation", "text", "The obligation.", example="O4"),
    Column("title", "text", "What it is called.", nullable=True, example="test data"),
    Column("kind", "text", "deliverable, decision, access or support.", example="access"),
    Column("owner", "text", "Id of the contact who owes it.", nullable=True, example="c1"),
    Column("owner_name", "text", "Their role.", nullable=True, example="client sponsor"),
    Column("agreement_version", "integer", "The version it was agreed in.", nullable=True),
    Column("in_force_from", "instant", "From when it is owed; null: its version is unsigned.", nullable=True),
    Column("blocks", "json", "The milestones that wait for it.", example='["M2"]'),
    Column("state", "text",
           "due, delay notified, overdue, notified, overdue, unnotified, fulfilled, released or not in force"
           " (as of freshness.as_of).", example="overdue, unnotified"),
    Column("due", "moment", "The date agreed: a day means close of business.", example="2025-06-13"),
    Column("due_at", "instant", "The instant it falls on (as of freshness.as_of)."),
    Column("days_late_bd", "integer",
           "M15: from the due date to when it was given, so far to now; null: not owed (as of freshness.as_of).",
           "business days", nullable=True),
    Column("censored", "boolean", "1: overdue, so it is at least days_late_bd late (as of freshness.as_of)."),
    Column("notified_at", "instant", "When the client first said that it would be late.", nullable=True),
    Column("notified_by", "text", "Who said so.", nullable=True, example="client sponsor"),
    Column("notified_in_time", "boolean",
           "M15: 1: said by the due date; 0: later; null: nobody said so (as of freshness.as_of).", nullable=True),
    Column("new_date", "moment", "The newest date named instead: a forecast, the due date stays.", nullable=True),
    Column("fulfilled_at", "instant", "When it was given.", nullable=True),
    Column("fulfilled_in_time", "boolean", "M15: given by the due date.", nullable=True),
    Column("released_at", "instant", "From when it need not be given any more.", nullable=True),
    Column("chases", "integer", "M15: how often we asked for it."),
    Column("last_chased_at", "instant", "When we last asked for it.", nullable=True),
    Column("last_contact_at", "instant", "When both sides last spoke of it, whoever began (P18).", nullable=True),
    VISIBILITY,
)  # fmt: skip


def rows(view: View) -> Iterator[Row]:
    """Yield a row for each obligation of the client."""
    if view.known is None or not view.concerns_any("obligation"):
        return
    for owed in obligations_of(view.known, parse_instant(view.as_of)):
        if view.concerns("obligation", owed.name):
            yield row_on(owed.facts, {**whose(view), **_what(view, owed), **_late(view, owed), **_asked(owed)})


def _what(view: View, owed: Owed) -> dict[str, Scalar]:
    event = owed.agreed.event
    return {
        "obligation": owed.name,
        "title": event.title,
        "kind": event.kind,
        "owner": event.owner,
        "owner_name": person(view, event.owner) if event.owner else None,
        "agreement_version": event.agreement_version,
        "in_force_from": written(owed.in_force),
        "blocks": json_text(event.blocks),
    }


def _late(view: View, owed: Owed) -> dict[str, Scalar]:
    first = owed.delays[0] if owed.delays else None
    return {
        "state": owed.state,
        "due": owed.agreed.event.due,
        "due_at": written(owed.due_at),
        "days_late_bd": owed.days_late,
        "censored": owed.is_open and owed.as_of > owed.due_at,
        "notified_at": written(owed.known.at(first)) if first else None,
        "notified_by": person(view, first.event.by) if first and first.event.by else None,
        "notified_in_time": owed.known.at(first) <= owed.due_at if first else None,
        "new_date": owed.new_date,
        "fulfilled_at": written(owed.given),
        "fulfilled_in_time": owed.given <= owed.due_at if owed.given else None,
        "released_at": written(owed.release.since) if owed.release else None,
    }


def _asked(owed: Owed) -> dict[str, Scalar]:
    chased, spoken = ([owed.known.at(fact) for fact in facts] for facts in (owed.chases, owed.contacts))
    return {
        "chases": len(chased),
        "last_chased_at": written(max(chased, default=None)),
        "last_contact_at": written(max(spoken, default=None)),
    }


TABLE = Table(
    "obligations",
    "One row an obligation of the client: due, announced late, given.",
    ("engagement", "obligation"),
    COLUMNS,
    rows,
    about=("obligation", "obligation:"),
)
