"""The tables of the read model, each a pure function of what is known of one stream, in the order people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_projections.tables import (
    account_plans,
    actions,
    agreements,
    assumptions,
    authorities,
    cadence_occurrences,
    calendars,
    concerns,
    contacts,
    contacts_daily,
    disputes,
    engagement_status,
    entries,
    feedback,
    flags,
    gaps,
    gifts,
    ideas,
    lessons,
    metrics,
    milestones,
    news,
    notices,
    obligations,
    portfolio,
    requests,
    results,
    reviews,
    signals,
    slips,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger_projections.table import Table

MODULES = (
    entries,
    engagement_status,
    agreements,
    milestones,
    slips,
    notices,
    obligations,
    requests,
    cadence_occurrences,
    contacts_daily,
    news,
    reviews,
    feedback,
    gaps,
    concerns,
    gifts,
    contacts,
    authorities,
    account_plans,
    results,
    assumptions,
    lessons,
    ideas,
    actions,
    disputes,
    flags,
    signals,
    portfolio,
    calendars,
)
TABLES: Mapping[str, Table] = {module.TABLE.name: module.TABLE for module in MODULES}
"""Every table that is kept, by its name, in a fixed order."""
ASKED: Mapping[str, Table] = {metrics.TABLE.name: metrics.TABLE}
"""Tables that are made when somebody asks for them, and never kept: time alone changes most of their rows (ADR 17)."""
READABLE: Mapping[str, Table] = {**TABLES, **ASKED}
"""Every table that can be read."""
