"""Engagements: one row each, with where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger.events import EngagementPaused, EntryCorrected
from ledger.facts import corrected
from ledger.standing import (
    Known,
    Pause,
    Progress,
    course_of,
    on_hold,
    open_disputes,
    pauses,
    phase_of,
    progress_of,
    started_at,
    works,
)
from ledger_projections.table import Column, Row, Table
from ledger_projections.tables.conversation import CONVERSATION
from ledger_projections.whose import WHOSE, visibility, whose, written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger_projections.table import Scalar
    from ledger_projections.view import View

COLUMNS = (
    *WHOSE,
    Column("title", "text", "What it is about.", nullable=True),
    Column("state", "text",
           "opened, drafted, half-signed, signed by both, active or closed (as of freshness.as_of).", example="active"),
    Column("version_in_force", "integer",
           "The newest version that both have signed (as of freshness.as_of).", nullable=True, example="1"),
    Column("signed_by_both_at", "instant", "Since when that version is (as of freshness.as_of).", nullable=True),
    Column("newest_version", "integer", "The newest version that was drafted.", nullable=True),
    Column("newest_state", "text", "unsigned, half-signed or signed by both.", nullable=True),
    Column("working_unsigned", "boolean",
           "1: we work, report or deliver while no version is in force (as of freshness.as_of)."),
    Column("work_started_at", "instant", "When work first started.", nullable=True),
    Column("on_hold", "boolean", "1: it is on hold (as of freshness.as_of)."),
    Column("on_hold_from", "instant", "Since when, or from when, it is.", nullable=True),
    Column("resume_expected_on", "day", "When it is expected to go on.", nullable=True),
    Column("in_dispute", "boolean", "1: a dispute is open."),
    Column("sensitive", "boolean", "1: the agreement needs a confidentiality part."),
    Column("disputes_open", "integer", "How many disputes are open."),
    Column("milestones", "integer", "How many milestones are in force."),
    Column("milestones_delivered", "integer", "How many of them are delivered."),
    Column("milestones_accepted", "integer", "How many of them are accepted by somebody who may."),
    Column("milestones_released", "integer", "How many of them were let go (as of freshness.as_of)."),
    Column("milestones_overdue", "integer", "How many of them are overdue (as of freshness.as_of)."),
    Column("slips", "integer", "How many slips there have been."),
    Column("slips_undisclosed", "integer",
           "How many of them the other side is still to be told (as of freshness.as_of)."),
    Column("obligations", "integer", "How many things the client is to give."),
    Column("next_due", "moment",
           "The next date in force of what is not delivered (as of freshness.as_of).", nullable=True),
    Column("next_due_at", "instant", "The instant it falls on (as of freshness.as_of).", nullable=True),
    Column("next_due_milestone", "text", "The milestone that is due then.", nullable=True, example="M2"),
    Column("currency", "text", "The currency of the value.", nullable=True, example="GBP"),
    Column("value_minor", "integer",
           "The value of the version in force, else of the newest.", "minor units", nullable=True),
    Column("opened_at", "instant", "When it was opened."),
    Column("closed_at", "instant", "When it was closed.", nullable=True),
    Column("closed_because", "text", "completed, mutual, by_client or by_provider.", nullable=True),
    Column("entry_count", "integer", "How many entries it has."),
    Column("last_entry", "integer", "The position of its newest entry."),
    Column("last_recorded", "instant", "When that was recorded."),
    Column("visibility", "text",
           "private where the newest entry is, or any that is no conversation; entry_count counts what is private too.",
           example="shared"),
)  # fmt: skip


def rows(view: View) -> Iterator[Row]:
    """Yield the one row of an engagement."""
    known = view.known
    if known is None or known.engagement.opened is None:
        return
    when = parse_instant(view.as_of)
    progress = {name: progress_of(known, m, when) for name, m in known.engagement.milestones.items() if m.agreed}
    values = {**whose(view), **_agreement(known, when), **_flags(known, when), **_milestones(progress)}
    seen = {"visibility": visibility(_said(known))}
    yield Row({**values, **_slips(known, when), **_log(known), **seen}, known.engagement.history[-1:])


def _said(known: Known) -> Iterator[Fact[Event]]:
    """Yield what is private of all that the row says something of: the newest entry, and whatever is no conversation."""
    state, last = known.engagement, known.engagement.history[-1]
    named = {last.entry.id, last.event.entry} if isinstance(last.event, EntryCorrected) else {last.entry.id}
    for fact in corrected(state.history) if EntryCorrected in state.newest else state.history:
        if fact.visibility != "shared" and (fact.entry.id in named or type(fact.event) not in CONVERSATION):
            yield fact


def _agreement(known: Known, when: datetime) -> dict[str, Scalar]:
    state, version = known.engagement, known.version_in_force(when)
    newest = max(state.drafts, default=None)
    draft = state.drafts.get(version or newest or 0)
    value = draft.event.value if draft else None
    opened = state.opened
    return {
        "title": opened.event.title if opened else None,
        "state": phase_of(known, when),
        "version_in_force": version,
        "signed_by_both_at": written(known.signed_by_both[version]) if version else None,
        "newest_version": newest,
        "newest_state": known.signing(newest) if newest else None,
        "sensitive": bool(opened and opened.event.sensitive),
        "currency": value["currency"] if value else None,
        "value_minor": value["minor"] if value else None,
    }


def _flags(known: Known, when: datetime) -> dict[str, Scalar]:
    state, disputes, hold = known.engagement, len(open_disputes(known)), _hold(known)
    unsigned = known.version_in_force(when) is None and state.closed is None
    return {
        "working_unsigned": bool(works(known)) and unsigned,
        "work_started_at": written(started_at(known)),
        "on_hold": on_hold(known, when) is not None,
        "on_hold_from": written(hold.since) if hold else None,
        "resume_expected_on": _resumes(hold) if hold else None,
        "in_dispute": bool(disputes),
        "disputes_open": disputes,
        "obligations": len(state.obligations),
    }


def _hold(known: Known) -> Pause | None:
    """Return the pause that nobody has ended."""
    return next((p for p in pauses(known) if p.until is None and not known.engagement.closed), None)


def _resumes(hold: Pause) -> str | None:
    paused = hold.facts[0].event
    return paused.resume_expected_on if isinstance(paused, EngagementPaused) else None


def _milestones(progress: dict[str, Progress]) -> dict[str, Scalar]:
    standing = {name: p for name, p in progress.items() if p.current is not None}
    due = min(((p.due_at, name) for name, p in standing.items() if p.open and p.due_at), default=None)
    current = standing[due[1]].current if due else None
    return {
        "milestones": len(standing),
        "milestones_delivered": sum(p.delivered is not None for p in standing.values()),
        "milestones_accepted": sum(p.accepted is not None for p in standing.values()),
        "milestones_released": sum(p.state == "released" for p in standing.values()),
        "milestones_overdue": sum(p.state == "overdue" for p in standing.values()),
        "next_due": current.due if current else None,
        "next_due_at": written(due[0]) if due else None,
        "next_due_milestone": due[1] if due else None,
    }


def _slips(known: Known, when: datetime) -> dict[str, Scalar]:
    courses = [course_of(known, slip_id, when) for slip_id in known.engagement.slips]
    return {"slips": len(courses), "slips_undisclosed": sum(course.undisclosed for course in courses)}


def _log(known: Known) -> dict[str, Scalar]:
    state, last = known.engagement, known.engagement.history[-1]
    return {
        "opened_at": written(known.at(state.opened)) if state.opened else None,
        "closed_at": written(known.at(state.closed)) if state.closed else None,
        "closed_because": state.closed.event.reason if state.closed else None,
        "entry_count": state.version,
        "last_entry": last.entry.position,
        "last_recorded": last.recorded,
    }


TABLE = Table(
    "engagement_status",
    "One row an engagement: where it stands.",
    ("engagement",),
    COLUMNS,
    rows,
    unread=CONVERSATION,
    counts=True,
)
