"""How fresh an entry was when it was written down, and whether a dispute had begun: contemporaneity (M19)."""

from __future__ import annotations

from bisect import bisect_left
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import orjson

from ledger.calendars import hours, microseconds, parse_instant, unrounded_hours
from ledger.events import DisputeClosed, DisputeRaised, EntryCorrected, PositionStated
from ledger.facts import corrected
from ledger.standing.edges import happened
from ledger.standing.regularity import GRADES
from ledger.values.named import NamedTuple
from ledger_projections.about import about

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.values import EntryId
    from ledger_projections.table import Scalar
    from ledger_projections.view import View

    Disputes = Sequence["Disputed"]

LIMITS = (Decimal(24), Decimal(7 * 24), Decimal(30 * 24))
"""The most hours for each grade but the last."""

OWN = (DisputeRaised, PositionStated, DisputeClosed)
"""What a dispute itself consists of: that it comes after one says nothing."""


class Disputed(NamedTuple):
    """Where a dispute was raised, which entries are about what it is about, and where it was closed, if it was."""

    raised: int
    about: frozenset[EntryId]
    closed: int | None = None


def lag(view: View, fact: Fact[Event]) -> dict[str, Scalar]:
    """Return how long after awareness *fact* was recorded; a correction of a clock counts from the corrected one.

    A day of awareness counts from its opening, any other from its close (domain 3.3.7).
    """
    aware = _corrected_clock(fact, "aware") or fact.aware
    since = aware or _corrected_clock(fact, "occurred") or fact.occurred
    if since is None:
        return {"lag_hours": None, "lag_by_date": False, "grade": None}
    calendar = view.calendar("default", since[:10])
    begun = calendar.aware_instant(since) if aware else happened(calendar, since)
    elapsed = microseconds(parse_instant(fact.recorded)) - microseconds(begun)
    late = max(elapsed, 0)
    return {"lag_hours": hours(late), "lag_by_date": "T" not in since, "grade": grade_of(unrounded_hours(late))}


def grade_of(late: Decimal) -> str:
    """Return the grade of what was written down so many hours *late*."""
    return GRADES[bisect_left(LIMITS, late)]


def disputes_in(history: Sequence[Fact[Event]]) -> Disputes:
    """Return where each dispute that stands was raised and closed, and the entries that are about what it is about.

    What was about it as it was first recorded still is, whatever it was corrected to say since.
    """
    if not any(isinstance(fact.event, DisputeRaised) for fact in history):
        return []
    facts = corrected(history)
    standing = [fact for fact in facts if not fact.withdrawn]
    closed = {f.event.dispute_id: f.entry.position for f in reversed(standing) if isinstance(f.event, DisputeClosed)}
    raised = [f.saying(event) for f in standing if isinstance(event := f.event, DisputeRaised)]
    return [
        Disputed(fact.entry.position, frozenset(_about(fact, history, facts)), closed.get(fact.event.dispute_id))
        for fact in raised
    ]


def is_disputed(fact: Fact[Event], target: Fact[Event] | None, disputes: Disputes) -> bool:
    """Return whether *fact* was recorded while a dispute was open on what it, or what it corrects, is about (M19)."""
    if not disputes or isinstance(fact.event, OWN):
        return False
    position, ids = fact.entry.position, {fact.entry.id, *([target.entry.id] if target else [])}
    return any(
        raised < position < (closed or position + 1) and not ids.isdisjoint(concerned)
        for raised, concerned, closed in disputes
    )


def _about(dispute: Fact[DisputeRaised], history: Sequence[Fact[Event]], facts: Sequence[Fact[Event]]) -> set[EntryId]:
    refs = [ref for item in dispute.event.items for ref in item["about"]]
    return about(history, refs) | about(facts, refs)


def _corrected_clock(fact: Fact[Event], clock: str) -> str | None:
    if not isinstance(fact.event, EntryCorrected):
        return None
    after = [change["after"] for change in fact.event.changes if change["path"] == clock and "after" in change]
    value: Any = orjson.loads(after[-1]) if after else None
    return str(value) if value else None
