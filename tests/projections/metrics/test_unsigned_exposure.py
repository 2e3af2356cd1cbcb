"""Work while a version was unsigned, in days and in money, reckoned by hand: M16 (P09)."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.metrics.unsigned_exposure import METRIC

from ledger.drafts import Receipt
from tests.by_hand import days_after
from tests.measuring import figures_of, values_of
from tests.views import World, london


def start(world: World, day: str, value: tuple[str, int] | None = None, **data: Any) -> Receipt:
    """Say that work began at ten on a day, and what it is worth."""
    worth: dict[str, Any] = {"value": {"currency": value[0], "minor": value[1]}} if value else {}
    return world.record("work-started", basis="none", occurred=london(f"{day}T10:00"), **worth, **data)


def work(world: World, day: str, value: tuple[str, int] | None = None) -> Receipt:
    """Record a day of work, and what it is worth."""
    data: dict[str, Any] = {"value": {"currency": value[0], "minor": value[1]}} if value else {}
    return world.record("work-recorded", from_on=day, to_on=day, days="1", **data)


def sign_both(world: World, day: str, version: int = 1) -> list[Receipt]:
    """Have both sides sign on a day."""
    world.draft(version)
    sides = (("provider", "c2"), ("client", "c1"))
    return [world.sign(version, side, who, occurred=london(f"{day}T12:00")) for side, who in sides]


CASES: dict[str, tuple[Callable[[World], object], Mapping[str, tuple[object, str]]]] = {
    "no work": (lambda w: w.draft(1), {}),
    "nothing is signed so far": (
        lambda w: start(w, "2025-08-21", ("GBP", 420_000)),
        {"open_days version:1": (6, "so far"), "calendar_days version:1": (11, "so far"),
         "value version:1": (420_000, "GBP")}),
    "signed a week later": (
        lambda w: (start(w, "2025-08-21"), sign_both(w, "2025-08-28")),
        {"open_days version:1": (4, ""), "calendar_days version:1": (7, ""), "value version:1": (None, "not said")}),
    "two kinds of work add up": (
        lambda w: (start(w, "2025-08-28", ("GBP", 1)), work(w, "2025-08-29", ("GBP", 20))),
        {"open_days version:1": (2, "so far"), "calendar_days version:1": (4, "so far"), "value version:1": (21, "GBP")}),
    "two currencies do not": (
        lambda w: (start(w, "2025-08-29", ("GBP", 100_000)), work(w, "2025-08-29", ("EUR", 5_000))),
        {"open_days version:1": (1, "so far"), "calendar_days version:1": (3, "so far"),
         "value version:1": (None, "50.00 EUR and 1,000.00 GBP")}),
    "signed on a Sunday, by date: the work of the Saturday was unsigned": (
        lambda w: (w.draft(1), start(w, "2025-08-30"), w.sign(1, "provider", "c2", occurred=london("2025-08-29T12:00")),
                   w.sign(1, "client", "c1", occurred="2025-08-31")),
        {"open_days version:1": (0, ""), "calendar_days version:1": (1, ""), "value version:1": (None, "not said")}),
    "signed before the work": (lambda w: (sign_both(w, "2025-08-20"), start(w, "2025-08-21")), {}),
    "the next version is worked on, the first is in force": (
        lambda w: (sign_both(w, "2025-08-20"), w.draft(2), start(w, "2025-08-28", agreement_version=2)),
        {"open_days version:2": (2, "so far"), "calendar_days version:2": (4, "so far"),
         "value version:2": (None, "not said")}),
}  # fmt: skip


@pytest.mark.parametrize(("tell", "expected"), CASES.values(), ids=CASES)
def test_unsigned_work_is_counted_by_version(
    tmp_path: Path, tell: Callable[[World], object], expected: Mapping[str, tuple[object, str]]
) -> None:
    world = World(tmp_path).begin().at("2025-09-01T09:00")
    tell(world)

    found = figures_of(METRIC, world.view())

    assert {name: (figure.value, figure.words) for name, figure in found.items()} == expected


def test_the_days_are_those_of_the_calendar_with_its_bank_holiday() -> None:
    first = ("2025-08-21", "2025-08-28", "2025-08-29")

    assert [days_after(day, "2025-09-01") for day in first] == [6, 2, 1]
    assert days_after("2025-08-21", "2025-08-28") == 4


def test_the_value_says_of_how_much_of_the_work_it_is_made(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-09-01T09:00")
    start(world, "2025-08-28", ("GBP", 1))
    work(world, "2025-08-28")

    found = figures_of(METRIC, world.view())

    assert (found["open_days version:1"].n, found["value version:1"].n) == (2, 1)


def test_work_of_an_account_is_none(tmp_path: Path) -> None:
    world = World(tmp_path).begin()

    assert values_of(METRIC._replace(streams=frozenset({"account"})), world.view(stream="account/acme")) == {}
