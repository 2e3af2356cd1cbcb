"""Scores that are equal are equal, whichever way their thirds were added up: ties, gaps of nothing (M11, M12, P45)."""

from pathlib import Path

from ledger_projections.metrics.perception_gap import METRIC as GAP
from ledger_projections.metrics.practised.reflection import METRICS as REFLECTED
from ledger_projections.metrics.satisfaction_trend import METRIC as TREND

from tests.measuring import values_of
from tests.views import World

THREE = {"min": "0", "max": "3"}


def answered(world: World, wave: str, day: str, *scores: str, who: str = "c1") -> None:
    """Have an answer in which each of some dimensions is scored, from 0 to 3."""
    given = [{"dimension": f"d{number}", "score": score} for number, score in enumerate(scores, 1)]
    world.at(f"{day}T10:00").record(
        "feedback-received", wave=wave, from_contact=who, solicited=True, scale=THREE, scores=given
    )


def test_two_thirds_are_two_thirds_of_one_of_two_and_of_the_middle_of_two(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    other = world.person("planner", "client")
    answered(world, "one", "2025-04-01", "2")
    answered(world, "mean", "2025-05-01", "1", "3")
    answered(world, "middle", "2025-06-02", "1")
    answered(world, "middle", "2025-06-02", "3", who=other)
    answered(world, "three", "2025-07-01", "1", "2", "3")

    found = values_of(TREND, world.view())

    assert (found["s"], found["p"], found["sen_90d"]) == (0, 1, 0)


def test_a_gap_of_nothing_is_nothing(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    other = world.person("planner", "client")
    ours = [{"dimension": name, "score": score} for name, score in (("d1", "2"), ("d2", "1"), ("d3", "2"))]
    world.at("2025-05-30T10:00").record("self-assessed", scale=THREE, scores=ours)
    answered(world, "w", "2025-06-02", "1", "0", "3")
    answered(world, "w", "2025-06-02", "3", "0", "3", who=other)

    found = values_of(GAP, world.view())

    assert (found["gap wave:w d1"], found["mean wave:w"]) == (0, 0)


def test_the_unhappiest_are_those_who_say_so_overall(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    for number, overall in enumerate(("3", "3", "0", "3"), 1):
        scores = [
            {"dimension": "overall", "score": overall},
            {"dimension": "pace", "score": "3" if overall == "0" else "0"},
        ]
        world.at(f"2025-06-0{number + 1}T10:00").record(
            "feedback-received", wave="w", from_contact="c1", solicited=True, scale=THREE, scores=scores
        )
    unlearned = next(metric for metric in REFLECTED if metric.id == "P45")

    assert [(figure.value, figure.n) for figure in unlearned.figures(world.view())] == [(1, 1)]
