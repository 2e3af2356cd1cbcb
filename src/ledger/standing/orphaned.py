"""What somebody leaves behind: requests nobody follows up, obligations nobody owes, milestones nobody may accept (P50)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import day_number, day_text
from ledger.standing.asked import requests_of
from ledger.standing.owed import obligations_of
from ledger.standing.progress import progress_of
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from ledger.dialogue import Dialogue
    from ledger.standing.known import Known


class Orphans(NamedTuple):
    """The ids of what one contact leaves behind."""

    requests: Sequence[str] = ()
    obligations: Sequence[str] = ()
    milestones: Sequence[str] = ()


def orphans_of(known: Known, state: Dialogue, contact: str, leaves_on: str, as_of: datetime) -> Orphans:
    """Return what *contact*, who leaves on a day, leaves behind of *state*: an engagement, or the account itself."""
    asked = requests_of(known, state, as_of)
    owed = obligations_of(known, as_of)
    return Orphans(
        [request.name for request in asked if request.is_open and contact in request.others],
        [promise.name for promise in owed if promise.is_open and promise.agreed.event.owner == contact],
        _unacceptable(known, as_of) if _alone(known, contact, leaves_on) else [],
    )


def holding(known: Known, scope: str, day: str) -> list[str]:
    """Return who of the client holds *scope* on *day* and has not left by then: on their last day they are still there."""
    gone = {contact for contact, fact in known.account.departures.items() if fact.event.leaves_on < day}
    people = [contact for contact in known.account.contacts if known.side(contact) == "client" and contact not in gone]
    return [contact for contact in people if known.may(contact, scope, day)]


def _alone(known: Known, contact: str, day: str) -> bool:
    """Return whether *contact* may accept on *day*, their last, and nobody else of the client from the day after it on."""
    after = day_text(day_number(day) + 1)
    later = (change.event.valid_from for change in known.changes if change.event.scope == "accept")
    days = [after, *(begins for begins in later if begins > after)]
    held = known.side(contact) == "client" and known.may(contact, "accept", day)
    return held and all(set(holding(known, "accept", on)) <= {contact} for on in days)


def _unacceptable(known: Known, as_of: datetime) -> list[str]:
    """Return the milestones that are still to be accepted."""
    found = known.engagement.milestones.items()
    states = {name: progress_of(known, milestone, as_of) for name, milestone in found if milestone.agreed}
    return [name for name, progress in states.items() if progress.accepted is None and progress.state != "released"]
