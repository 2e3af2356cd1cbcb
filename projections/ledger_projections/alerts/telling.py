"""The commands that tell somebody, or that note who answered: of whom the ledger knows that they were told (P15, P31)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_projections.alerts.alert import command, recording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.events import NewsReported, SlipReported
    from ledger.facts import Fact
    from ledger_projections.view import View

    Report = Fact[SlipReported] | Fact[NewsReported]


def acknowledging(view: View, report: Report) -> str:
    """Return the command that notes the acknowledgement of *report*, by the one who was told if it was one."""
    by = ("--by", report.event.to[0]) if len(report.event.to) == 1 else ()
    if view.engagement is None:
        return recording(view, "communication-acknowledged", "--acknowledges", report.entry.id, *by)
    return command(view, "ack", str(report.entry.position), *by)


def retracting(view: View, news_id: str, told: Sequence[str]) -> str:
    """Return the command that takes news back from those who were *told*."""
    return command(view, "told", news_id, *([",".join(told)] if told else []), "--retract")
