"""What all engagements together call for: reckoned when it is read, of rows that each stream brings (ADR 22)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger_projections.portfolio.found import PORTFOLIO
from ledger_projections.portfolio.gathered import NEEDED, Gathered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ledger_projections.portfolio.found import Found

    Make = Callable[[Gathered], Iterable[Found]]

__all__ = ["NEEDED", "PORTFOLIO", "Gathered", "lasting_signals", "signals_over_all"]


def signals_over_all(gathered: Gathered) -> Iterator[dict[str, Any]]:
    """Yield the rows of the table `signals` that stand on more than one stream, or on the day, but for their twins."""
    for row in lasting_signals(gathered):
        yield {**row, "raised_at": min(row["raised_at"], gathered.as_of)}  # what has a day only counts from its close


def lasting_signals(gathered: Gathered) -> Iterator[dict[str, Any]]:
    """Yield the same, as they are until time alone makes others of them (`Gathered.until`): raised when all is known."""
    for make in _makers(gathered):
        yield from (found.row() for found in make(gathered))


def _makers(gathered: Gathered) -> Iterator[Make]:
    """Yield what makes signals of the parts that there are: the others are not imported, for a glance is to be quick."""
    if gathered.part("capacity"):
        from ledger_projections.portfolio.capacity import overcommitted

        yield overcommitted
    if gathered.part("talk"):
        from ledger_projections.portfolio.neglect import neglected

        yield neglected
    if gathered.part("answer"):
        from ledger_projections.portfolio.lessons import unlearned

        yield unlearned
    if gathered.part("people"):
        from ledger_projections.portfolio.one_contact import on_one_contact

        yield on_one_contact
    if gathered.part("value"):
        from ledger_projections.portfolio.dependency import dependent

        yield dependent
