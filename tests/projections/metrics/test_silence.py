"""M10: how long the client heard nothing from us; their own words break no silence."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_projections.metrics.silence import FIGURES, METRIC

from tests.by_hand import days_after, hours_between
from tests.measuring import figures_of, values_of
from tests.projections.tables.test_cadence_occurrences import JUDGED, SENT, report, st8
from tests.views import World, london


def speak(world: World, at: str, **data: Any) -> object:
    said = {"kind": "call", "direction": "outbound", "purpose": "update", "participants": ["c1", "c2"],
            "substance": "where the work stands", **data}  # fmt: skip
    return world.record("contact-made", occurred=london(at), **said)


def figures(world: World, as_of: str | None = None) -> tuple[Any, ...]:
    values = values_of(METRIC, world.view(as_of))
    return tuple(values[name] for name in FIGURES)


def test_st8_the_longest_silence_is_that_of_the_report_that_was_missed(tmp_path: Path) -> None:
    world = st8(tmp_path)
    speak(world, "2025-10-07T11:00", direction="inbound")

    found = figures_of(METRIC, world.view(JUDGED))

    assert (found["longest_bd"].value, found["longest_bh"].value) == (10, Decimal("79.000"))
    assert (found["current_bd"].value, found["current_bh"].value, found["current_bh"].n) == (1, Decimal("8.000"), 8)
    around = [london("2025-09-26T16:00"), london("2025-10-10T15:00")]
    assert [fact.occurred for fact in found["longest_bd"].facts] == around
    assert [fact.occurred for fact in found["longest_bh"].facts] == around


CASES: dict[str, tuple[Callable[[World], object], tuple[Any, ...]]] = {
    "one word": (lambda w: speak(w, "2025-06-02T10:00"), (4, Decimal("34.000"), 4, Decimal("34.000"))),
    "theirs break none": (
        lambda w: (speak(w, "2025-06-02T10:00"), speak(w, "2025-06-04T10:00", direction="inbound")),
        (4, Decimal("34.000"), 4, Decimal("34.000"))),
    "ours of no substance break none": (
        lambda w: (speak(w, "2025-06-02T10:00"), speak(w, "2025-06-04T10:00", substantive=False)),
        (4, Decimal("34.000"), 4, Decimal("34.000"))),
    "the silence so far is the shorter": (
        lambda w: (speak(w, "2025-06-02T10:00"), speak(w, "2025-06-05T10:00")),
        (3, Decimal("24.000"), 1, Decimal("10.000"))),
    "written down in the other order": (
        lambda w: (speak(w, "2025-06-05T10:00"), speak(w, "2025-06-02T10:00")),
        (3, Decimal("24.000"), 1, Decimal("10.000"))),
    "the longest in days is another than that in hours": (
        lambda w: (speak(w, "2025-06-02T16:59"), speak(w, "2025-06-04T09:01"), speak(w, "2025-06-05T16:59")),
        (2, Decimal("15.967"), 1, Decimal("3.017"))),
    "closed: nothing is to be said any more": (
        lambda w: (speak(w, "2025-06-02T10:00"),
                   w.record("engagement-closed", reason="mutual", results=[], open_obligations=[],
                            occurred=london("2025-06-03T10:00"))), (1, Decimal("8.000"), 1, Decimal("8.000"))),
}  # fmt: skip


@pytest.mark.parametrize(("act", "expected"), CASES.values(), ids=CASES)
def test_silence_counts(tmp_path: Path, act: Callable[[World], object], expected: tuple[Any, ...]) -> None:
    world = World(tmp_path).begin().at("2025-06-06T12:00")
    act(world)

    assert figures(world) == expected


def test_before_the_first_word_there_is_no_silence(tmp_path: Path) -> None:
    found = figures_of(METRIC, World(tmp_path).begin().view())

    assert {(name, one.value, one.n, one.words) for name, one in found.items()} == {
        (name, None, 0, "none yet") for name in FIGURES
    }


def test_an_account_has_a_silence_of_its_own(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-02T10:00")
    report(world, "2025-06-02T10:00", cadence_id=None)
    world.record("status-report-sent", "account/acme", to=["c1"], occurred=london("2025-06-02T09:00"))

    values = values_of(METRIC, world.view("2025-06-03T10:00", "account/acme"))

    assert values["current_bh"] == Decimal("9.000")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> World:
    return st8(tmp_path_factory.mktemp("st8"), until=None)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 60 * 24 * 75))
def test_no_silence_is_longer_than_the_longest_and_it_is_counted_minute_by_minute(told: World, minutes: int) -> None:
    day, minute = divmod(minutes, 60 * 24)
    as_of = f"2025-{10 + day // 31:02}-{1 + day % 30:02}T{minute // 60:02}:{minute % 60:02}"
    last = max(at for at in SENT if at <= as_of)

    longest_bd, longest_bh, current_bd, current_bh = figures(told, as_of)

    assert (current_bd, current_bh) == (days_after(last[:10], as_of[:10]), hours_between(last, as_of))
    assert current_bd <= longest_bd
    assert current_bh <= longest_bh
