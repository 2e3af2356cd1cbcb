"""The matrix of authorities: each change, whether it counts, from when to when, and whether it decides now (P06, P49)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import day_number, day_text
from ledger.standing.authority import day_in, first_grants
from ledger.standing.edges import midnight
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from ledger.events import AuthorityChanged
    from ledger.facts import Fact
    from ledger.standing.known import Known

    Change = Fact[AuthorityChanged]


class Authority(NamedTuple):
    """One change of an authority, of those that were recorded."""

    change: Change
    begins: datetime
    ends: datetime | None
    """The midnight after its last day."""
    counts: bool
    is_first: bool
    decides: bool


def authorities_of(known: Known, as_of: str) -> list[Authority]:
    """Return every change of authority in the order of the log, as it stands at an instant."""
    day, firsts = day_in(known.practice, as_of), first_grants(known.account)
    counting, deciding = {change.entry.id for change in known.changes}, _deciding(known, day)
    calendar = known.practice.calendar("default", as_of[:10])
    return [
        Authority(
            change,
            midnight(calendar, change.event.valid_from),
            midnight(calendar, _after(change.event.valid_until)) if change.event.valid_until else None,
            change.entry.id in counting,
            change.entry.id in firsts,
            change.entry.id in deciding,
        )
        for change in known.account.authorities
    ]


def _deciding(known: Known, day: str) -> set[str]:
    """Return the changes that nothing later in the log overrides on *day*; one for all engagements overrides any."""
    deciding: set[str] = set()
    overridden: set[tuple[str, str, str | None]] = set()
    for change in reversed(known.changes):
        event = change.event
        if event.valid_from <= day <= (event.valid_until or day):
            who = event.contact, event.scope
            if not overridden & {(*who, None), (*who, event.engagement)}:
                deciding.add(change.entry.id)
            overridden.add((*who, event.engagement))
    return deciding


def _after(day: str) -> str:
    return day_text(day_number(day) + 1)
