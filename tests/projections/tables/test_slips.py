"""Slips come out with the numbers of story ST1, as known then and as known now."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.tables.slips import TABLE

from ledger.drafts import Receipt
from tests.views import World, london, northwind

ALWAYS = {
    "slip": "S1",
    "milestone": "M2",
    "due_in_force": "2025-06-27",
    "forecast": "2025-07-18",
    "slip_bd": 15,
    "told_at": london("2025-06-11T10:05"),
    "told_to": "client sponsor",
    "lead_bd": 12,
    "lead_bh": Decimal("102.917"),
    "lead_calendar_days": 16,
    "ack_delay_bh": Decimal("14.583"),
    "notice_version": 1,
    "notice_within_bh": Decimal(16),
    "notice_clause": "4.2",
    "notice_kept": False,
    "censored": False,
    "state": "acknowledged",
}
THEN = {
    "aware": london("2025-06-06T09:00"),
    "delay_bh": Decimal("25.083"),
    "notice_due": london("2025-06-09T17:00"),
    "share": Decimal("0.804"),
}
NOW = {
    "aware": london("2025-06-03T14:20"),
    "delay_bh": Decimal("43.750"),
    "notice_due": london("2025-06-05T14:20"),
    "share": Decimal("0.702"),
}


@pytest.mark.parametrize(("as_of", "expected"), [("2025-06-30T12:00", THEN), ("2025-12-31T12:00", NOW)])
def test_st1_has_its_numbers_as_known_then_and_as_known_now(
    tmp_path: Path, as_of: str, expected: dict[str, Any]
) -> None:
    (row,) = northwind(tmp_path).rows(TABLE, as_of)

    assert {name: row[name] for name in {**ALWAYS, **expected}} == {**ALWAYS, **expected}


def test_an_undisclosed_slip_counts_up_to_now_and_says_that_it_does(tmp_path: Path) -> None:
    (row,) = northwind(tmp_path).rows(TABLE, "2025-06-10T08:30")

    assert (row["state"], row["delay_bh"], row["censored"], row["notice_kept"]) == (
        "undisclosed", Decimal("16.000"), True, False)  # fmt: skip


def _slip(world: World, **data: Any) -> Receipt:
    return world.record("slip-reported", milestone_id="M1", forecast="2025-06-10", to=["c1"], **data)


CASES: dict[str, tuple[Callable[..., object], dict[str, Any]]] = {
    "told without ever saying when it was known": (
        _slip, {"state": "reported", "aware": None, "delay_bh": None, "share": None, "notice_due": None}),
    "told on the day it was known, by date": (
        lambda w: _slip(w, aware="2025-06-02", occurred="2025-06-02"),
        {"by_date": True, "delay_bh": Decimal("8.000"), "lead_bd": 4}),
    "told after the due date": (
        lambda w: _slip(w.at("2025-06-09T10:00"), aware=london("2025-06-09T09:00")),
        {"lead_bd": -1, "lead_bh": Decimal("-1.000"), "share": None}),
    "told at once": (
        lambda w: _slip(w, aware=london("2025-06-02T09:00")), {"share": Decimal("1.000"), "delay_bh": Decimal("0.000")}),
    "told by nobody and averted": (
        lambda w: (w.record("slip-foreseen", milestone_id="M1", forecast="2025-06-10"),
                   w.record("slip-averted", slip_id="S1")),
        {"state": "averted", "delay_bh": None, "censored": False, "notice_kept": None}),
    "overtaken by a new date that the client agreed": (
        lambda w: (_slip(w), w.record("milestone-rescheduled", milestone_id="M1", from_due="2025-06-06",
                                      to_due="2025-06-10", agreed_by="c1")),
        {"state": "rescheduled", "due_in_force": "2025-06-06", "due_now": "2025-06-10", "slip_bd": 2}),
    "not overtaken by a new date that nobody agreed": (
        lambda w: (_slip(w), w.record("milestone-rescheduled", milestone_id="M1", from_due="2025-06-06",
                                      to_due="2025-06-10")),
        {"state": "reported", "due_now": "2025-06-06"}),
    "the notice of our own policy where no version is in force": (
        lambda w: _slip(w, aware=london("2025-06-02T09:00")),
        {"notice_version": None, "notice_within_bh": Decimal(16), "notice_kept": True,
         "notice_due": london("2025-06-03T17:00")}),
}  # fmt: skip


@pytest.mark.parametrize(("act", "expected"), CASES.values(), ids=CASES)
def test_a_slip_reads(tmp_path: Path, act: Callable[[World], object], expected: dict[str, Any]) -> None:
    world = World(tmp_path).begin().at("2025-06-02T09:00")
    world.record("milestone-agreed", milestone_id="M1", due="2025-06-06", title="pilot")
    act(world)

    (row,) = world.rows(TABLE)

    assert {name: row[name] for name in expected} == expected
