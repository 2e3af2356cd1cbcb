"""Milestones: one row for each date that has been in force, from when to when it held and was known (P03, P14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.calendars import parse_instant
from ledger.standing import baseline, due_at, falls, first_due_at, open_course, progress_of, total_bd
from ledger_projections.table import Column, Table
from ledger_projections.tables.conversation import CONVERSATION
from ledger_projections.tables.milestone_terms import TERMS, terms, tested
from ledger_projections.whose import VISIBILITY, WHOSE, row_on, whose, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.engagement import Milestone
    from ledger.facts import Fact
    from ledger.standing import DateInForce, Known, Progress
    from ledger_projections.table import Row, Scalar
    from ledger_projections.view import View

COLUMNS = (
    *WHOSE,
    Column("milestone", "text", "The milestone.", example="M2"),
    Column("sequence", "integer", "The number of this date, from 1.", example="1"),
    Column("title", "text", "What it is called.", nullable=True, example="dress rehearsal"),
    Column("acceptance_criteria", "text", "When it is to be accepted.", nullable=True),
    Column("agreement_version", "integer", "The version that this date was agreed in; null: it named none.", nullable=True),
    Column("due", "moment", "The date: a day means close of business.", example="2025-06-27"),
    Column("due_at", "instant", "The instant it falls on."),
    Column("baseline", "moment", "The date that was agreed first.", nullable=True),
    Column("valid_from", "instant", "From when this date was in force; null: its version is unsigned.", nullable=True),
    Column("valid_to", "instant", "Until when; null: it still is.", nullable=True),
    Column("known_from", "instant", "When we recorded it."),
    Column("known_to", "instant", "When what replaced it was recorded; null: nothing did.", nullable=True),
    Column("is_current", "boolean", "1: the date in force now (as of freshness.as_of)."),
    Column("due_soon_from", "day", "The day from which it is due soon (as of freshness.as_of).", nullable=True),
    Column("state", "text",
           "not in force, agreed, due soon, overdue, delivered, delivered late, accepted, accepted without authority, "
           "rejected, released (as of freshness.as_of)."),
    Column("delivered_at", "instant", "When it was delivered.", nullable=True),
    Column("accepted_at", "instant", "When it was accepted by somebody who may.", nullable=True),
    Column("delivered_in_time", "boolean", "M05: delivered by the date then in force.", nullable=True),
    Column("delivered_by_baseline", "boolean", "M05: delivered by the date agreed first.", nullable=True),
    Column("released_at", "instant", "From when it need not be kept any more.", nullable=True),
    Column("slip", "text", "The slip that is open.", nullable=True, example="S1"),
    Column("forecast", "moment", "Its forecast.", nullable=True),
    Column("moves", "integer", "How often the date in force has moved."),
    Column("total_bd", "integer",
           "M04: from the date agreed first to the date in force now (as of freshness.as_of).", "business days", nullable=True),
    *TERMS,
    VISIBILITY,
)  # fmt: skip


def rows(view: View) -> Iterator[Row]:
    """Yield a row for each date of each milestone."""
    if view.known is None:
        return
    for milestone_id, milestone in view.known.engagement.milestones.items():
        if milestone.agreed is not None and view.concerns("milestone", milestone_id):
            yield from _rows(view, view.known, milestone_id, milestone)


def _rows(view: View, known: Known, milestone_id: str, milestone: Milestone) -> Iterator[Row]:
    progress = progress_of(known, milestone, parse_instant(view.as_of))
    common = {**whose(view), "milestone": milestone_id, **_now(known, milestone, progress, view.as_of)}
    agreed, slips = milestone.agreed, [known.engagement.slips[slip_id] for slip_id in milestone.slips]
    said: list[Fact[Any]] = [f for s in slips for f in (*s.foreseen, *s.reported, *([s.averted] if s.averted else []))]
    said += [*([progress.release.fact] if progress.release else []), *tested(known, milestone)]
    facts = [*progress.ends, *(date.fact for date in progress.dates), *said]
    if agreed is not None and not progress.dates:
        unsigned = _unsigned(known, view.as_of, agreed.event.due, agreed.recorded)
        yield row_on([agreed, *progress.ends, *said], {**common, "sequence": 1, **unsigned})
    for number, date in enumerate(progress.dates, 1):
        later = progress.dates[number] if number < len(progress.dates) else None
        yield row_on(facts, {**common, "sequence": number, **_date(known, view.as_of, date, later, progress)})


def _date(
    known: Known, as_of: str, date: DateInForce, later: DateInForce | None, progress: Progress
) -> dict[str, Scalar]:
    calendar = known.calendar(date.until or parse_instant(as_of))
    return {
        "agreement_version": date.fact.event.agreement_version,
        "due": date.due,
        "due_at": written(falls(calendar, date.due)),
        "valid_from": written(date.since),
        "valid_to": written(date.until),
        "known_from": _known_from(date),
        "known_to": _known_from(later) if later else None,
        "is_current": progress.current is not None and date.fact is progress.current.fact,
    }


def _unsigned(known: Known, as_of: str, due: str, recorded: str) -> dict[str, Scalar]:
    falls_at = falls(known.calendar(parse_instant(as_of)), due)
    nothing = {"valid_from": None, "valid_to": None, "known_to": None, "is_current": False}
    return {**nothing, "due": due, "due_at": written(falls_at), "known_from": recorded}


def _now(known: Known, milestone: Milestone, progress: Progress, as_of: str) -> dict[str, Scalar]:
    slip = open_course(known, milestone, parse_instant(as_of))
    return {
        **(terms(known, milestone.agreed.event) if milestone.agreed else {}),
        "baseline": baseline(milestone),
        "due_soon_from": progress.soon_on,
        "state": progress.state,
        "accepted_at": written(known.at(progress.accepted)) if progress.accepted else None,
        "released_at": written(progress.release.since) if progress.release else None,
        "slip": slip.slip_id if slip else None,
        "forecast": slip.forecast if slip else None,
        "moves": max(0, len(progress.dates) - 1),
        "total_bd": total_bd(known, milestone, parse_instant(as_of)),
        **_delivery(known, milestone, progress),
    }


def _delivery(known: Known, milestone: Milestone, progress: Progress) -> dict[str, Scalar]:
    when = known.at(progress.delivered) if progress.delivered else None
    due, first = (f(known, milestone, when) if when else None for f in (due_at, first_due_at))
    return {
        "delivered_at": written(when),
        "delivered_in_time": when <= due if when and due else None,
        "delivered_by_baseline": when <= first if when and first else None,
    }


def _known_from(date: DateInForce) -> str:
    """Return when the date was written down: by its entry, or by the last correction of its date."""
    field = "data.due" if "due" in date.fact.event.fields else "data.to_due"
    said = [c for c in date.fact.corrections if any(change["path"] == field for change in c.event.changes)]
    return said[-1].recorded if said else date.fact.recorded


TABLE = Table(
    "milestones",
    "One row a date in force of a milestone: valid when it held, known when it was recorded.",
    ("engagement", "milestone", "sequence"),
    COLUMNS,
    rows,
    about=("milestone", "milestone:"),
    unread=CONVERSATION,
)
