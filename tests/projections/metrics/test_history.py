"""How figures stood week by week is what a replay of each week says, without reading the log for each."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from ledger_projections.metrics import METRICS
from ledger_projections.replaying.snapshot import snapshot
from ledger_projections.replaying.weekly import weekly
from ledger_projections.tables.metrics import table_of

from ledger.calendars import instant, parse_instant
from ledger.replay import TODAY, Replay
from tests.views import World, london, northwind

if TYPE_CHECKING:
    from pathlib import Path

AS_OF = london("2025-07-04T12:00")
WEEKS = 6


def _engagement(world: World) -> str:
    return world.view().stream.partition("/")[2]


@pytest.mark.parametrize("known_on", [None, london("2025-06-30T23:59")])
def test_each_week_is_what_its_replay_says(tmp_path: Path, known_on: str | None) -> None:
    world = northwind(tmp_path)
    name = _engagement(world)

    found = weekly(world.journal, Replay(known_on=known_on), AS_OF, METRICS, name, WEEKS)

    for number in range(WEEKS):
        when = instant(parse_instant(AS_OF) - timedelta(days=7 * (WEEKS - 1 - number)))
        then = Replay(known_on=known_on, true_on=when)
        rows = snapshot(world.journal, then, when, [table_of(METRICS)], engagement=name)["metrics"]
        own = {(r["metric"], r["figure"], r["subject"]): r["value"] for r in rows if r["engagement"] == name}
        assert {place: values[number] for place, values in found.items() if values[number] is not None} == {
            place: value for place, value in own.items() if value is not None
        }


def test_a_correction_moves_what_was_so_before_it_was_written_down(tmp_path: Path) -> None:
    world = northwind(tmp_path)
    name, place = _engagement(world), ("M02", "delay_bh", "slip:S1")

    then, now = (
        weekly(world.journal, replay, AS_OF, METRICS, name, 5)[place]
        for replay in (Replay(known_on=london("2025-06-30T23:59")), TODAY)
    )

    assert (then, now) == ([3.0, 25.083, 25.083, 25.083, 25.083], [21.667, 43.75, 43.75, 43.75, 43.75])


def test_no_week_begins_before_the_first_day_there_is(tmp_path: Path) -> None:
    world = northwind(tmp_path)

    assert weekly(world.journal, TODAY, "0001-01-09T00:00:00.000000Z", METRICS, _engagement(world), WEEKS) == {}


def test_before_it_was_opened_an_engagement_has_no_figures(tmp_path: Path) -> None:
    world = northwind(tmp_path)

    assert weekly(world.journal, TODAY, london("2025-03-01T09:00"), METRICS, _engagement(world), 4) == {}
