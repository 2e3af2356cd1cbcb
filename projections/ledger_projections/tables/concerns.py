"""Concerns: felt, raised, resolved; who raised them, and how long that took (P34, P36, P37, P47, M14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger.standing import Misgiving, misgivings_of
from ledger_projections.json_text import json_text
from ledger_projections.table import Column, Row, Table
from ledger_projections.tables.conversation import CONCERNS, CONVERSATION
from ledger_projections.whose import WHOSE, row_on, whose, written
from ledger_projections.wording import people, person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger_projections.table import Scalar
    from ledger_projections.view import View

COLUMNS = (
    *WHOSE,
    Column("concern", "text", "The concern.", example="C1"),
    Column("state", "text", "felt (by us, told to nobody), raised or resolved.", example="raised"),
    Column("topic", "text", "price, delivery, cooperation, scope, people or other.", example="delivery"),
    Column("raised_by", "text", "Which side told the other: provider or client.", nullable=True, example="provider"),
    Column("raised_by_contact", "text", "Who of them told it.", nullable=True, example="director"),
    Column("raised_to", "text", "Who was told.", nullable=True, example="client sponsor"),
    Column("channel", "text", "How.", nullable=True, example="call"),
    Column("felt_at", "instant", "When we felt it; private as felt_visibility says.", nullable=True),
    Column("raised_at", "instant", "When one side told the other.", nullable=True),
    Column("resolved_at", "instant", "When it was settled.", nullable=True),
    Column("lag_bh", "number",
           "M14: from felt to raised, where it is known when it was felt; private as felt_visibility says.",
           "business hours", nullable=True),
    Column("open_bd", "integer",
           "How long it was open once raised; while it is felt only, since then (as of freshness.as_of).",
           "business days"),
    Column("censored", "boolean", "1: not settled, so it is open for at least open_bd."),
    Column("raise_by", "day", "The last day to raise it by our policy unraised_bd; null once it was.", nullable=True),
    Column("settle_by", "day", "The last day to settle it by our policy concern_open_bd; null unless raised and open.",
           nullable=True),
    Column("intuition", "boolean", "1: felt without being able to say why; private as felt_visibility says."),
    Column("outcome", "text", "resolved, withdrawn or agreed_to_differ.", nullable=True, example="resolved"),
    Column("confirmed", "boolean", "1: it was as felt; 0: it was not; null: nobody said.", nullable=True),
    Column("client_view_stated", "boolean", "1: said from the client's perspective too (P36)."),
    Column("about", "json", "What it is about, as references."),
    Column("felt_text", "text", "What we felt; private as felt_visibility says.", nullable=True),
    Column("text", "text", "What was told.", nullable=True),
    Column("client_view", "text", "How the client sees it.", nullable=True),
    Column("how", "text", "How it was settled.", nullable=True),
    Column("visibility", "text",
           "private where anything the row shows is: what we felt of a concern that was raised keeps the row private.",
           example="shared"),
    Column("felt_visibility", "text", "Of what we felt.", nullable=True, example="private"),
)  # fmt: skip


def rows(view: View) -> Iterator[Row]:
    """Yield a row for each concern."""
    if not view.concerns_any("concern"):
        return
    for one in misgivings_of(view.standing, view.dialogue, parse_instant(view.as_of)):
        if view.concerns("concern", one.concern_id):
            yield row_on(one.facts, {**whose(view), **_what(one), **_clocks(one), **_felt(one), **_told(view, one)})


def _what(one: Misgiving) -> dict[str, Scalar]:
    resolved = one.concern.resolved.event if one.concern.resolved else None
    return {
        "concern": one.concern_id,
        "state": one.state,
        "topic": one.said.event.topic,
        "about": json_text(one.said.event.about),
        "outcome": resolved.outcome if resolved else None,
        "confirmed": resolved.confirmed if resolved else None,
        "how": resolved.how if resolved else None,
    }


def _clocks(one: Misgiving) -> dict[str, Scalar]:
    return {
        "felt_at": written(one.felt),
        "raised_at": written(one.raised),
        "resolved_at": written(one.resolved),
        "lag_bh": one.lag_bh,
        "open_bd": one.open_bd,
        "censored": one.resolved is None,
        "raise_by": one.raise_by,
        "settle_by": one.settle_by,
    }


def _felt(one: Misgiving) -> dict[str, Scalar]:
    felt = one.concern.felt
    return {
        "intuition": felt is not None and felt.event.intuition,
        "felt_text": felt.event.text if felt else None,
        "felt_visibility": felt.visibility if felt else None,
    }


def _told(view: View, one: Misgiving) -> dict[str, Scalar]:
    told = one.concern.raised.event if one.concern.raised else None
    return {
        "raised_by": told.raised_by if told else None,
        "raised_by_contact": person(view, told.by) if told and told.by else None,
        "raised_to": people(view, told.to) or None if told else None,
        "channel": told.channel if told else None,
        "client_view_stated": told is not None and told.client_view_stated,
        "text": told.text if told else None,
        "client_view": told.client_view if told else None,
    }


TABLE = Table(
    "concerns",
    "One row a concern: felt, raised, resolved.",
    ("account", "engagement", "concern"),
    COLUMNS,
    rows,
    frozenset({"engagement", "account"}),
    about=("concern", "concern:"),
    unread=CONVERSATION - CONCERNS,
)
