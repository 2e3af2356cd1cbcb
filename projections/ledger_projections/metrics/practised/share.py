"""How many of some things are so: the figure that most practices ask for."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ledger_projections.metrics.figure import NONE_YET, Figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ledger.facts import Fact

    Facts = Sequence[Fact[Any]]


def share(name: str, are_so: Sequence[bool], facts: Facts, subject: str = "") -> Figure:
    """Return the share of things that are so, of which *are_so* says each; undefined where there is none."""
    n = len(are_so)
    return Figure(name, Decimal(sum(are_so)) / n if n else None, n, facts, subject, "" if n else NONE_YET)


def all_of(facts: Iterable[Facts]) -> Facts:
    """Return each of *facts* once, in the order they come."""
    return list({fact.entry.id: fact for some in facts for fact in some}.values())
