"""The tables of the read model, each a pure function of what is known of one stream, in the order people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_projections.tables import engagement_status, entries, milestones, signals, slips

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger_projections.table import Table

MODULES = (entries, engagement_status, milestones, slips, signals)
TABLES: Mapping[str, Table] = {module.TABLE.name: module.TABLE for module in MODULES}
"""Every table by its name, in a fixed order."""
