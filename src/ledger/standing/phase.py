"""How far an engagement has come: opened, drafted, signed, active, closed; and work that goes on unsigned (domain 3.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from ledger.events import DisputeRaised
    from ledger.facts import Fact
    from ledger.standing.known import Known


def phase_of(known: Known, when: datetime) -> str:
    """Return where the engagement stands at *when*: an amendment that is half-signed leaves it as it was."""
    state = known.engagement
    if state.closed is not None:
        return "closed"
    if known.version_in_force(when):
        started = started_at(known)
        return "active" if started and started <= when else "signed by both"
    if not state.drafts:
        return "opened"
    return "half-signed" if known.signatures else "drafted"


def started_at(known: Known) -> datetime | None:
    """Return when work first started."""
    return min((known.at(fact) for fact in known.engagement.work.started), default=None)


def works(known: Known) -> list[Fact[Any]]:
    """Return what shows that we work: started, days recorded, reports, deliveries."""
    state = known.engagement
    delivered = (fact for milestone in state.milestones.values() for fact in milestone.delivered)
    return [*state.work.started, *state.work.recorded, *state.reports, *delivered]


def open_disputes(known: Known) -> list[Fact[DisputeRaised]]:
    """Return the disputes that nobody has closed."""
    contests, disputes = known.engagement.contests, known.engagement.disputes
    closed = {dispute_id for dispute_id, contest in contests.items() if contest.closed is not None}
    return [fact for dispute_id, fact in disputes.items() if dispute_id not in closed]
