"""M14: who raised a concern first, and how long we felt it before it was raised."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.metrics.courage import METRIC

from ledger.drafts import Receipt
from tests.by_hand import hours_between
from tests.measuring import figures_of
from tests.views import World, london

Expected = tuple[tuple[Any, int], tuple[Any, int]]


def feel(world: World, name: str, at: str) -> Receipt:
    return world.record("concern-felt", concern_id=name, topic="price", text="they hesitate", occurred=london(at))


def tell(world: World, name: str, at: str, by: str = "provider") -> Receipt:
    return world.record("concern-raised", concern_id=name, topic="price", raised_by=by, text="the price",
                        client_view="it is high", client_view_stated=True, occurred=london(at))  # fmt: skip


CASES: dict[str, tuple[Callable[[World], object], Expected]] = {
    "nothing": (lambda w: None, ((None, 0), (None, 0))),
    "felt and not raised": (lambda w: feel(w, "C1", "2025-06-02T10:00"), ((None, 0), (None, 0))),
    "ours, never felt": (lambda w: tell(w, "C1", "2025-06-02T10:00"), ((1, 1), (None, 0))),
    "theirs": (lambda w: tell(w, "C1", "2025-06-02T10:00", "client"), ((0, 1), (None, 0))),
    "felt on a Friday, raised on Monday": (
        lambda w: (feel(w, "C1", "2025-06-06T15:30"), tell(w, "C1", "2025-06-09T10:00")),
        ((1, 1), (Decimal("2.500"), 1))),
    "felt by us, raised by them": (
        lambda w: (feel(w, "C1", "2025-06-06T15:30"), tell(w, "C1", "2025-06-09T10:00", "client")),
        ((0, 1), (Decimal("2.500"), 1))),
    "two of three ours, the median of two lags": (
        lambda w: (feel(w, "C1", "2025-06-02T09:00"), tell(w, "C1", "2025-06-02T11:00"), tell(w, "C2", "2025-06-03T11:00"),
                   feel(w, "C3", "2025-06-02T09:00"), tell(w, "C3", "2025-06-03T10:00", "client")),
        ((Decimal(2) / 3, 3), (Decimal("5.500"), 2))),
}  # fmt: skip


@pytest.mark.parametrize(("act", "expected"), CASES.values(), ids=CASES)
def test_courage_reads(tmp_path: Path, act: Callable[[World], object], expected: Expected) -> None:
    world = World(tmp_path).begin().at("2025-06-20T12:00")
    act(world)

    found = figures_of(METRIC, world.view())

    first, lag = found["raised_first"], found["median_lag_bh"]
    assert ((first.value, first.n), (lag.value, lag.n)) == expected
    assert [one.words for one in (first, lag)] == ["" if one.n else "none yet" for one in (first, lag)]
    assert found["n"].value == first.n


def test_the_lag_is_counted_minute_by_minute_over_a_bank_holiday(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-09-20T12:00")
    feel(world, "C1", "2025-08-22T15:30")
    tell(world, "C1", "2025-08-27T11:00")

    found = figures_of(METRIC, world.view())["median_lag_bh"]

    assert found.value == hours_between("2025-08-22T15:30", "2025-08-27T11:00")
    assert [fact.event.short_name for fact in found.facts] == ["concern-felt", "concern-raised"]


def test_what_was_felt_in_private_shows_in_the_lag_alone(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-20T12:00")
    feel(world, "C1", "2025-06-06T15:30")
    tell(world, "C1", "2025-06-09T10:00")

    found = figures_of(METRIC, world.view())

    private = {name for name, one in found.items() if any(fact.visibility == "private" for fact in one.facts)}
    assert private == {"median_lag_bh"}
