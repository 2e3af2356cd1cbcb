"""News: what we learned that the client should hear, whether it was so, and when we said so (P31, P32, M02, M07)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger.standing import Tidings, tidings_of
from ledger_projections.json_text import json_text
from ledger_projections.table import Column, Table
from ledger_projections.tables.conversation import CONVERSATION, NEWS
from ledger_projections.whose import VISIBILITY, WHOSE, row_on, whose, written
from ledger_projections.wording import people

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger_projections.table import Row, Scalar
    from ledger_projections.view import View

COLUMNS = (
    *WHOSE,
    Column("news", "text", "The news.", example="N1"),
    Column("polarity", "text", "good, bad or neutral.", example="bad"),
    Column("severity", "integer", "1 to 5.", example="3"),
    Column("state", "text",
           "learned, verified, reported, acknowledged; refuted, not passed on; reported then refuted: needs retraction "
           "(as of freshness.as_of).", example="reported"),
    Column("learned_aware", "moment", "When we came to know, as recorded or corrected.", nullable=True),
    Column("learned_at", "instant", "From when awareness counts: a day from its opening.", nullable=True),
    Column("verified_at", "instant", "When it was first verified (P32).", nullable=True),
    Column("verdict", "text", "confirmed, refuted or partly: what was found last.", nullable=True, example="confirmed"),
    Column("implications_stated", "boolean", "1: what it implies was stated.", nullable=True),
    Column("told_unverified", "boolean", "1: told before it was verified (M08)."),
    Column("reported_at", "instant", "When the other side was first told.", nullable=True),
    Column("reported_to", "text", "Who was told first.", nullable=True, example="client sponsor"),
    Column("channel", "text", "How.", nullable=True, example="call"),
    Column("acknowledged_at", "instant", "When they first said that it arrived.", nullable=True),
    Column("retracted_at", "instant", "When it was first retracted.", nullable=True),
    Column(
        "disclosure_bh",
        "number",
        "M02: how long we knew before we told (as of freshness.as_of).",
        "business hours",
        nullable=True,
    ),
    Column("censored", "boolean", "1: still to be told, so the delay is at least disclosure_bh."),
    Column("by_date", "boolean", "1: the delay stands on a day without a time."),
    Column("admits_fault", "boolean", "1: a mistake of ours was admitted (P35)."),
    Column("admitted_at", "instant", "When it was first admitted.", nullable=True),
    Column(
        "notice_within_bh", "number", "The notice the agreement asks for of bad news.", "business hours", nullable=True
    ),
    Column("notice_version", "integer", "The version in force at awareness that asks for it.", nullable=True),
    Column("notice_due", "instant", "The deadline of that notice.", nullable=True),
    Column(
        "notice_kept",
        "boolean",
        "1: told in time; 0: not; null: it may still be, or no term runs (as of freshness.as_of).",
        nullable=True,
    ),
    Column("about", "json", "What it is about, as references."),
    Column("summary", "text", "What it is.", nullable=True),
    VISIBILITY,
)  # fmt: skip


def rows(view: View) -> Iterator[Row]:
    """Yield a row for each piece of news."""
    if (view.engagement is None and view.account is None) or not view.concerns_any("news"):
        return
    for news in tidings_of(view.standing, view.state, parse_instant(view.as_of)):
        if view.concerns("news", news.learned.event.news_id):
            yield row_on(news.facts, {**whose(view), **_learned(news), **_reported(view, news), **_notice(news)})


def _learned(news: Tidings) -> dict[str, Scalar]:
    event = news.learned.event
    return {
        "news": event.news_id,
        "polarity": event.polarity,
        "severity": event.severity,
        "state": news.state,
        "learned_aware": news.learned.aware,
        "learned_at": written(news.aware),
        "verified_at": written(news.verified),
        "verdict": news.verdict,
        "implications_stated": news.verifications[-1].event.implications_stated if news.verifications else None,
        "told_unverified": news.told_unverified,
        "about": json_text(event.about),
        "summary": event.summary,
    }


def _reported(view: View, news: Tidings) -> dict[str, Scalar]:
    first = news.report.event if news.report else None
    moments = [news.learned.aware, news.report.when if news.report else None]
    return {
        "reported_at": written(news.told),
        "reported_to": people(view, first.to) or None if first else None,
        "channel": first.channel if first else None,
        "acknowledged_at": written(news.known.at(news.acknowledgement)) if news.acknowledgement else None,
        "retracted_at": written(news.retracted),
        "disclosure_bh": news.disclosure_bh,
        "censored": news.told is None and not news.dropped,
        "by_date": any(moment is not None and "T" not in moment for moment in moments),
        "admits_fault": news.admission is not None,
        "admitted_at": written(news.admission),
    }


def _notice(news: Tidings) -> dict[str, Scalar]:
    term = news.term
    return {
        "notice_within_bh": term.within_bh if term else None,
        "notice_version": term.version if term else None,
        "notice_due": written(term.deadline) if term else None,
        "notice_kept": news.notice_kept,
    }


TABLE = Table(
    "news",
    "One row a piece of news: learned, verified, told, acknowledged.",
    ("account", "engagement", "news"),
    COLUMNS,
    rows,
    frozenset({"engagement", "account"}),
    about=("news", "news:"),
    unread=CONVERSATION - NEWS,
)
