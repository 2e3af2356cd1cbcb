"""M11: the gaps of a wave come to a mean and a worst; what was not said beforehand is no gap."""

from decimal import Decimal
from pathlib import Path

from ledger_projections.metrics.perception_gap import METRIC
from ledger_projections.tables.gaps import TABLE

from tests.measuring import figures_of, values_of
from tests.views import World, london

TEN = {"min": "0", "max": "10"}


def assess(world: World, day: str, **scores: str) -> None:
    given = [{"dimension": name, "score": score} for name, score in scores.items()]
    world.at(f"{day}T10:00").record("self-assessed", scale=TEN, scores=given, occurred=london(f"{day}T10:00"))


def answer(world: World, day: str, wave: str = "q2", who: str = "c1", **scores: str) -> None:
    given = [{"dimension": name, "score": score} for name, score in scores.items()]
    world.at(f"{day}T10:00").record("feedback-received", wave=wave, from_contact=who, solicited=True, scale=TEN,
                                    scores=given, occurred=london(f"{day}T10:00"))  # fmt: skip


def test_a_wave_reads_whole(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    assess(world, "2025-06-02", trust="9", pace="5", price="7")
    answer(world, "2025-06-12", trust="7", pace="6", price="6.5", warmth="1")

    found = figures_of(METRIC, world.view())

    assert {name: (one.value, one.n, one.words) for name, one in found.items()} == {
        "mean wave:q2": (Decimal(5), 3, ""),
        "worst wave:q2": (Decimal(20), 3, "trust"),
        "n wave:q2": (3, 3, ""),
        "gap wave:q2 trust": (Decimal(20), 1, ""),
        "gap wave:q2 pace": (Decimal(-10), 1, ""),
        "gap wave:q2 price": (Decimal(5), 1, ""),
        "gap wave:q2 warmth": (None, 0, "none"),
    }


def test_the_worst_is_where_we_flatter_ourselves_not_where_we_belittle(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    assess(world, "2025-06-02", trust="1", pace="5")
    answer(world, "2025-06-12", trust="9", pace="6")

    found = figures_of(METRIC, world.view())["worst wave:q2"]

    assert (found.value, found.words) == (-10, "pace")


def test_what_was_said_after_the_answer_makes_no_gap_and_the_words_say_so(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    answer(world, "2025-06-12", trust="9", pace="6")
    assess(world, "2025-06-13", trust="9")

    found = figures_of(METRIC, world.view())

    assert [(found[f"{name} wave:q2"].value, found[f"{name} wave:q2"].words) for name in ("mean", "worst", "n")] == [
        (None, "unsealed, none"), (None, "unsealed, none"), (0, "")]  # fmt: skip


def test_each_wave_is_one_of_its_own_whatever_order_its_answers_came_in(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    other = world.person("buyer", "client")
    assess(world, "2025-06-02", trust="9")
    answer(world, "2025-06-03", "q1", trust="7")
    answer(world, "2025-06-04", "q2", trust="8")
    answer(world, "2025-06-05", "q1", other, trust="5")

    values = values_of(METRIC, world.view())

    assert {name: value for name, value in values.items() if name.startswith("mean")} == {
        "mean wave:q1": 30, "mean wave:q2": 10}  # fmt: skip


def test_its_gaps_are_those_of_the_table(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    assess(world, "2025-06-02", trust="9", pace="5")
    answer(world, "2025-06-12", trust="7", pace="6", warmth="1")

    values = values_of(METRIC, world.view())

    shown = {f"gap wave:{row['wave']} {row['dimension']}": row["gap"] for row in world.rows(TABLE)}
    assert {name: value for name, value in values.items() if name.startswith("gap")} == shown


def test_what_we_think_is_private_and_so_is_what_is_made_of_it(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    assess(world, "2025-06-02", trust="9")
    answer(world, "2025-06-12", trust="7")

    found = figures_of(METRIC, world.view())

    assert all("private" in {fact.visibility for fact in figure.facts} for figure in found.values())


def test_without_feedback_there_is_no_figure(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    assess(world, "2025-06-02", trust="9")

    assert figures_of(METRIC, world.view()) == {}
