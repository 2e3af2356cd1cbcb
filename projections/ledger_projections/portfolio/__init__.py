"""Signals over the whole portfolio: reckoned when somebody asks, for each stands on more than one stream or on the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_projections.portfolio.capacity import overcommitted
from ledger_projections.portfolio.dependency import dependent
from ledger_projections.portfolio.lessons import unlearned
from ledger_projections.portfolio.neglect import neglected
from ledger_projections.portfolio.one_contact import on_one_contact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger_projections.alerts import Alert
    from ledger_projections.view import View

__all__ = ["PORTFOLIO", "portfolio_alerts"]

MAKERS = (on_one_contact, neglected, unlearned, dependent, overcommitted)
PORTFOLIO: Mapping[str, int] = {
    "A-single-contact": 11,
    "A-neglected": 11,
    "A-unlearned": 11,
    "A-dependency": 12,
    "A-overcommitted": 12,
}
"""Their ranks: behind all that one engagement or account calls for; what concerns one client before what concerns all."""


def portfolio_alerts(views: Sequence[View]) -> Iterator[tuple[View, Alert]]:
    """Yield the alerts of *views*, all there are at one moment, each with the view that it is about."""
    for make in MAKERS:
        yield from make(views)
