"""What a cadence expects and what kept it: none while on hold, let go or closed; each kind by its own event (M09)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.calendars import instant
from ledger.events import ContactMade, FeedbackRequested, ReviewHeld, StatusReportSent
from ledger.standing.cadences import Occurrence, expected
from ledger.standing.in_order import insert
from ledger.standing.pauses import closed_at, pauses
from ledger.standing.released import release_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from ledger.calendars import Calendar
    from ledger.dialogue import Dialogue
    from ledger.events import CadenceAgreed
    from ledger.facts import Fact
    from ledger.standing.in_order import Word
    from ledger.standing.known import Known

KEPT_BY: Mapping[str, tuple[type[Any], ...]] = {
    "report": (StatusReportSent,),
    "review": (ReviewHeld,),
    "feedback": (FeedbackRequested,),
    "check_in": (ContactMade,),
    "account_review": (ReviewHeld, ContactMade),
}
"""The event that keeps a cadence of each kind, if it names that cadence (domain 3.3.7, M09)."""
NAMING = (StatusReportSent, ReviewHeld, FeedbackRequested, ContactMade)


class Naming:
    """All that names a cadence, by the cadence, oldest first."""

    def __init__(self) -> None:
        self.each: dict[str, list[Word]] = {}

    def put(self, known: Known, state: Dialogue, fact: Fact[Any]) -> None:
        """Take *fact* if it names one."""
        if isinstance(fact.event, NAMING) and fact.event.cadence_id is not None:
            insert(self.each.setdefault(fact.event.cadence_id, []), (known.at(fact), fact))


def occurrences_of(known: Known, state: Dialogue, cadence: Fact[CadenceAgreed], as_of: datetime) -> list[Occurrence]:
    """Return what *cadence* of *state* expects up to the first whose window is open at *as_of*, that one included."""
    since = known.in_force_from(cadence.event.agreement_version, known.at(cadence))
    if since is None:
        return []
    begins = since if (cadence.event.agreement_version or 1) > 1 else None
    calendar, kept = calendar_of(known, cadence.event, as_of), keeping(known, state, cadence.event)
    return [
        time
        for time in expected(cadence.event, calendar, kept, as_of)
        if (begins is None or time.expected >= begins) and not idle(known, state, cadence.event, time.expected)
    ]


def keeping(known: Known, state: Dialogue, cadence: CadenceAgreed) -> list[Word]:
    """Return what keeps *cadence*, with when it was, oldest first."""
    named, kinds = known.filed(Naming, state).each, KEPT_BY[cadence.kind]
    return [(when, fact) for when, fact in named.get(cadence.cadence_id, ()) if isinstance(fact.event, kinds)]


def idle(known: Known, state: Dialogue, cadence: CadenceAgreed, when: datetime) -> bool:
    """Return whether nothing is expected of *cadence* at *when*: on hold, let go or closed."""
    release, closed = release_of(known, state, "cadence", cadence.cadence_id), closed_at(known)
    ends = (release.since if release else None, closed)
    return any(end is not None and end <= when for end in ends) or any(p.covers(when) for p in pauses(known))


def idle_facts(known: Known, state: Dialogue, cadence: CadenceAgreed) -> Sequence[Fact[Any]]:
    """Return the facts that say when nothing is expected of *cadence*."""
    release = release_of(known, state, "cadence", cadence.cadence_id)
    return [*(fact for pause in pauses(known) for fact in pause.facts), *([release.fact] if release else [])]


def calendar_of(known: Known, cadence: CadenceAgreed, as_of: datetime) -> Calendar:
    """Return the calendar that *cadence* is counted in, as valid at *as_of*."""
    return known.named_calendar(cadence.calendar, instant(as_of)[:10])
