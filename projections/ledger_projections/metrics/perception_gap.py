"""How far what we think of our work lies from what the client says of it (M11, domain 3.3.7; P41).

    mean     of the gaps of a wave: ours less theirs, on 0 to 100; above zero, we think better of it than they do
    worst    the highest of them: where we flatter ourselves most; the words name the dimension
    n        dimensions for which there is a gap
    gap      that of one dimension (subject: the wave and the dimension)

Ours is what we said last of that dimension. There is a gap only where we had said it before anybody of the wave answered,
and not too long before; else the words say why not, and it counts in neither mean nor worst.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from ledger.standing import gaps_of
from ledger.standing.scores import grained
from ledger_projections.metrics.figure import Figure, Meaning, Metric

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.standing import Gap
    from ledger_projections.view import View


def figures(view: View) -> Iterator[Figure]:
    """Yield the figures of each wave, and the gap of each of its dimensions."""
    if view.known is None:
        return
    for wave, gaps in groupby(gaps_of(view.known), key=lambda gap: gap.wave):
        yield from _figures(f"wave:{wave}", list(gaps))


def _figures(subject: str, gaps: Sequence[Gap]) -> Iterator[Figure]:
    found = {gap.dimension: gap.gap for gap in gaps if gap.gap is not None}
    facts, n = [fact for gap in gaps for fact in gap.facts], len(found)
    mean = grained(sum(found.values(), Decimal(0)) / n) if n else None
    worst = max(found, key=lambda dimension: found[dimension]) if n else None
    why = ", ".join(dict.fromkeys(gap.state for gap in gaps))
    yield Figure("mean", mean, n, facts, subject, "" if n else why)
    yield Figure("worst", found[worst] if worst else None, n, facts, subject, worst or why)
    yield Figure("n", n, n, facts, subject)
    for gap in gaps:
        sealed = gap.gap is not None
        yield Figure("gap", gap.gap, int(sealed), gap.facts, f"{subject} {gap.dimension}", "" if sealed else gap.state)


METRIC = Metric(
    "M11",
    "Perception gap",
    ("P41",),
    {
        "mean": Meaning("The mean gap of a wave: above zero, we think better of our work than they do.", "points"),
        "worst": Meaning("The highest gap of a wave; the words name its dimension.", "points", "higher"),
        "n": Meaning("Dimensions of the wave that have a gap.", "dimensions"),
        "gap": Meaning("The gap of one dimension; the words say why there is none.", "points", "higher"),
    },
    figures,
)
