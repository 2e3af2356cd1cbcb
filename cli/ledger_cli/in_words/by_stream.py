"""Metrics stream by stream, made into lines as their rows come: of many engagements more rows than memory holds."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from ledger.values.named import NamedTuple
from ledger_cli.in_words.measured import badness, behind, measured
from ledger_cli.printing.safe import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ledger_projections.metrics.figure import Metric

    from ledger_cli.in_words.measured import History, Line

    Row = dict[str, Any]

MOST = 5
"""So many things of a metric are shown, the worst, where no metric was named."""


class Block(NamedTuple):
    """What is said of one stream, and what it is sorted by, the worst first; None where there is nothing of it."""

    title: str
    badness: tuple[int, bool, float] | None
    lines: Sequence[Line]


def blocks(
    rows: Iterable[Row],
    chosen: Mapping[str, Metric],
    history: History,
    people: Callable[[str | None], Mapping[str, str]],
) -> list[Block]:
    """Return what *rows* say of the metrics *chosen*, stream by stream; *people* tells what those of an account are called.

    What stands on several streams comes behind what one of them gives.
    """
    found: dict[str, Block] = {}
    for stream, some in groupby(rows, key=itemgetter("stream")):
        figures = [*some]
        most = MOST if len(chosen) > 1 else None
        lines = [*measured(figures, chosen, history, most, people(figures[0]["account"]))]
        before = found[stream].lines if stream in found else ()
        found[stream] = Block(_title(figures[0]), _badness(figures, chosen), behind(before, lines))
    return [*found.values()]


def worst_first(found: Iterable[Block]) -> list[Block]:
    """Return those of which there is something: of all engagements, the worst is what is asked for."""
    ranked = [(block.badness, block) for block in found if block.badness is not None]
    return [block for _, block in sorted(ranked, key=itemgetter(0))]


def _title(row: Row) -> str:
    kind, _, name = row["stream"].partition("/")
    called = row[f"{kind}_alias"] or name if name else ""
    return f"{kind} {safe(called)}".rstrip()


def _badness(figures: Sequence[Row], chosen: Mapping[str, Metric]) -> tuple[int, bool, float] | None:
    """Return how bad the figures of one metric are; of several nobody asks."""
    if len(chosen) > 1 or not any(row["n"] for row in figures):
        return None
    return badness(chosen[figures[0]["metric"]], figures)
