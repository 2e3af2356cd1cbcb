"""M09: what was promised at a rhythm and is judged by now came on time, late, or not at all."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_projections.metrics.cadence_adherence import METRIC

from tests.by_hand import is_open
from tests.measuring import figures_of, values_of
from tests.projections.tables.test_cadence_occurrences import JUDGED, SENT, agree, pause, report, st8
from tests.views import World, london

NAMES = ("expected", "on_time", "late", "missed")


def figures(world: World, as_of: str | None = None, stream: str = "engagement/northwind") -> tuple[Any, ...]:
    """Return what was expected, came on time, late, and was missed."""
    values = values_of(METRIC, world.view(as_of, stream))
    return tuple(values[f"{name} cadence:weekly"] for name in NAMES)


def test_st8_six_of_nine_came_on_time_and_eight_within_the_grace(tmp_path: Path) -> None:
    found = figures_of(METRIC, st8(tmp_path).view(JUDGED))

    assert {name.removesuffix(" cadence:weekly"): (one.value, one.n) for name, one in found.items()} == {
        "adherence": (Decimal(6) / 9, 9),
        "within_grace": (Decimal(8) / 9, 9),
        "on_time": (6, 9),
        "late": (2, 9),
        "missed": (1, 9),
        "expected": (9, 9),
    }


def test_the_entries_behind_it_are_the_cadence_and_the_reports_that_count(tmp_path: Path) -> None:
    found = figures_of(METRIC, st8(tmp_path).view(JUDGED))

    came = [
        fact.occurred for fact in found["late cadence:weekly"].facts if fact.event.short_name == "status-report-sent"
    ]
    assert came == [london("2025-09-22T10:00"), london("2025-10-31T17:05")]
    assert len(found["expected cadence:weekly"].facts) == 1 + len(SENT)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2025-10-03T16:59", (4, 3, 1, 0)),
        ("2025-10-03T17:00", (4, 3, 1, 0)),
        ("2025-10-06T17:00", (4, 3, 1, 0)),
        ("2025-10-06T17:01", (5, 3, 1, 1)),
        ("2025-10-10T16:59", (5, 3, 1, 1)),
        ("2025-10-10T17:00", (6, 4, 1, 1)),
    ],
)
def test_what_is_open_or_lies_ahead_is_not_judged(tmp_path: Path, as_of: str, expected: tuple[int, ...]) -> None:
    assert figures(st8(tmp_path, until=None), as_of) == expected


IDLE: dict[str, tuple[Callable[[World], object], tuple[int, ...]]] = {
    "nothing came": (lambda w: None, (3, 0, 0, 3)),
    "on hold for two Fridays": (lambda w: pause(w, "2025-09-08T09:00", "2025-09-19T17:01"), (1, 0, 0, 1)),
    "a report while on hold": (
        lambda w: (pause(w, "2025-09-08T09:00", "2025-09-19T17:00"), report(w, "2025-09-12T10:00")), (2, 0, 0, 2)),
    "let go": (
        lambda w: w.record("commitment-released", released="cadence:weekly", occurred=london("2025-09-15T09:00")),
        (2, 0, 0, 2)),
}  # fmt: skip


@pytest.mark.parametrize(("act", "expected"), IDLE.values(), ids=IDLE)
def test_what_is_not_expected_does_not_count(
    tmp_path: Path, act: Callable[[World], object], expected: tuple[int, ...]
) -> None:
    world = World(tmp_path).begin().at("2025-09-01T09:00")
    agree(world)
    act(world.at("2025-09-23T09:00"))

    assert figures(world) == expected


def test_before_anything_is_expected_there_is_no_adherence(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-09-01T09:00")
    agree(world)

    found = figures_of(METRIC, world.view())["adherence cadence:weekly"]

    assert (found.value, found.n, found.words) == (None, 0, "none yet")


def test_without_a_cadence_there_is_no_figure(tmp_path: Path) -> None:
    assert figures_of(METRIC, World(tmp_path).begin().view()) == {}


def test_an_account_keeps_its_own_rhythm(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-09-01T09:00")
    agree(world, "account/acme", kind="account_review")
    world.at("2025-09-05T12:00").record("contact-made", "account/acme", kind="meeting", direction="outbound",
                                        purpose="other", participants=["c1", "c2"], cadence_id="weekly",
                                        substance="looked back at the quarter")  # fmt: skip

    assert figures(world, "2025-09-09T12:00", "account/acme") == (1, 1, 0, 0)
    assert values_of(METRIC, world.view("2025-09-09T12:00")) == {}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> World:
    return st8(tmp_path_factory.mktemp("st8"), until=None)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 120 * 24 * 60))
def test_at_any_moment_it_is_what_a_walk_over_the_fridays_counts(told: World, minutes: int) -> None:
    when = datetime(2025, 9, 2) + timedelta(minutes=minutes)  # noqa: DTZ001 -- the wall clock of London

    assert figures(told, when.isoformat(timespec="minutes")) == walked(when.isoformat(timespec="minutes"))


def walked(as_of: str) -> tuple[int, int, int, int]:
    """Count what was expected, came on time, late, and was missed: Fridays at five, until five on the next open day."""
    counts = {"on time": 0, "late": 0, "missed": 0}
    friday, opens = date(2025, 9, 5), ""
    while f"{friday}T17:00" <= as_of:
        grace = friday + timedelta(days=3 if is_open(friday + timedelta(days=3)) else 4)
        first = min((at for at in SENT if opens < at <= f"{grace}T17:00" and at <= as_of), default=None)
        if first:
            counts["on time" if first <= f"{friday}T17:00" else "late"] += 1
        elif as_of > f"{grace}T17:00":
            counts["missed"] += 1
        friday, opens = friday + timedelta(days=7), f"{grace}T17:00"
    return sum(counts.values()), counts["on time"], counts["late"], counts["missed"]
