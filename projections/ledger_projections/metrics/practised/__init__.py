"""What practices ask to see and no formula of M01 to M22 counts: small figures, each under the id of its practice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_projections.metrics.practised import (
    agreement,
    attention,
    candour,
    client,
    delivery,
    portfolio,
    reflection,
    talk,
)

if TYPE_CHECKING:
    from ledger_projections.metrics.figure import Metric

AREAS = (agreement, delivery, talk, attention, candour, reflection, client, portfolio)
PRACTISED: tuple[Metric, ...] = tuple(
    sorted((metric for area in AREAS for metric in area.METRICS), key=lambda metric: metric.id)
)
"""All of them, by the number of their practice."""
