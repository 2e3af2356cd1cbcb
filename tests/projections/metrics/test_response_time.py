"""M06: the numbers of story ST5, and business time as pandas counts it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from ledger_projections.metrics.response_time import METRIC

from tests.by_hand import CLOSED, is_open
from tests.measuring import figures_of, values_of
from tests.projections.tables.test_requests import ST5, answer, ask, hold
from tests.views import World

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

NOTHING = {"first_median_bh": None, "first_p90_bh": None, "resolution_median_bh": None, "resolution_p90_bh": None,
           "n": 0, "open": 0, "oldest_open_bh": None, "promises_kept": 0, "promises_n": 0}  # fmt: skip
WORKING = pd.offsets.CustomBusinessHour(start="09:00", end="17:00", holidays=sorted(CLOSED))
"""Mondays to Fridays from nine to five in England, as pandas has it."""


def _story(world: World) -> None:
    for number, (asked, answered, _) in enumerate(ST5[:6], 1):
        ask(world.at(asked), asked)
        if number == 5:
            hold(world.at("2025-08-22T16:10"), "2025-08-22T16:10", "2025-08-27T12:00", "R5")
        answer(world.at(answered), answered, f"R{number}")


def test_st5_has_its_numbers(tmp_path: Path) -> None:
    world = World(tmp_path).begin()

    _story(world)

    assert values_of(METRIC, world.view("2025-08-29T09:00")) == {
        "first_median_bh": Decimal("1.750"),
        "first_p90_bh": Decimal("16.000"),
        "resolution_median_bh": Decimal("4.500"),
        "resolution_p90_bh": Decimal("16.000"),
        "n": 6,
        "open": 0,
        "oldest_open_bh": None,
        "promises_kept": 1,
        "promises_n": 1,
    }


def test_st5_while_the_fifth_waits_over_the_bank_holiday(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    _story(world)

    found = figures_of(METRIC, world.view("2025-08-26T10:00"))

    median, p90 = found["resolution_median_bh"], found["first_p90_bh"]
    assert (median.value, median.n, median.words) == (Decimal("4.500"), 4, "1 still open, apart")
    assert (p90.value, p90.n, p90.words) == (Decimal("16.000"), 5, "")
    assert {name: found[name].value for name in ("n", "open", "oldest_open_bh", "promises_kept", "promises_n")} == {
        "n": 4, "open": 1, "oldest_open_bh": Decimal("2.500"), "promises_kept": 0, "promises_n": 0}  # fmt: skip


def test_what_has_no_word_back_is_said_beside_both(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-02T13:00")
    for _ in range(3):
        ask(world, "2025-06-02T09:00")
    answer(world, "2025-06-02T10:00")
    hold(world, "2025-06-02T10:00", "2025-06-02T16:00", "R2")

    found = figures_of(METRIC, world.view())

    assert [(found[name].n, found[name].words) for name in ("first_median_bh", "first_p90_bh")] == [
        (2, "1 still open, apart")
    ] * 2
    assert (found["resolution_p90_bh"].n, found["resolution_p90_bh"].words) == (1, "2 still open, apart")


CASES: dict[str, tuple[Callable[[World], object], Mapping[str, object]]] = {
    "nothing asked": (lambda w: None, {}),
    "nothing that needs a reply": (lambda w: ask(w, "2025-06-02T09:00", needs_reply=False), {}),
    "what we ask is no request of theirs": (
        lambda w: w.record("request-sent", to=["c1"], kind="question", channel="email", text="when"), {}),
    "open": (
        lambda w: ask(w, "2025-06-02T09:00"), {"open": 1, "oldest_open_bh": Decimal("4.000")}),
    "two open: the oldest tells": (
        lambda w: (ask(w, "2025-06-02T11:00"), ask(w, "2025-06-02T09:00")), {"open": 2, "oldest_open_bh": Decimal("4.000")}),
    "held, and the promise may still be kept": (
        lambda w: (ask(w, "2025-06-02T09:00"), hold(w, "2025-06-02T10:00", "2025-06-02T13:00")),
        {"first_median_bh": 1, "first_p90_bh": 1, "open": 1, "oldest_open_bh": 4}),
    "held, and the promise is past": (
        lambda w: (ask(w, "2025-06-02T09:00"), hold(w, "2025-06-02T10:00", "2025-06-02T12:00")),
        {"first_median_bh": 1, "first_p90_bh": 1, "open": 1, "oldest_open_bh": 4, "promises_n": 1}),
    "promised twice: the first was broken, the second kept": (
        lambda w: (ask(w, "2025-06-02T09:00"), hold(w, "2025-06-02T09:30", "2025-06-02T10:00"),
                   hold(w, "2025-06-02T10:30", "2025-06-02T12:00"), answer(w, "2025-06-02T11:00")),
        {"first_median_bh": Decimal("0.5"), "first_p90_bh": Decimal("0.5"), "resolution_median_bh": 2,
         "resolution_p90_bh": 2, "n": 1, "promises_kept": 1, "promises_n": 2}),
    "two answered: the median lies between, the ninth decile does not": (
        lambda w: (ask(w, "2025-06-02T09:00"), ask(w, "2025-06-02T09:00"), answer(w, "2025-06-02T10:00"),
                   answer(w, "2025-06-02T12:00", "R2")),
        {"first_median_bh": 2, "first_p90_bh": 3, "resolution_median_bh": 2, "resolution_p90_bh": 3, "n": 2}),
}  # fmt: skip


@pytest.mark.parametrize(("tell", "expected"), CASES.values(), ids=CASES)
def test_figures_of_requests(tmp_path: Path, tell: Callable[[World], object], expected: Mapping[str, object]) -> None:
    world = World(tmp_path).begin().at("2025-06-02T13:00")

    tell(world)

    assert values_of(METRIC, world.view()) == {**NOTHING, **expected}


def test_an_account_counts_its_own_requests_and_an_engagement_its_own(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-02T13:00")
    ask(world, "2025-06-02T09:00", "account/acme")

    opened = [
        values_of(METRIC, world.view(stream=stream))["open"] for stream in ("account/acme", "engagement/northwind")
    ]

    assert opened == [1, 0]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=st.dates(date(2025, 3, 4), date(2025, 11, 28)), minute=st.integers(0, 479), hours=st.integers(0, 100))
def test_an_answer_that_many_working_hours_later_by_pandas_took_that_many(
    tmp_path_factory: pytest.TempPathFactory, day: date, minute: int, hours: int
) -> None:
    assume(is_open(day))
    world = World(tmp_path_factory.mktemp("asked")).begin().at("2026-01-05T09:00")
    asked = datetime.fromisoformat(f"{day}T09:00") + timedelta(minutes=minute)
    answered = (pd.Timestamp(asked) + hours * WORKING if hours else pd.Timestamp(asked)).to_pydatetime()

    ask(world, asked.isoformat())
    answer(world, answered.isoformat())

    assert values_of(METRIC, world.view())["resolution_median_bh"] == hours
