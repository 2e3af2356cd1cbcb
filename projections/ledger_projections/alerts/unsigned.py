"""Versions of the agreement that a side has not signed, and work that goes on all the same (P09, M16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.engagement import Amendment
from ledger_projections.alerts.alert import Alert, command, first

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.events import WorkStarted
    from ledger.facts import Fact
    from ledger.standing import Known
    from ledger_projections.view import View

OURS = ("--for", "provider")
"""What the command says where our own signature is the one that is missing."""
SIGNED_BY = {"": "nobody", "provider": "us only", "client": "the client only"}


def unsigned_alerts(view: View, known: Known) -> Iterator[Alert]:
    """Yield an alert for each version, until both have signed it or a later one, or a side will not have it."""
    for version, draft in known.engagement.drafts.items():
        if not view.concerns("version", version):
            continue
        sides = known.signatures.get(version, {})
        since = known.at(draft)
        declined = known.engagement.amendments.get(version, Amendment()).declined
        signed = [when for number, when in known.signed_by_both.items() if number >= version]
        yield Alert(
            "A-unsigned",
            "P09",
            f"version:{version}",
            raised=since,
            since=since,
            says=f"v{version} signed by {SIGNED_BY[''.join(sides) if len(sides) < 2 else '']}",
            command=_signing(view, known, version),
            cleared=first(*signed, *map(known.at, declined)),
            calendar=draft.event.calendar,
            facts=[draft, *(fact for fact in known.engagement.signatures if fact.event.version >= version), *declined],
        )


def working_alerts(view: View, known: Known) -> Iterator[Alert]:
    """Yield an alert for each version that we began to work on before both had signed it, or a later one."""
    begun: dict[int, Fact[WorkStarted]] = {}
    for fact in sorted(known.engagement.work.started, key=known.at):
        begun.setdefault(fact.event.agreement_version or 1, fact)
    for version, started in begun.items():
        signed = [when for number, when in known.signed_by_both.items() if number >= version]
        yield Alert(
            "A-unsigned-work",
            "P09",
            f"version:{version}",
            raised=known.at(started),
            since=known.at(started),
            says=f"work goes on, v{version} is not signed by both",
            command=command(
                view, "signed", f"--version {version}", *(OURS if "client" in known.signatures.get(version, {}) else ())
            ),
            cleared=first(*signed),
            calendar=known.calendar(known.at(started)).name,
            facts=[started, *(f for f in known.engagement.signatures if f.event.version >= version)],
        )


def _signing(view: View, known: Known, version: int) -> str:
    """Return the command for the signature that is missing; theirs, where both are."""
    ours = OURS if "client" in known.signatures.get(version, {}) else ()
    return command(view, "signed", f"--version {version}", *ours)
