"""Signals: what needs attention, why, the entries behind it, and the command that clears it (domain 3.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_projections.alerts import RANKS, Alert, alerts
from ledger_projections.portfolio import signals_over_all
from ledger_projections.table import Column, Row, Table
from ledger_projections.whose import OURS_TOO, VISIBILITY, row_on, whose, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger_projections.table import Scalar
    from ledger_projections.view import View

COLUMNS = (
    *OURS_TOO,
    Column("signal", "text", "Which alert.", example="A-undisclosed-slip"),
    Column("subject", "text", "What it is about, as a reference.", example="slip:S1"),
    Column("occurrence", "text", "The day, or the position, of what recurs; else empty.", example="2025-10-03"),
    Column("practice", "text", "The practice it stands for.", example="P15"),
    Column("rank", "integer", "Its consequence: 1 is the gravest; up to 9 it is for each morning, 10 for the week."),
    Column("raised_at", "instant", "From when it is a signal; it may lie ahead."),
    Column("since", "instant", "From when it counts: business time since then is how long it has lasted."),
    Column("deadline", "instant", "By when it is to be cleared.", nullable=True),
    Column(
        "cleared_at",
        "instant",
        "When it ceased to be one; null while it stands (as of freshness.as_of).",
        nullable=True,
    ),
    Column("calendar", "text", "The calendar its time is counted in.", example="default"),
    Column("says", "text", "What it says (as of freshness.as_of).", example="M2 slip S1 not told"),
    Column("also", "text", "What else is to be known of it (as of freshness.as_of).", example="due 27 Jun → 18 Jul"),
    Column("command", "text", "The command that clears it; on a terminal it asks for what the ledger cannot know.",
           example="engage told northwind S1"),
    VISIBILITY,
)  # fmt: skip


def rows(view: View) -> Iterator[Row]:
    """Yield a row for each alert; a reader at t shows those with raised_at <= t and cleared_at null or after t."""
    for alert in alerts(view):
        yield row_on(alert.facts, {**whose(view), **values(alert, RANKS[alert.signal])})


def values(alert: Alert, rank: int) -> dict[str, Scalar]:
    """Return the values of the columns that are the alert's own."""
    return {
        "signal": alert.signal,
        "subject": alert.subject,
        "occurrence": alert.occurrence,
        "practice": alert.practice,
        "rank": rank,
        "raised_at": written(alert.raised),
        "since": written(alert.since),
        "deadline": written(alert.deadline),
        "cleared_at": written(alert.cleared),
        "calendar": alert.calendar,
        "says": alert.says,
        "also": alert.also,
        "command": alert.command,
    }


TABLE = Table(
    "signals",
    "What needs attention: at t, the rows with raised_at <= t and cleared_at null or after t, by rank.",
    ("account", "engagement", "signal", "subject", "occurrence"),
    COLUMNS,
    rows,
    frozenset({"engagement", "account"}),
    about=("subject", ""),
    over_all=signals_over_all,
)
