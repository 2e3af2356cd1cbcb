"""What was agreed of a milestone beside its date: effort, what it waits for, what it rests on (P12, P19, P46)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ledger_projections.json_text import json_text
from ledger_projections.table import Column

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.engagement import Milestone
    from ledger.events import AssumptionTested, MilestoneAgreed
    from ledger.facts import Fact
    from ledger.standing import Known
    from ledger_projections.table import Scalar

TERMS = (
    Column("starts_on", "day", "When its work is to begin (P19).", nullable=True),
    Column("effort_days", "number", "How many days of work it takes (P19).", "days", nullable=True),
    Column("depends_on", "json", "The milestones it waits for."),
    Column("from_request", "text", "The request it was born of (P12).", nullable=True, example="R7"),
    Column("assumptions", "json", "The assumptions it rests on (P46)."),
    Column("assumptions_untested", "json", "Those of them that nobody has tested."),
)  # fmt: skip


def terms(known: Known, event: MilestoneAgreed) -> dict[str, Scalar]:
    """Return what was agreed of a milestone, beside its date."""
    cited = event.assumptions or []
    held = {name: known.engagement.assumptions.get(name) for name in cited}
    return {
        "title": event.title,
        "acceptance_criteria": event.acceptance_criteria,
        "agreement_version": event.agreement_version,
        "starts_on": event.starts_on,
        "effort_days": Decimal(event.effort_days) if event.effort_days else None,
        "depends_on": json_text(event.depends_on),
        "from_request": event.from_request,
        "assumptions": json_text(cited),
        "assumptions_untested": json_text([name for name, a in held.items() if a is None or a.tested is None]),
    }


def tested(known: Known, milestone: Milestone) -> Iterator[Fact[AssumptionTested]]:
    """Yield the tests of the assumptions that *milestone* rests on."""
    for name in (milestone.agreed.event.assumptions or ()) if milestone.agreed else ():
        assumption = known.engagement.assumptions.get(name)
        if assumption and assumption.tested:
            yield assumption.tested
