"""Every figure of M01 to M22 of any history is what a stranger reckons from an export, but for what is named."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from ledger_projections.replaying.snapshot import snapshot
from ledger_projections.tables.metrics import TABLE

from ledger.calendars import instant
from ledger.exporting import export_lines
from ledger.replay import Replay
from tests.strangers.comparing import differences
from tests.strangers.reckoning.reckoner import reckon
from tests.wandering import Wandering, wandered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LEFT_OUT: Mapping[str, tuple[tuple[str, ...], tuple[str, ...], str]] = {
    "M02": (("delay_bh", "censored"), ("milestone-rescheduled",),
            "a slip whose date was moved is cleared: the stranger knows those that were averted alone"),
    "M05": (("delivered_by_in_force", "delivered_by_baseline"), ("milestone-judged",),
            "what was accepted was delivered: the stranger asks for the delivery itself"),
    "M07": (("good_median_bh", "bad_median_bh", "n_good", "n_bad", "delta_bh", "ratio", "p", "flagged"), ("news-verified",),
            "news that was refuted and then confirmed is news again: to the stranger it stays refuted"),
    "M15": (("window_bd", "client_only_bd", "concurrent_bd", "own_only_bd", "unattributed_bd"), ("milestone-judged",),
            "what was accepted was delivered, as in M05"),
    "M19": (("after_dispute",), ("dispute-raised", "entry-corrected"),
            "what was about the subject before or after it was put right is about it: the stranger reads it once"),
}  # fmt: skip
"""Figures of a metric that are left out of histories that hold each of some types of entry: the figures, the types, and why."""

FEW, MANY = range(40), range(40, 160)
NONE: tuple[tuple[str, ...], tuple[str, ...], str] = (), (), ""


@pytest.mark.parametrize("seeds", [FEW, pytest.param(MANY, marks=pytest.mark.slow)], ids=["few", "many"])
def test_a_stranger_reckons_the_same_figures_of_any_history(seeds: range) -> None:
    assert [(seed, *one) for seed in seeds for one in _of(wandered(seed))] == []


def _of(history: Wandering) -> Iterator[tuple[object, ...]]:
    """Yield what differs now, at what was known at one time, and at what was true at another."""
    lines = [str(one.line) for one in export_lines(history.journal, private=True)]
    held = {str(json.loads(line)["type"]) for line in lines}
    times = sorted({str(json.loads(line)["time"]) for line in lines})
    known, true = (history.chance.choice(times[len(times) // 3 :]) for _ in range(2))
    for replay, as_of in (
        (Replay(), instant(history.clock.now)),
        (Replay(known_on=known), known),
        (Replay(true_on=true), true),
    ):
        rows: Any = snapshot(history.journal, replay, as_of, [TABLE])["metrics"]
        on = [datetime.fromisoformat(at) if at else None for at in (replay.known_on, replay.true_on)]
        theirs = reckon(lines, on[0], on[1], datetime.fromisoformat(as_of))
        yield from (one for one in differences(rows, theirs) if not _is_left_out(one[1], one[2], held))


def _is_left_out(metric: object, figure: object, held: set[str]) -> bool:
    figures, types, _ = LEFT_OUT.get(str(metric), NONE)
    return figure in figures and all(any(type_ in one for one in held) for type_ in types)
