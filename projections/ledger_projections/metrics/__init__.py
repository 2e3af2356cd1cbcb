"""The metrics M01 to M22, each a pure function of what is known and as_of, with the entries behind every figure.

Behind them stand what practices ask to see and no formula counts: figures under the id of their practice, P08 to P60.
"""

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
    disclosure_delay,
    gifts,
    news_parity,
    on_time,
    pain_and_benefit,
    perception_gap,
    response_time,
    satisfaction_trend,
    silence,
    single_contact,
    slip_size,
    unsigned_exposure,
    verification,
    warning_lead,
    warning_share,
)
from ledger_projections.metrics.practised import PRACTISED

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
    disclosure_delay,
    gifts,
    news_parity,
    on_time,
    pain_and_benefit,
    perception_gap,
    response_time,
    satisfaction_trend,
    silence,
    single_contact,
    slip_size,
    unsigned_exposure,
    verification,
    warning_lead,
    warning_share,
)  # fmt: skip
METRICS: tuple[Metric, ...] = (
    *sorted((module.METRIC for module in MODULES), key=lambda metric: metric.id),
    *PRACTISED,
)
"""All of them, by the id of their formula, then by that of their practice."""
