"""Slips: what we knew of a date that would not be kept, when, and when the other side was told (P15, M01 to M04)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger.standing import Course, course_of
from ledger_projections.json_text import json_text
from ledger_projections.table import Column, Table
from ledger_projections.tables.conversation import CONVERSATION
from ledger_projections.whose import VISIBILITY, WHOSE, row_on, whose, written
from ledger_projections.wording import people

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger_projections.table import Row, Scalar
    from ledger_projections.view import View

COLUMNS = (
    *WHOSE,
    Column("slip", "text", "The slip.", example="S1"),
    Column("milestone", "text", "The milestone that slips.", example="M2"),
    Column("title", "text", "What the milestone is called.", nullable=True, example="dress rehearsal"),
    Column("state", "text",
           "undisclosed, reported, acknowledged, averted or rescheduled (as of freshness.as_of).", example="reported"),
    Column("due_in_force", "moment",
           "The date in force when it was told; while untold, now (as of freshness.as_of).", nullable=True),
    Column("due_at", "instant", "The instant that date falls on (as of freshness.as_of).", nullable=True),
    Column("due_now", "moment", "The date in force now (as of freshness.as_of).", nullable=True),
    Column("forecast", "moment", "The newest forecast.", example="2025-07-18"),
    Column("slip_bd", "integer",
           "M04: from the date in force when told to the forecast (as of freshness.as_of).", "business days", nullable=True),
    Column("aware", "moment", "When we came to know, as recorded or corrected; null: nobody said.", nullable=True),
    Column("aware_at", "instant", "From when awareness counts: a day from its opening.", nullable=True),
    Column("told_at", "instant", "When the other side was first told.", nullable=True),
    Column("told_to", "text", "Who was told first.", nullable=True, example="client sponsor"),
    Column("channel", "text", "How.", nullable=True, example="email"),
    Column("acknowledged_at", "instant", "When they first said that it arrived.", nullable=True),
    Column("acknowledged_by", "text", "Who said so.", nullable=True, example="client sponsor"),
    Column("averted_at", "instant", "When it was said that the slip will not come.", nullable=True),
    Column("rescheduled_at", "instant", "From when a new date holds.", nullable=True),
    Column("lead_bd", "integer",
           "M01: how long before the due date; below zero: after it.", "business days", nullable=True),
    Column("lead_bh", "number", "M01: to the close of the due date.", "business hours", nullable=True),
    Column("lead_calendar_days", "integer", "M01 in calendar days.", "days", nullable=True),
    Column("delay_bh", "number",
           "M02: how long we knew before we told (as of freshness.as_of).", "business hours", nullable=True),
    Column("censored", "boolean", "1: still undisclosed, so the delay is at least delay_bh."),
    Column("by_date", "boolean", "1: a number stands on a day without a time."),
    Column("share", "number", "M03: the share of the possible warning that was given, 0 to 1.", nullable=True),
    Column("ack_delay_bh", "number", "From told to acknowledged.", "business hours", nullable=True),
    Column("notice_within_bh", "number", "The notice that is owed after awareness.", "business hours", nullable=True),
    Column("notice_version", "integer",
           "The version in force at awareness that asks for it; null: our policy.", nullable=True),
    Column("notice_clause", "text", "Its clause.", nullable=True, example="4.2"),
    Column("notice_due", "instant", "The deadline of that notice.", nullable=True),
    Column("notice_kept", "boolean",
           "1: told in time; 0: not; null: it may still be, or no term runs (as of freshness.as_of).", nullable=True),
    Column("impact_stated", "boolean", "1: the impact was told too (P16)."),
    Column("options_count", "integer", "How many options were told (P16)."),
    Column("causes", "json", "Causes as stated: party, from, to."),
    Column("why", "text", "Why, in words.", nullable=True),
    VISIBILITY,
)  # fmt: skip


def rows(view: View) -> Iterator[Row]:
    """Yield a row for each slip."""
    if view.known is None:
        return
    for slip_id in filter(partial(view.concerns, "slip"), view.known.engagement.slips):
        course = course_of(view.known, slip_id, parse_instant(view.as_of))
        values = {**_what(view, course), **_clocks(view, course), **_measures(course), **_told(course)}
        yield row_on(course.facts, values)


def _what(view: View, course: Course) -> dict[str, Scalar]:
    now = course.due_when(course.as_of)
    agreed = course.known.engagement.milestones[course.slip.milestone_id].agreed
    causes = [cause for fact in course.words for cause in fact.event.causes]
    return {
        **whose(view),
        "slip": course.slip_id,
        "milestone": course.slip.milestone_id,
        "title": agreed.event.title if agreed else None,
        "state": course.state,
        "due_in_force": course.due.due if course.due else None,
        "due_at": written(course.due_at),
        "due_now": now.due if now else None,
        "forecast": course.forecast,
        "causes": json_text(causes) if causes else "[]",
        "why": next((f.event.why for f in reversed(course.slip.foreseen) if f.event.why), None),
    }


def _clocks(view: View, course: Course) -> dict[str, Scalar]:
    ack = course.acknowledgement
    return {
        "aware": course.aware_fact.aware if course.aware_fact else None,
        "aware_at": written(course.aware),
        "told_at": written(course.told),
        "told_to": people(view, course.report.event.to) or None if course.report else None,
        "channel": course.report.event.channel if course.report else None,
        "acknowledged_at": written(course.acknowledged),
        "acknowledged_by": people(view, [ack.event.by]) if ack else None,
        "averted_at": written(course.averted),
        "rescheduled_at": written(course.move[0]) if course.move else None,
    }


def _measures(course: Course) -> dict[str, Scalar]:
    moments = [course.aware_fact.aware if course.aware_fact else None, course.report.when if course.report else None]
    return {
        "slip_bd": course.slip_bd,
        "lead_bd": course.lead_bd,
        "lead_bh": course.lead_bh,
        "lead_calendar_days": course.lead_calendar_days,
        "delay_bh": course.delay_bh,
        "censored": course.undisclosed,
        "by_date": any(moment is not None and "T" not in moment for moment in moments),
        "share": course.share,
        "ack_delay_bh": course.ack_delay_bh,
    }


def _told(course: Course) -> dict[str, Scalar]:
    term = course.term
    return {
        "notice_within_bh": term.within_bh if term else None,
        "notice_version": term.version if term else None,
        "notice_clause": term.clause if term else None,
        "notice_due": written(term.deadline) if term else None,
        "notice_kept": course.notice_kept,
        "impact_stated": any(fact.event.impact_stated for fact in course.slip.reported),
        "options_count": max((fact.event.options_count for fact in course.slip.reported), default=0),
    }


TABLE = Table(
    "slips",
    "One row a slip: known, told, acknowledged, and the warning given.",
    ("engagement", "slip"),
    COLUMNS,
    rows,
    about=("slip", "slip:"),
    unread=CONVERSATION,
)
