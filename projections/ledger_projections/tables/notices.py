"""Notices: each that the agreement in force at awareness asks for, given or not, in time or how late (P15, P17, P31)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger.standing import notices_of
from ledger_projections.json_text import json_text
from ledger_projections.table import Column, Table
from ledger_projections.whose import VISIBILITY, WHOSE, row_on, whose, written
from ledger_projections.wording import people

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.standing import Notice
    from ledger_projections.table import Row, Scalar
    from ledger_projections.view import View

COLUMNS = (
    *WHOSE,
    Column("subject", "text", "What it is about, as a reference.", example="slip:S1"),
    Column("number", "integer", "1, 2, …: the notices that one version asks for of the same thing.", example="1"),
    Column("notice_on", "text", "slip, bad_news or client_delay.", example="slip"),
    Column("owed_by", "text", "provider; client for its own delays (P17).", example="provider"),
    Column("state", "text",
           "in time, late, not given, still to be given, not needed or awareness not stated (as of freshness.as_of).",
           example="late"),
    Column("trigger", "integer", "The position of the entry that says since when it was known.", example="31"),
    Column("aware", "moment", "The same as stated, as recorded or corrected; null: nobody said.", nullable=True),
    Column("aware_at", "instant",
           "From when the term runs: a day of awareness from its opening; where the client did not say, when it fell due.",
           nullable=True),
    Column("aware_stated", "boolean",
           "1: somebody says since when it was known; 0: the term of a client_delay runs from the due date."),
    Column("version", "integer", "The version in force at awareness that asks for it; null: our policy.", nullable=True),
    Column("clause", "text", "Its clause.", nullable=True, example="4.2"),
    Column("within_bh", "number", "The term.", "business hours", nullable=True),
    Column("deadline", "instant", "When the term ended.", nullable=True),
    Column("given_at", "instant", "When it was first given.", nullable=True),
    Column("given", "integer", "The position of the entry that says so.", nullable=True),
    Column("given_to", "text", "Who was told.", nullable=True, example="client sponsor"),
    Column("given_to_contacts", "json", "The same as ids.", example='["c2"]'),
    Column("channel", "text", "How.", nullable=True, example="email"),
    Column("reached_holder", "boolean", "1: one of them might receive notice then; null: nobody is named.", nullable=True),
    Column("holders", "json",
           "Who of the other side might receive notice then; while it is not given, when it came to be owed."),
    Column("taken_bh", "number", "From awareness to the notice.", "business hours", nullable=True),
    Column("kept", "boolean",
           "1: in time; 0: not; null: it may still be, is not needed, or no term is known (as of freshness.as_of).",
           nullable=True),
    Column("late_bh", "number", "How late it was, or is so far (as of freshness.as_of).", "business hours", nullable=True),
    Column("late_hours", "number", "The same by the clock (as of freshness.as_of).", "hours", nullable=True),
    Column("censored", "boolean", "1: overdue and still to be given, so it is at least so late (as of freshness.as_of)."),
    Column("ended_at", "instant", "When it was needed no more, if it was not given by then.", nullable=True),
    Column("acknowledged_at", "instant", "When the other side first said that it arrived.", nullable=True),
    Column("acknowledged", "integer", "The position of the entry that says so.", nullable=True),
    Column("by_date", "boolean", "1: it stands on a day without a time."),
    VISIBILITY,
)  # fmt: skip


def rows(view: View) -> Iterator[Row]:
    """Yield a row for each notice."""
    if view.known is None:
        return
    for notice in notices_of(view.known, parse_instant(view.as_of), view.concerns):
        values = {**whose(view), **_owed(notice), **_given(view, notice), **_kept(notice)}
        yield row_on([*notice.occasion.facts, *notice.departures], values)


def _owed(notice: Notice) -> dict[str, Scalar]:
    occasion, term = notice.occasion, notice.term
    return {
        "subject": notice.subject,
        "number": notice.number,
        "notice_on": occasion.on,
        "owed_by": notice.party,
        "trigger": occasion.trigger.entry.position,
        "aware": occasion.moment,
        "aware_at": written(occasion.aware),
        "aware_stated": occasion.moment is not None,
        "version": term.version if term else None,
        "clause": term.clause if term else None,
        "within_bh": term.within_bh if term else None,
        "deadline": written(term.deadline) if term else None,
        "ended_at": written(occasion.ended),
    }


def _given(view: View, notice: Notice) -> dict[str, Scalar]:
    given, ack = notice.occasion.given, notice.occasion.acknowledgement
    return {
        "given_at": written(notice.given),
        "given": given.entry.position if given else None,
        "given_to": people(view, notice.to) or None,
        "given_to_contacts": json_text(notice.to),
        "channel": given.event.channel if given else None,
        "reached_holder": notice.reached_holder,
        "holders": json_text(notice.holders),
        "acknowledged_at": written(notice.known.at(ack)) if ack else None,
        "acknowledged": ack.entry.position if ack else None,
    }


def _kept(notice: Notice) -> dict[str, Scalar]:
    return {
        "state": notice.state,
        "taken_bh": notice.taken_bh,
        "kept": notice.kept,
        "late_bh": notice.late_bh,
        "late_hours": notice.late_hours,
        "censored": notice.is_open and notice.kept is False,
        "by_date": notice.by_date,
    }


TABLE = Table(
    "notices",
    "One row a notice that is owed: of a slip, of bad news, of a delay of the client.",
    ("engagement", "subject", "number"),
    COLUMNS,
    rows,
    about=("subject", ""),
)
