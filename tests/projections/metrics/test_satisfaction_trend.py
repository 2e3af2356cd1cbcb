"""M12: where satisfaction goes, wave by wave, and when that is adverse; with few waves it says so."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.metrics.figure import Figure
from ledger_projections.metrics.satisfaction_trend import METRIC, satisfaction
from ledger_projections.tables.metrics import rounded

from ledger.drafts import Receipt
from tests.measuring import figures_of, values_of
from tests.views import World, london

HUNDRED = {"min": "0", "max": "100"}
TEN = {"min": "0", "max": "10"}
FIRST = date(2025, 1, 15)
NAMES = ("s", "p", "sen_90d", "ewma", "last")


def answer(world: World, day: str, wave: str, who: str = "c1", scale: Any = None, **scores: str) -> Receipt:
    """Record an answer given at ten o'clock."""
    given = [{"dimension": name, "score": score} for name, score in scores.items()]
    return world.record("feedback-received", wave=wave, from_contact=who, scale=scale or HUNDRED, scores=given,
                        solicited=True, occurred=london(f"{day}T10:00"))  # fmt: skip


def told(folder: Path, *scores: int, apart: int = 30) -> World:
    """Tell, in a folder that may be new, waves with these scores, so many days *apart*."""
    folder.mkdir(exist_ok=True)
    world = World(folder).begin().at("2025-12-31T12:00")
    for number, score in enumerate(scores):
        answer(world, str(FIRST + timedelta(days=apart * number)), f"w{number}", overall=str(score))
    return world


def policy(world: World, name: str, value: str, valid_from: str = "2025-01-01") -> Receipt:
    return world.record("policy-set", "practice", policies=[{"policy": name, "value": value}], valid_from=valid_from)


SERIES: dict[str, tuple[Sequence[int], tuple[str, ...]]] = {
    "one wave": ((90,), ("too few", "too few", "too few", "too few", "90", "too few")),
    "two waves": ((90, 40), ("too few", "too few", "too few", "too few", "40", "too few")),
    "three waves: direction only": ((90, 85, 86), ("too few", "too few", "too few", "87.2", "86", "falling")),
    "three waves all alike": ((90, 90, 90), ("too few", "too few", "too few", "90", "90", "level")),
    "four waves that rise": ((82, 84, 86, 90), ("6", "0.0417", "7", "86.448", "90", "rising")),
    "four waves that fall": ((95, 94, 92, 91), ("-6", "0.0417", "-4.25", "92.536", "91", "falling")),
    "four waves, two of them equal": ((95, 92, 92, 91), ("-5", "0.0833", "-3.5", "92.248", "91", "falling")),
    "five waves that mostly fall": ((95, 94, 96, 90, 85), ("-6", "0.1167", "-6.75", "89.8576", "85", "falling")),
}  # fmt: skip


@pytest.mark.parametrize(("scores", "expected"), SERIES.values(), ids=SERIES)
def test_a_series_reads(tmp_path: Path, scores: Sequence[int], expected: tuple[str, ...]) -> None:
    found = figures_of(METRIC, told(tmp_path, *scores).view())

    assert (*(shown(found[name]) for name in NAMES), found["direction"].words) == expected
    assert found["n"].value == len(scores)


def shown(figure: Figure) -> str:
    """Return a figure in four places without the zeros that end them; where it has no value, its words."""
    if figure.value is None:
        return figure.words
    text = f"{figure.value:.4f}"
    return text.rstrip("0").rstrip(".")


ADVERSE: dict[str, tuple[Sequence[int], Callable[[World], object], tuple[bool, bool, bool]]] = {
    "four waves that fall": ((95, 94, 92, 91), lambda w: None, (True, False, False)),
    "four waves that rise": ((91, 92, 94, 95), lambda w: None, (False, False, False)),
    "they fall, and may by chance": ((95, 94, 96, 90, 92), lambda w: None, (False, False, False)),
    "a stricter p": ((95, 94, 92, 91), lambda w: policy(w, "trend_p", "0.04"), (False, False, False)),
    "p as much as allowed": ((95, 92, 92, 91), lambda w: policy(w, "trend_p", "0.0833334"), (True, False, False)),
    "three waves below the floor": ((79, 80, 80), lambda w: None, (False, True, False)),
    "three waves at the floor": ((80, 80, 80), lambda w: None, (False, False, False)),
    "a lower floor": ((79, 80, 80), lambda w: policy(w, "floor", "79"), (False, False, False)),
    "a floor that does not hold yet": ((79, 80, 80), lambda w: policy(w, "floor", "70", "2026-01-01"), (False, True, False)),
    "the newest counts for nothing": ((90, 90, 10), lambda w: policy(w, "ewma_lambda", "0"), (False, False, True)),
    "one very low": ((100, 100, 59), lambda w: None, (False, False, True)),
    "one just not very low": ((100, 100, 60), lambda w: None, (False, False, False)),
    "a higher hard floor": ((100, 100, 60), lambda w: policy(w, "hard_floor", "60.5"), (False, False, True)),
    "two waves are too few, however low": ((20, 10), lambda w: None, (False, False, False)),
}  # fmt: skip


