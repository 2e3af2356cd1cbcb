"""M01 to M04 of slips: the numbers of story ST1, what is said where there is none, and that keeping silent gains nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_projections.metrics import disclosure_delay, slip_size, warning_lead, warning_share

from tests.measuring import figures_of, values_of
from tests.views import World, london, northwind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from ledger.drafts import Receipt

METRICS = (warning_lead.METRIC, disclosure_delay.METRIC, warning_share.METRIC, slip_size.METRIC)
BOTH = {"lead_bd slip:S1": 12, "lead_bh slip:S1": Decimal("102.917"), "censored slip:S1": False, "slip_bd slip:S1": 15,
        "total_bd milestone:M2": 0}  # fmt: skip
THEN = {"delay_bh slip:S1": Decimal("25.083"), "share slip:S1": Decimal("0.804")}
NOW = {"delay_bh slip:S1": Decimal("43.750"), "share slip:S1": Decimal("0.702")}
NOTHING_TOLD = {"lead_bd slip:S1": None, "lead_bh slip:S1": None, "share slip:S1": None}


def values(world: World, as_of: str | None = None) -> Mapping[str, object]:
    """Return the figures of all four."""
    view = world.view(as_of)
    return {name: value for metric in METRICS for name, value in values_of(metric, view).items()}


def words(world: World) -> Mapping[str, str]:
    """Return what goes with those that have words."""
    found = {name: figure for metric in METRICS for name, figure in figures_of(metric, world.view()).items()}
    return {name: figure.words for name, figure in found.items() if figure.words}


@pytest.mark.parametrize(("as_of", "expected"), [("2025-06-30T12:00", THEN), ("2025-12-31T12:00", NOW)])
def test_st1_has_its_numbers_as_known_then_and_as_known_now(
    tmp_path: Path, as_of: str, expected: dict[str, Decimal]
) -> None:
    assert values(northwind(tmp_path), as_of) == {**BOTH, **expected}


def test_st1_two_business_days_before_it_was_told(tmp_path: Path) -> None:
    found = values(northwind(tmp_path), "2025-06-10T08:30")

    assert found == {**BOTH, **NOTHING_TOLD, "delay_bh slip:S1": Decimal("16.000"), "censored slip:S1": True}


def _agreed(folder: Path) -> World:
    world = World(folder).begin().at("2025-06-02T09:00")
    _milestone(world, "M1")
    return world


def _milestone(world: World, name: str, **data: Any) -> Receipt:
    return world.record("milestone-agreed", milestone_id=name, due="2025-06-06", title="dress rehearsal", **data)


def _foreseen(world: World, **data: Any) -> Receipt:
    return world.record("slip-foreseen", milestone_id="M1", forecast="2025-06-10", **data)


def _told(world: World, at: str, **data: Any) -> Receipt:
    return world.at(at).record("slip-reported", milestone_id="M1", forecast="2025-06-10", to=["c1"], **data)


KNOWN = {"aware": london("2025-06-02T09:00")}
CASES: dict[str, tuple[Callable[[World], object], Mapping[str, object], Mapping[str, str]]] = {
    "no slip": (lambda w: None, {"total_bd milestone:M1": 0}, {}),
    "told without ever saying when it was known": (
        lambda w: _told(w, "2025-06-03T09:00"),
        {"lead_bd slip:S1": 3, "lead_bh slip:S1": 32, "delay_bh slip:S1": None, "censored slip:S1": False,
         "share slip:S1": None, "slip_bd slip:S1": 2},
        {"delay_bh slip:S1": "nobody said when it was known", "share slip:S1": "nobody said when it was known"}),
    "told at once": (
        lambda w: _told(w, "2025-06-02T09:00", **KNOWN),
        {"lead_bd slip:S1": 4, "lead_bh slip:S1": 40, "delay_bh slip:S1": 0, "share slip:S1": 1},
        {}),
    "told at the close of the due date": (
        lambda w: _told(w, "2025-06-06T17:00", **KNOWN),
        {"lead_bd slip:S1": 0, "lead_bh slip:S1": 0, "delay_bh slip:S1": 40, "share slip:S1": 0},
        {}),
    "told after the due date": (
        lambda w: _told(w, "2025-06-09T10:00", **KNOWN),
        {"lead_bd slip:S1": -1, "lead_bh slip:S1": -1, "delay_bh slip:S1": 41, "share slip:S1": 0},
        {"lead_bd slip:S1": "told after the due date", "lead_bh slip:S1": "told after the due date"}),
    "known only after the due date": (
        lambda w: _told(w, "2025-06-09T10:00", aware=london("2025-06-09T09:00")),
        {"lead_bd slip:S1": -1, "delay_bh slip:S1": 1, "share slip:S1": None},
        {"lead_bd slip:S1": "told after the due date", "lead_bh slip:S1": "told after the due date",
         "share slip:S1": "no warning was possible: known only when it was due, or later"}),
    "told by date on the day it was known by date": (
        lambda w: _told(w, "2025-06-02T12:00", aware="2025-06-02", occurred="2025-06-02"),
        {"lead_bd slip:S1": 4, "lead_bh slip:S1": 32, "delay_bh slip:S1": 8, "share slip:S1": Decimal("0.800")},
        {}),
    "kept silent": (
        lambda w: (_foreseen(w, **KNOWN), w.at("2025-06-03T10:00")),
        {"lead_bd slip:S1": None, "lead_bh slip:S1": None, "delay_bh slip:S1": 9, "censored slip:S1": True,
         "share slip:S1": None, "slip_bd slip:S1": 2},
        {"lead_bd slip:S1": "not told", "lead_bh slip:S1": "not told", "share slip:S1": "not told",
         "delay_bh slip:S1": "not told yet: at least so long"}),
    "averted before anybody was told": (
        lambda w: (_foreseen(w, **KNOWN), w.at("2025-06-03T10:00").record("slip-averted", slip_id="S1")),
        {"delay_bh slip:S1": None, "censored slip:S1": False, "share slip:S1": None},
        {"lead_bd slip:S1": "not told", "lead_bh slip:S1": "not told", "share slip:S1": "not told",
         "delay_bh slip:S1": "not told: averted"}),
    "slipped twice, and each against the date that was then in force": (
        lambda w: (_told(w, "2025-06-02T09:00", **KNOWN),
                   w.record("milestone-rescheduled", milestone_id="M1", from_due="2025-06-06", to_due="2025-06-10",
                            party="client", agreed_by="c1"),
                   w.at("2025-06-09T09:00").record("slip-reported", milestone_id="M1", forecast="2025-06-11", to=["c1"])),
        {"slip_bd slip:S1": 2, "slip_bd slip:S2": 1, "total_bd milestone:M1": 2, "lead_bd slip:S2": 1},
        {"delay_bh slip:S2": "nobody said when it was known", "share slip:S2": "nobody said when it was known"}),
    "a forecast moves no date": (
        lambda w: _told(w, "2025-06-02T09:00", **KNOWN), {"total_bd milestone:M1": 0}, {}),
    "a milestone of a version that is not in force": (
        lambda w: (w.draft(2), _milestone(w, "M2", agreement_version=2)),
        {"total_bd milestone:M2": None}, {"total_bd milestone:M2": "not in force"}),
}  # fmt: skip


@pytest.mark.parametrize(("tell", "expected", "said"), CASES.values(), ids=CASES)
def test_figures_of_a_slip(
    tmp_path: Path, tell: Callable[[World], object], expected: Mapping[str, object], said: Mapping[str, str]
) -> None:
    world = _agreed(tmp_path)

    tell(world)

    found = values(world)
    assert ({name: found[name] for name in expected}, words(world)) == (dict(expected), said)


def test_a_figure_stands_on_the_entries_that_it_is_made_of(tmp_path: Path) -> None:
    world = northwind(tmp_path)
    types = {
        name: {fact.event.short_name for fact in figure.facts}
        for metric in METRICS
        for name, figure in figures_of(metric, world.view()).items()
    }

    assert types == {
        "lead_bd slip:S1": {"slip-reported", "milestone-agreed"},
        "lead_bh slip:S1": {"slip-reported", "milestone-agreed"},
        "delay_bh slip:S1": {"slip-foreseen", "slip-reported"},
        "censored slip:S1": {"slip-foreseen", "slip-reported"},
        "share slip:S1": {"slip-foreseen", "slip-reported", "milestone-agreed"},
        "slip_bd slip:S1": {"slip-foreseen", "slip-reported", "milestone-agreed"},
        "total_bd milestone:M2": {"milestone-agreed"},
    }


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(looked=st.integers(0, 20_000), told=st.integers(0, 20_000))
def test_a_censored_delay_is_never_longer_than_what_it_comes_to(
    tmp_path_factory: pytest.TempPathFactory, looked: int, told: int
) -> None:
    """Law: as_of never shortens an undisclosed delay, and telling ends it at what it was then."""
    world = _agreed(tmp_path_factory.mktemp("slips"))
    _foreseen(world, **KNOWN)
    start = datetime.fromisoformat("2025-06-02T09:00")
    moments = [(start + timedelta(minutes=minutes)).isoformat() for minutes in sorted((looked, looked + told))]
    before, after = (values_of(disclosure_delay.METRIC, world.view(moment))["delay_bh slip:S1"] for moment in moments)

    _told(world, moments[1])

    ended = values_of(disclosure_delay.METRIC, world.at("2026-06-01T09:00").view())["delay_bh slip:S1"]
    assert before is not None
    assert after is not None
    assert (before <= after, ended) == (True, after)
