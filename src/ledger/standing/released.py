"""What was let go: milestones, obligations and rhythms that need not be kept any more, and from when (domain 3.3.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from ledger.dialogue import Dialogue
    from ledger.events import CommitmentReleased
    from ledger.facts import Fact
    from ledger.standing.known import Known


class Release(NamedTuple):
    """From when something need not be kept, and the fact that says so."""

    since: datetime
    fact: Fact[CommitmentReleased]


def release_of(known: Known, state: Dialogue, kind: str, name: str) -> Release | None:
    """Return the release of a thing of *state*, such as milestone M2; None where it was not, or its version is unsigned.

    One that a version n > 1 names holds from when both have signed n, as all that belongs to it (domain 3.3.5).
    """
    fact = state.released.get(f"{kind}:{name}")
    since = known.in_force_from(fact.event.agreement_version, known.at(fact)) if fact else None
    return Release(since, fact) if fact and since else None


def released_by(known: Known, state: Dialogue, kind: str, name: str, when: datetime) -> Release | None:
    """Return the release of a thing if it holds at *when*."""
    release = release_of(known, state, kind, name)
    return release if release and release.since <= when else None
