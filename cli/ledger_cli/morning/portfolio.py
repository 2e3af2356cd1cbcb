"""Signals that are reckoned when somebody asks: those that stand on more than one stream, or on the day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger_projections.portfolio import PORTFOLIO, portfolio_alerts
from ledger_projections.tables.signals import values
from ledger_projections.whose import whose

from ledger_cli.morning.needs import need_of

if TYPE_CHECKING:
    from ledger_projections.alerts import Alert
    from ledger_projections.view import View

    from ledger_cli.morning.needs import Need
    from ledger_cli.reading import Reading

    Row = dict[str, Any]


def over_all(reading: Reading) -> list[Need]:
    """Return what all engagements together call for, or one of them by the day, worst first."""
    found = (_row(view, alert) for view, alert in portfolio_alerts(list(reading.views())))
    return sorted((need_of(reading, row) for row in found), key=lambda need: (need.signal["rank"], need.name))


def of_one(need: Need, engagement: str) -> bool:
    """Return whether *need* is about the one *engagement*."""
    return bool(need.signal["engagement"] == engagement)


def _row(view: View, alert: Alert) -> Row:
    entries = {fact.entry.position: fact.entry.id for fact in alert.facts}
    positions = sorted(entries)
    own = {"positions": positions, "entries": [entries[position] for position in positions]}
    return {**whose(view), **values(alert, PORTFOLIO[alert.signal]), **own}
