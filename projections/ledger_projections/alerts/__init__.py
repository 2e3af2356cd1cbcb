"""Alerts: everything of a stream that needs attention, from when to when (domain 3.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.account import Account
from ledger.engagement import Engagement
from ledger.standing import Known
from ledger_projections.alerts.alert import MORNING, RANKS, Alert
from ledger_projections.alerts.assumptions import assumption_alerts
from ledger_projections.alerts.client import client_alerts
from ledger_projections.alerts.doings import action_alerts, concern_alerts
from ledger_projections.alerts.exits import exit_alerts
from ledger_projections.alerts.feedback import feedback_alerts
from ledger_projections.alerts.flagged import flag_alerts
from ledger_projections.alerts.milestones import milestone_alerts
from ledger_projections.alerts.news import news_alerts
from ledger_projections.alerts.obligations import obligation_alerts
from ledger_projections.alerts.requests import request_alerts
from ledger_projections.alerts.silence import silence_alerts
from ledger_projections.alerts.slips import slip_alerts
from ledger_projections.alerts.trend import trend_alerts
from ledger_projections.alerts.unsigned import unsigned_alerts, working_alerts
from ledger_projections.alerts.worked import cap_alerts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger_projections.view import View

__all__ = ["MORNING", "RANKS", "Alert", "alerts"]

MAKERS = (
    slip_alerts, request_alerts, milestone_alerts, silence_alerts, obligation_alerts, news_alerts, unsigned_alerts,
    working_alerts, action_alerts, concern_alerts, assumption_alerts, feedback_alerts, flag_alerts, client_alerts,
    cap_alerts, trend_alerts,
)  # fmt: skip
AFTERWARDS = (exit_alerts,)
"""What the close itself calls for."""


def alerts(view: View) -> Iterator[Alert]:
    """Yield the alerts of the stream of *view*; closing an engagement clears what still stands."""
    if view.account is None and view.engagement is None:
        return
    known = view.known or Known(Engagement(), view.account or Account(), view.practice)
    closed = known.at(known.engagement.closed) if known.engagement.closed else None
    for make in MAKERS:
        for alert in make(view, known):
            if view.concerns(alert.subject) and (standing := alert.until(closed)):
                yield standing
    for make in AFTERWARDS:
        yield from make(view, known)