@pytest.mark.parametrize(("scores", "act", "expected"), ADVERSE.values(), ids=ADVERSE)
def test_a_trend_is_adverse(
    tmp_path: Path, scores: Sequence[int], act: Callable[[World], object], expected: tuple[bool, bool, bool]
) -> None:
    world = told(tmp_path, *scores)
    act(world)

    found = satisfaction(world.view())

    assert (found.is_falling, found.is_low, found.is_very_low) == expected
    assert found.is_adverse == any(expected)


def test_what_is_adverse_is_said_of_its_figure(tmp_path: Path) -> None:
    found = figures_of(METRIC, told(tmp_path, 95, 70, 60, 50).view())

    assert [found[name].words for name in ("p", "ewma", "last", "direction")] == [
        "falling, hardly by chance", "below the floor", "below the hard floor", "falling"]  # fmt: skip


def test_without_feedback_there_is_nothing_to_tell(tmp_path: Path) -> None:
    found = figures_of(METRIC, World(tmp_path).begin().view())

    assert found["n"].value == 0
    assert {(one.value, one.n, one.words) for name, one in found.items() if name != "n"} == {(None, 0, "none yet")}


def test_a_wave_is_the_median_of_its_respondents_each_by_what_they_say_of_all_or_on_average(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-12-31T12:00")
    others = [world.person(role, "client") for role in ("buyer", "user")]
    answer(world, "2025-06-02", "w", others[0], trust="60", pace="90")
    answer(world, "2025-06-03", "w", others[1], {"min": "1", "max": "5"}, overall="4", trust="1")
    answer(world, "2025-06-04", "w", "c1", overall="10")
    answer(world, "2025-06-05", "w", "c1", overall="90")

    found = figures_of(METRIC, world.view())["last"]

    assert (found.value, len(found.facts)) == (75, 3)


def test_scores_are_rounded_once_when_they_are_shown(tmp_path: Path) -> None:
    world = told(tmp_path)
    world.person("planner", "client")
    answer(world, "2025-06-06", "q2", "c1", TEN, speed="8", trust="8", clarity="7")
    answer(world, "2025-06-06", "q2", "c3", TEN, speed="8", trust="8", clarity="7")

    last = values_of(METRIC, world.view())["last"]

    assert isinstance(last, Decimal)
    assert str(rounded(last)) == "76.667"


def test_waves_stand_in_the_order_of_their_last_answers(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-12-31T12:00")
    other = world.person("buyer", "client")
    answer(world, "2025-03-03", "b", overall="90")
    answer(world, "2025-06-02", "a", overall="70")
    answer(world, "2025-09-01", "b", other, overall="80")
    answer(world, "2025-05-05", "c", overall="60")

    assert [(wave.name, int(wave.score)) for wave in satisfaction(world.view()).waves] == [
        ("c", 60),
        ("a", 70),
        ("b", 85),
    ]


def test_the_slope_counts_days_not_waves(tmp_path: Path) -> None:
    worlds = [told(tmp_path / str(apart), 90, 80, 70, 60, apart=apart) for apart in (30, 90)]

    slopes = [values_of(METRIC, world.view())["sen_90d"] for world in worlds]

    assert slopes == [-30, -10]


def test_waves_of_one_day_have_a_rank_and_no_slope(tmp_path: Path) -> None:
    world = told(tmp_path, 95, 94, 92, 91, apart=0)

    found = figures_of(METRIC, world.view())

    assert (found["s"].value, found["sen_90d"].value, found["direction"].words) == (-6, None, "too few")
    assert not satisfaction(world.view()).is_adverse


def test_a_corrected_score_moves_the_wave(tmp_path: Path) -> None:
    world = told(tmp_path, 90, 85)
    entry = next(f.entry.id for f in world.facts() if f.event.short_name == "feedback-received")
    change = {"path": "data.scores", "after": '[{"dimension":"overall","score":"50"}]'}
    world.record("entry-corrected", entry=entry, kind="amend", reason="misread", changes=[change])

    assert satisfaction(world.view()).scores == [Decimal(50), Decimal(85)]


def test_an_account_counts_its_own_feedback_alone(tmp_path: Path) -> None:
    world = told(tmp_path, 90, 85)
    world.record("feedback-received", "account/acme", wave="year", from_contact="c1", scale=HUNDRED, solicited=True,
                 scores=[{"dimension": "overall", "score": "70"}])  # fmt: skip

    values = values_of(METRIC, world.view(stream="account/acme"))

    assert (values["n"], values["last"]) == (1, 70)
