"""How fresh an entry was when it was written down, and whether a dispute had begun: contemporaneity (M19)."""

from __future__ import annotations

from bisect import bisect_left
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from ledger.calendars import hours, microseconds, parse_instant
from ledger.events import DisputeClosed, DisputeRaised, EntryCorrected
from ledger.references import parse_ref, references
from ledger.standing.regularity import GRADES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger_projections.table import Scalar
    from ledger_projections.view import View

    Disputes = Sequence["Disputed"]

LIMITS = (Decimal(24), Decimal(7 * 24), Decimal(30 * 24))
"""The most hours for each grade but the last."""


class Disputed(NamedTuple):
    """Where a dispute was raised, what it is about, and where it was closed, if it was."""

    raised: int
    about: frozenset[tuple[str, str]]
    closed: int | None = None


def lag(view: View, fact: Fact[Event]) -> dict[str, Scalar]:
    """Return how long after awareness *fact* was recorded; a correction of awareness counts from the corrected one.

    A day of awareness counts from its opening, any other from its close (domain 3.3.7).
    """
    aware = _corrected_aware(fact) or fact.aware
    since = aware or fact.occurred
    if since is None:
        return {"lag_hours": None, "lag_by_date": False, "grade": None}
    calendar = view.calendar("default", since[:10])
    begun = calendar.aware_instant(since) if aware else calendar.due_instant(since)
    elapsed = microseconds(parse_instant(fact.recorded)) - microseconds(begun)
    late = hours(max(elapsed, 0))
    return {"lag_hours": late, "lag_by_date": "T" not in since, "grade": grade_of(late)}


def grade_of(late: Decimal) -> str:
    """Return the grade of what was written down so many hours *late*."""
    return GRADES[bisect_left(LIMITS, late)]


def disputes_in(facts: Sequence[Fact[Event]]) -> Disputes:
    """Return where each dispute that stands was raised and closed, and what it is about."""
    standing = [fact for fact in facts if not fact.withdrawn]
    closed = {f.event.dispute_id: f.entry.position for f in reversed(standing) if isinstance(f.event, DisputeClosed)}
    return [
        Disputed(
            fact.entry.position,
            frozenset(parse_ref(ref) for item in fact.event.items for ref in item["about"]),
            closed.get(fact.event.dispute_id),
        )
        for fact in standing
        if isinstance(fact.event, DisputeRaised)
    ]


def is_disputed(fact: Fact[Event], target: Fact[Event] | None, disputes: Disputes) -> bool:
    """Return whether *fact* was recorded while a dispute was open on a thing that it, or what it corrects, refers to."""
    if not disputes or isinstance(fact.event, DisputeRaised):
        return False
    subjects = {*_subjects(fact), *(_subjects(target) if target else ())}
    return any(
        raised < fact.entry.position < (closed or fact.entry.position + 1) and about & subjects
        for raised, about, closed in disputes
    )


def _corrected_aware(fact: Fact[Event]) -> str | None:
    if not isinstance(fact.event, EntryCorrected):
        return None
    after = [change["after"] for change in fact.event.changes if change["path"] == "aware" and "after" in change]
    value: Any = orjson.loads(after[-1]) if after else None
    return str(value) if value else None


def _subjects(fact: Fact[Event]) -> set[tuple[str, str]]:
    own = ((f.kind, str(getattr(fact.event, f.name))) for f in fact.event.fields.values() if f.kind and not f.erasable)
    return {*references(fact.event), *own, ("entry", fact.entry.id)}
