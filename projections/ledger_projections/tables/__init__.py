"""The tables of the read model, each a pure function of what is known of one stream, in the order people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_projections.tables import entries

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger_projections.table import Table

TABLES: Mapping[str, Table] = {module.TABLE.name: module.TABLE for module in (entries,)}
"""Every table by its name, in a fixed order."""
