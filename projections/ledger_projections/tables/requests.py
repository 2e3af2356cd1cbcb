"""Requests: what one side asked of the other, and how soon it was answered (P11, P12, P21 to P23, M06)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.account import Account
from ledger.calendars import parse_instant
from ledger.engagement import Engagement
from ledger.events import RequestReceived
from ledger.standing import requests_of
from ledger_projections.json_text import json_text
from ledger_projections.table import Column, Table
from ledger_projections.tables.conversation import ASKED, CONVERSATION
from ledger_projections.whose import VISIBILITY, WHOSE, row_on, whose, written
from ledger_projections.wording import people

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.standing import Asked
    from ledger_projections.table import Row, Scalar
    from ledger_projections.view import View

COLUMNS = (
    *WHOSE,
    Column("request", "text", "The request.", example="R7"),
    Column("direction", "text", "inbound: asked of us; outbound: asked by us.", example="inbound"),
    Column("kind", "text", "question, instruction, clarification, document or call.", example="question"),
    Column("state", "text", "open, held, promise broken, answered or no reply needed (as of freshness.as_of).",
           example="held"),
    Column("contacts", "json", "Ids of the contacts who asked, or whom we asked.", example='["c1"]'),
    Column("who", "text", "Their roles.", nullable=True, example="client sponsor"),
    Column("channel", "text", "How it was asked.", example="email"),
    Column("asked_at", "instant", "When it was asked: a day from its close."),
    Column("needs_reply", "boolean", "1: it counts in M06. What we ask always does."),
    Column("in_scope", "text", "yes, no or unclear: whether it lies within the agreement (P12).", nullable=True),
    Column("part", "text", "The part of the agreement that was unclear (P11).", nullable=True, example="scope"),
    Column("value_minor", "integer", "What it is worth.", "minor units of currency", nullable=True),
    Column("currency", "text", "ISO 4217.", nullable=True, example="GBP"),
    Column("blocks", "json", "The milestones that wait for the answer (P21).", example='["M2"]'),
    Column("first_reply_at", "instant", "When the first word came back: a promise, or the answer.", nullable=True),
    Column("answered_at", "instant", "When it was answered.", nullable=True),
    Column("answer_channel", "text", "How it was answered.", nullable=True, example="call"),
    Column("first_bh", "number", "M06: from the request to the first word back.", "business hours", nullable=True),
    Column("resolution_bh", "number", "M06: from the request to the answer.", "business hours", nullable=True),
    Column("age_bh", "number", "M06: how long it has waited; null: nothing is owed any more (as of freshness.as_of).",
           "business hours", nullable=True),
    Column("censored", "boolean", "1: unanswered, so it takes at least age_bh."),
    Column("by_date", "boolean", "1: a number stands on a day without a time."),
    Column("promises", "integer", "How often an answer was promised for later."),
    Column("promises_kept", "integer", "How many of them the answer kept."),
    Column("promised_by", "moment", "By when it was promised last.", nullable=True, example="2025-08-27"),
    Column("promised_at", "instant", "The instant that falls on (as of freshness.as_of).", nullable=True),
    Column("promise_kept", "boolean",
           "M06: 1: the last promise was kept; 0: it was not; null: there is none, or it may still be"
           " (as of freshness.as_of).", nullable=True),
    Column("reason", "text", "Why the answer had to wait, as said last (P23).", nullable=True),
    Column("text", "text", "What was asked.", nullable=True),
    Column("answer", "text", "What was answered.", nullable=True),
    VISIBILITY,
)  # fmt: skip


def rows(view: View) -> Iterator[Row]:
    """Yield a row for each request."""
    if not isinstance(view.state, Engagement | Account) or not view.concerns_any("request"):
        return
    for asked in requests_of(view.standing, view.state, parse_instant(view.as_of)):
        if view.concerns("request", asked.name):
            values = {**whose(view), **_what(view, asked), **_terms(asked), **_reply(asked), **_promise(asked)}
            yield row_on(asked.facts, values)


def _what(view: View, asked: Asked) -> dict[str, Scalar]:
    event = asked.asked.event
    return {
        "request": asked.name,
        "direction": "inbound" if isinstance(event, RequestReceived) else "outbound",
        "kind": event.kind,
        "state": asked.state,
        "contacts": json_text(asked.others),
        "who": people(view, asked.others) or None,
        "channel": event.channel,
        "asked_at": written(asked.since),
        "needs_reply": asked.needs_reply,
        "text": event.text,
    }


def _terms(asked: Asked) -> dict[str, Scalar]:
    event = asked.asked.event
    received = event if isinstance(event, RequestReceived) else None
    value = received.value if received else None
    return {
        "in_scope": received.in_scope if received else None,
        "part": received.part if received else None,
        "value_minor": value["minor"] if value else None,
        "currency": value["currency"] if value else None,
        "blocks": json_text([] if isinstance(event, RequestReceived) else event.blocks),
    }


def _reply(asked: Asked) -> dict[str, Scalar]:
    answer = asked.request.answered
    moments = [fact.when for fact in (asked.asked, asked.first_reply, answer) if fact]
    return {
        "first_reply_at": written(asked.replied),
        "answered_at": written(asked.answered),
        "answer_channel": answer.event.channel if answer else None,
        "first_bh": asked.first_bh,
        "resolution_bh": asked.resolution_bh,
        "age_bh": asked.age_bh,
        "censored": asked.is_open,
        "by_date": any("T" not in moment for moment in moments),
        "answer": answer.event.answer if answer else None,
    }


def _promise(asked: Asked) -> dict[str, Scalar]:
    last = asked.held[-1].event if asked.held else None
    return {
        "promises": len(asked.held),
        "promises_kept": asked.promises_kept,
        "promised_by": last.promised_by if last else None,
        "promised_at": written(asked.promised[-1]) if asked.promised else None,
        "promise_kept": asked.promise_kept,
        "reason": last.reason if last else None,
    }


TABLE = Table(
    "requests",
    "One row a request of either side: asked, promised, answered.",
    ("account", "engagement", "request"),
    COLUMNS,
    rows,
    frozenset({"engagement", "account"}),
    about=("request", "request:"),
    unread=CONVERSATION - ASKED,
)
