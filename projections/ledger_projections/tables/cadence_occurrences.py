"""Occurrences of cadences: each time that something was expected, and whether it came (P04, P25, P26, P38, P39, M09)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import HOUR, instant, microseconds, parse_instant
from ledger.events import StatusReportSent
from ledger.standing import schedules_of
from ledger.standing.rhythms import KEPT_BY
from ledger_projections.table import Column, Table
from ledger_projections.tables.conversation import CONVERSATION
from ledger_projections.whose import VISIBILITY, WHOSE, row_on, whose, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.standing import Due, Schedule
    from ledger_projections.table import Row, Scalar
    from ledger_projections.view import View

MINUTE = HOUR // 60
COLUMNS = (
    *WHOSE,
    Column("occurrence", "text", "The cadence, and the number of this time in it, from 1.", example="weekly/5"),
    Column("cadence", "text", "The cadence.", example="weekly"),
    Column("kind", "text", "report, review, feedback, check_in or account_review.", example="report"),
    Column("state", "text",
           "expected, on time, late, not yet judged, missed; not expected: paused, released or closed"
           " (as of freshness.as_of).", example="on time"),
    Column("waived", "text", "Why nothing is expected: paused, released or closed.", nullable=True),
    Column("expected_on", "day", "The day, in the zone of its calendar.", example="2025-10-03"),
    Column("expected_at", "instant", "When it is expected (as of freshness.as_of)."),
    Column("window_from", "instant",
           "What comes after this, up to overdue_at, is for this time; null: whatever came before"
           " (as of freshness.as_of).", nullable=True),
    Column("overdue_at", "instant",
           "The end of the tolerance: after it, it is missed (as of freshness.as_of)."),
    Column("tolerance_bd", "integer", "The tolerance.", "business days"),
    Column("came_at", "instant", "When it came.", nullable=True),
    Column("entry", "text", "Id of the entry that satisfied it: the first in the window.", nullable=True),
    Column("no_change", "boolean", "1: a report that says that nothing has changed, which counts (P26).", nullable=True),
    Column("off_minutes", "integer", "From the expected time to when it came; below zero: before.", "minutes", nullable=True),
    Column("regular", "boolean", "1: within regular_minutes of the expected time (P25).", nullable=True),
    VISIBILITY,
)  # fmt: skip


def rows(view: View) -> Iterator[Row]:
    """Yield a row for each time of each cadence, up to the first that lies ahead."""
    if (view.engagement is None and view.account is None) or not view.concerns_any("occurrence"):
        return
    for schedule in schedules_of(view.standing, view.dialogue, parse_instant(view.as_of)):
        cadence = schedule.cadence.event
        common = {
            **whose(view), "cadence": cadence.cadence_id, "kind": cadence.kind, "tolerance_bd": cadence.tolerance_bd,
        }  # fmt: skip
        for number in schedule.numbers:
            name = f"{cadence.cadence_id}/{number}"
            if view.concerns("occurrence", name):
                due = schedule.due(number)
                values = {**common, "occurrence": name, **_expected(schedule, due), **_came(schedule, due)}
                yield row_on(schedule.facts(due), values)


def _expected(schedule: Schedule, due: Due) -> dict[str, Scalar]:
    return {
        "state": due.state(schedule.as_of),
        "waived": due.waived,
        "expected_on": due.day,
        "expected_at": instant(due.expected),
        "window_from": written(due.opens),
        "overdue_at": instant(due.overdue),
    }


def _came(schedule: Schedule, due: Due) -> dict[str, Scalar]:
    if due.sent is None or due.waived:
        return {"came_at": None, "entry": None, "no_change": None, "off_minutes": None, "regular": None}
    when, fact = due.sent
    off = microseconds(when) - microseconds(due.expected)
    return {
        "came_at": instant(when),
        "entry": fact.entry.id,
        "no_change": fact.event.no_change if isinstance(fact.event, StatusReportSent) else None,
        "off_minutes": off // MINUTE,
        "regular": schedule.is_regular(due),
    }


TABLE = Table(
    "cadence_occurrences",
    "One row a time that a cadence names: on time, late, missed, or why nothing was expected.",
    ("account", "engagement", "occurrence"),
    COLUMNS,
    rows,
    frozenset({"engagement", "account"}),
    about=("occurrence", "occurrence:"),
    unread=CONVERSATION.difference(*KEPT_BY.values()),
)
