"""The metrics M01 to M22, each a pure function of what is known and as_of, with the entries behind every figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_projections.metrics import (
    action_latency,
    agreement_completeness,
    cadence_adherence,
    client_obligations,
    contact_tracking,
    contemporaneity,
    courage,
    gifts,
    pain_and_benefit,
    perception_gap,
    satisfaction_trend,
    silence,
    single_contact,
    unsigned_exposure,
)

if TYPE_CHECKING:
    from ledger_projections.metrics.figure import Metric

MODULES = (
    action_latency,
    agreement_completeness,
    cadence_adherence,
    client_obligations,
    contact_tracking,
    contemporaneity,
    courage,
    gifts,
    pain_and_benefit,
    perception_gap,
    satisfaction_trend,
    silence,
    single_contact,
    unsigned_exposure,
)  # fmt: skip
METRICS: tuple[Metric, ...] = tuple(sorted((module.METRIC for module in MODULES), key=lambda metric: metric.id))
"""All of them, by the id of their formula."""
