"""Which notice is owed, by when: what the version in force at awareness asks for, else our own policy (P15)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ledger.standing.edges import hours_after
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from ledger.standing.known import Known


class Term(NamedTuple):
    """Within how many business hours, until when; *version* and *clause* ask for it, or no version does."""

    within_bh: Decimal
    deadline: datetime
    version: int | None = None
    clause: str | None = None


def notice(known: Known, on: str, aware: datetime) -> Term | None:
    """Return the shortest term for a notice *on* something known from *aware*; None where nobody asks for one."""
    return min(terms(known, on, aware), key=lambda term: term.within_bh, default=None)


def terms(known: Known, on: str, aware: datetime) -> list[Term]:
    """Return every term for a notice *on* something known from *aware*, in the order of the agreement."""
    version = known.version_in_force(aware)
    asked = [n for n in known.engagement.drafts[version].event.notices if n["on"] == on] if version else []
    if asked:
        each = [(Decimal(n["within_bh"]), n.get("clause")) for n in asked]
        return [Term(within, _deadline(known, aware, within), version, clause) for within, clause in each]
    if on != "slip":
        return []
    within = known.number("slip_notice_bh", known.calendar(aware).day_of(aware))
    return [Term(within, _deadline(known, aware, within))]


def asks(known: Known, on: str) -> bool:
    """Return whether any version that was drafted asks for a notice *on* something."""
    return any(n["on"] == on for draft in known.engagement.drafts.values() for n in draft.event.notices)


def _deadline(known: Known, aware: datetime, within: Decimal) -> datetime:
    return hours_after(known.calendar(aware), aware, within)
