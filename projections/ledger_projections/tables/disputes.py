"""Disputes: one row for each item, with what either side holds and how it ended (M19)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ledger.engagement import Dispute
from ledger_projections.json_text import json_text
from ledger_projections.table import Column, Row, Table
from ledger_projections.tables.conversation import CONVERSATION
from ledger_projections.whose import VISIBILITY, WHOSE, row_on, whose, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.events import DisputeClosed, DisputeRaised, PositionStated
    from ledger.facts import Fact
    from ledger_projections.table import Scalar
    from ledger_projections.view import View

COLUMNS = (
    *WHOSE,
    Column("dispute", "text", "The dispute.", example="D1"),
    Column("item", "text", "One thing in dispute; null: the dispute names none.", nullable=True, example="late"),
    Column("state", "text", "raised, positions stated (by a side, on this item) or closed.", example="raised"),
    Column("raised_by", "text", "provider or client.", example="client"),
    Column("raised_at", "instant", "When it was raised."),
    Column("about", "json", "What the item is about, as references.", example='["milestone:M2"]'),
    Column("claim", "text", "The words of the item.", nullable=True),
    Column("provider_stated_at", "instant", "When we last stated our position on it.", nullable=True),
    Column("provider_position", "text", "What we hold.", nullable=True),
    Column("client_stated_at", "instant", "When the client last stated its own.", nullable=True),
    Column("client_position", "text", "What the client holds.", nullable=True),
    Column("closed_at", "instant", "When the dispute was over.", nullable=True),
    Column("outcome", "text", "settled, withdrawn or decided.", nullable=True, example="settled"),
    Column("terms", "text", "On what terms.", nullable=True),
    VISIBILITY,
)


def rows(view: View) -> Iterator[Row]:
    """Yield a row for each item of each dispute."""
    if view.known is None:
        return
    state = view.known.engagement
    for dispute_id in filter(partial(view.concerns, "dispute"), state.disputes):
        raised, contest = state.disputes[dispute_id], state.contests.get(dispute_id, Dispute())
        items: list[str | None] = [item["item_id"] for item in raised.event.items]
        for item in items or [None]:
            stated = [fact for fact in contest.positions if fact.event.item_id == item]
            facts = [raised, *stated, *([contest.closed] if contest.closed else [])]
            values = {**_raised(view, raised, item), **_positions(view, stated), **_closed(view, contest.closed)}
            yield row_on(facts, {**whose(view), **values, "state": _state(contest, stated)})


def _state(contest: Dispute, stated: Sequence[Fact[PositionStated]]) -> str:
    if contest.closed:
        return "closed"
    return "positions stated" if stated else "raised"


def _raised(view: View, raised: Fact[DisputeRaised], item: str | None) -> dict[str, Scalar]:
    event = raised.event
    claims = (claim["text"] for claim in event.claims or () if claim["item_id"] == item)
    return {
        "dispute": event.dispute_id,
        "item": item,
        "raised_by": event.raised_by,
        "raised_at": written(view.standing.at(raised)),
        "about": json_text(next((found["about"] for found in event.items if found["item_id"] == item), [])),
        "claim": next(claims, None),
    }


def _positions(view: View, stated: Sequence[Fact[PositionStated]]) -> dict[str, Scalar]:
    values: dict[str, Scalar] = {}
    for side in ("provider", "client"):
        last = next((fact for fact in reversed(stated) if fact.event.stated_by == side), None)
        values[f"{side}_stated_at"] = written(view.standing.at(last)) if last else None
        values[f"{side}_position"] = last.event.position if last else None
    return values


def _closed(view: View, closed: Fact[DisputeClosed] | None) -> dict[str, Scalar]:
    return {
        "closed_at": written(view.standing.at(closed)) if closed else None,
        "outcome": closed.event.outcome if closed else None,
        "terms": closed.event.terms if closed else None,
    }


TABLE = Table(
    "disputes",
    "One row an item of a dispute: what either side holds, and how it ended.",
    ("engagement", "dispute", "item"),
    COLUMNS,
    rows,
    about=("dispute", "dispute:"),
    unread=CONVERSATION,
)
