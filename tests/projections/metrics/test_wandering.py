"""Every figure of M01 to M22 of any history is what a stranger reckons from an export."""

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
    from collections.abc import Iterator

FEW, MANY = range(40), range(40, 160)


@pytest.mark.parametrize("seeds", [FEW, pytest.param(MANY, marks=pytest.mark.slow)], ids=["few", "many"])
def test_a_stranger_reckons_the_same_figures_of_any_history(seeds: range) -> None:
    assert [(seed, *one) for seed in seeds for one in _of(wandered(seed))] == []


def _of(history: Wandering) -> Iterator[tuple[object, ...]]:
    """Yield what differs now, at what was known at one time, and at what was true at another."""
    lines = [str(one.line) for one in export_lines(history.journal, private=True)]
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
        yield from differences(rows, theirs)
