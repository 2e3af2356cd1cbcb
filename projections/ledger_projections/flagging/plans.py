"""Flags on account plans (P55)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_projections.flagging.flag import Flag
from ledger_projections.wording import actor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.standing import Known
    from ledger_projections.view import View


def plan_flags(view: View, known: Known) -> Iterator[Flag]:
    """Yield a flag on each plan that its own author approved."""
    for version, fact in known.account.plans.items():
        if fact.event.approved_by == fact.event.drafted_by:
            said = f"{actor(view, fact.event.approved_by)} drafted it and approved it"
            yield Flag(fact, "plan-approved-by-author", f"entry:{fact.entry.id}", f"version {version}: {said}")
