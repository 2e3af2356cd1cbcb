"""Flags on corrections of what is in dispute (M19)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.events import EntryCorrected
from ledger.references import defined, parse_ref, references
from ledger_projections.flagging.flag import Flag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.events import DisputeRaised, Event
    from ledger.facts import Fact
    from ledger.standing import Known
    from ledger_projections.view import View


def correction_flags(view: View, known: Known) -> Iterator[Flag]:
    """Yield a flag on each correction without evidence that came after a dispute about what it corrects."""
    if not view.concerns_any("entry"):
        return
    targets = {str(fact.entry.id): fact for fact in known.engagement.history}
    for fact in known.engagement.facts.values():
        if isinstance(event := fact.event, EntryCorrected) and not event.evidence_count and event.entry in targets:
            target = targets[event.entry]
            dispute = next((d for d in _disputes(known, fact) if _touches(d, target)), None)
            if dispute is not None:
                said = f"corrects #{target.entry.position}, in dispute {dispute.event.dispute_id}, without evidence"
                yield Flag(fact, "correction-without-evidence", f"entry:{event.entry}", said, [target, dispute])


def _disputes(known: Known, correction: Fact[Event]) -> Iterator[Fact[DisputeRaised]]:
    return (d for d in known.engagement.disputes.values() if d.entry.position < correction.entry.position)


def _touches(dispute: Fact[DisputeRaised], target: Fact[Event]) -> bool:
    about = {parse_ref(ref) for item in dispute.event.items for ref in item["about"]}
    spoken = {("entry", str(target.entry.id)), defined(target.event), *references(target.event)}
    return not about.isdisjoint(spoken)
