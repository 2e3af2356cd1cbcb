"""What is taken to be so, and whether it was (P46)."""

from __future__ import annotations

from typing import Literal

from ledger.events.base import Event
from ledger.values import AssumptionId, Day, Erasable, Identity, Minted, Text


class AssumptionRecorded(Event, streams="engagement", defines="assumption"):
    """Something is taken to be so, until it is tested (P46)."""

    assumption_id: Minted[AssumptionId]
    test_by: Day | None = None
    statement: Erasable[Text]
    basis: Erasable[Text] = None


class AssumptionTested(Event, streams="engagement"):
    """What was taken to be so is, or is not (P46)."""

    assumption_id: Identity[AssumptionId]
    verdict: Literal["held", "failed"]
    how: Erasable[Text]
