"""The entries of an engagement as marks: when each was written down, and how long after the fact (M19)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger.events import EntryCorrected
from ledger.facts import corrected
from ledger.standing.regularity import Mark
from ledger.values import EntryId
from ledger_projections.contemporaneity import disputes_in, is_disputed, lag
from ledger_projections.wording import actor

if TYPE_CHECKING:
    from ledger.calendars import Calendar
    from ledger.events import Event
    from ledger.facts import Fact
    from ledger_projections.reports.source import Source


def marks_of(source: Source) -> list[Mark]:
    """Return a mark for each entry of the engagement that is shown, as first recorded, those withdrawn since included."""
    history = source.view.state.history
    disputes, by_id = disputes_in(history), {fact.entry.id: fact for fact in corrected(history)}
    found = []
    for fact in history:
        target = by_id.get(EntryId(fact.event.entry)) if isinstance(fact.event, EntryCorrected) else None
        found.append(_mark(source, fact, after_dispute=is_disputed(fact, target, disputes)))
    return found


def _mark(source: Source, fact: Fact[Event], *, after_dispute: bool) -> Mark:
    late, day = lag(source.view, fact), calendar_of(source).day_of(parse_instant(fact.recorded))
    hours, grade = late["lag_hours"], late["grade"]
    who = _recorder(source, fact.entry.actor)
    return Mark(
        fact.entry.position,
        fact.event.short_name,
        who,
        fact.recorded,
        day,
        None if hours is None else Decimal(str(hours)),
        None if grade is None else str(grade),
        after_dispute,
    )


def _recorder(source: Source, name: str) -> str:
    said = actor(source.now, name)
    return said if said == name else f"{said} ({name})"


def first_dispute(source: Source) -> int | None:
    """Return the position of the entry that raised the first dispute that stands."""
    return min((fact.entry.position for fact in source.known.engagement.disputes.values()), default=None)


def calendar_of(source: Source) -> Calendar:
    """Return the calendar of the agreement in force at the moment that is asked about."""
    return source.known.calendar(parse_instant(source.as_of))


def counted(number: int, one: str, many: str) -> str:
    """Return `1 entry` or `2 entries`."""
    return f"{number} {one if number == 1 else many}"


def percent(count: int, of: int) -> str:
    """Return a share in whole percent, half to even; nothing is rounded to all or to none."""
    if not of:
        return "-"
    return f"{min(max(round(Decimal(100 * count) / of), 1 if count else 0), 100 if count == of else 99)}%"
