"""A result is a row with its target, what was measured last, and how it was marked at the close (P02, P13, P20, P48)."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.tables.results import TABLE

from ledger.drafts import Receipt
from tests.views import World, london

RESULT = {"result_id": "R1", "target": "98.5", "unit": "%", "measure_stated_by": "client", "client_goal": "goal-1"}
SCOPE = {"in_scope": ["cranes"], "out_of_scope": [], "skills": [],
         "results": [{"result_id": "R1", "statement": "Cranes\x07 move.", "measure": "Moves an hour."}]}  # fmt: skip
PAY = {"basis": "flat", "expenses": [], "bonuses": [
    {"result_id": "R1", "threshold": threshold, "amount": {"currency": "GBP", "minor": minor}}
    for threshold, minor in (("100", 200_000), ("99", 100_000))]}  # fmt: skip


def _measure(world: World, value: str, day: str = "2025-06-02", **data: Any) -> Receipt:
    return world.record("result-measured", result_id="R1", value=value, measured_by="client", occurred=day, **data)


def test_a_result_is_one_whole_row(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-02T18:00")
    world.signed(1, results=[RESULT], scope=SCOPE, compensation=PAY)
    _measure(world, "98.5", unit="%", evidence_count=2)
    world.record("engagement-closed", reason="completed", open_obligations=[],
                 results=[{"result_id": "R1", "verdict": "attained"}])  # fmt: skip

    (row,) = world.rows(TABLE)

    assert {name: value for name, value in row.items() if not name.startswith(("engagement", "account"))} == {
        "result": "R1",
        "agreement_version": 1,
        "is_in_force": True,
        "statement": "Cranes\x07 move.",
        "measure": "Moves an hour.",
        "measure_stated_by": "client",
        "target": Decimal("98.5"),
        "unit": "%",
        "client_goal": "goal-1",
        "value": Decimal("98.5"),
        "value_unit": "%",
        "measured_by": "client",
        "measured_at": london("2025-06-02T17:00"),
        "evidence_count": 2,
        "attained": True,
        "verdict": "attained",
        "bonus_threshold": Decimal(99),
        "bonus_minor": 100_000,
        "bonus_currency": "GBP",
        "bonuses": '[{"amount":{"currency":"GBP","minor":100000},"result_id":"R1","threshold":"99"},'
        '{"amount":{"currency":"GBP","minor":200000},"result_id":"R1","threshold":"100"}]',
        "visibility": "shared",
    }


def _correct(world: World, receipt: Receipt, **correction: Any) -> Receipt:
    return world.record("entry-corrected", entry=world.entry(receipt), reason="misread", **correction)


CASES: dict[str, tuple[Callable[[World], object], dict[str, Any]]] = {
    "agreed and not measured": (
        lambda w: w.signed(1, results=[RESULT]),
        {"value": None, "attained": None, "verdict": None, "statement": None, "bonuses": None, "evidence_count": None}),
    "drafted and not signed": (
        lambda w: w.draft(1, results=[RESULT]), {"agreement_version": 1, "is_in_force": False}),
    "below its target": (
        lambda w: (w.signed(1, results=[RESULT]), _measure(w, "98.4")), {"attained": False, "evidence_count": 0}),
    "measured in another unit": (
        lambda w: (w.signed(1, results=[RESULT]), _measure(w, "99", unit="moves")), {"attained": None, "value_unit": "moves"}),
    "without a target": (
        lambda w: (w.signed(1, results=[{"result_id": "R1"}]), _measure(w, "99")),
        {"attained": None, "target": None, "measure_stated_by": None}),
    "as it was measured last, not as it was recorded last": (
        lambda w: (w.signed(1, results=[RESULT]), _measure(w, "99", "2025-06-02"), _measure(w, "90", "2025-05-30")),
        {"value": Decimal(99), "attained": True}),
    "as the version in force has it": (
        lambda w: (w.signed(1, results=[RESULT]), w.draft(2, results=[{**RESULT, "target": "50"}])),
        {"agreement_version": 1, "target": Decimal("98.5"), "is_in_force": True}),
    "as the newer version has it once both have signed": (
        lambda w: (w.signed(1, results=[RESULT]), w.signed(2, results=[{**RESULT, "target": "50"}])),
        {"agreement_version": 2, "target": Decimal(50), "is_in_force": True}),
    "no longer in the version in force": (
        lambda w: (w.signed(1, results=[RESULT]), w.signed(2, results=[])),
        {"agreement_version": 1, "is_in_force": False}),
    "measured, and that corrected": (
        lambda w: [w.signed(1, results=[RESULT]), measured := _measure(w, "90"),
                   _correct(w, measured, kind="amend", changes=[{"path": "data.value", "after": '"99"'}])],
        {"value": Decimal(99), "attained": True}),
    "measured, and that withdrawn": (
        lambda w: [w.signed(1, results=[RESULT]), measured := _measure(w, "90"),
                   _correct(w, measured, kind="withdraw")],
        {"value": None, "attained": None}),
}  # fmt: skip


@pytest.mark.parametrize(("act", "expected"), CASES.values(), ids=CASES)
def test_a_result_reads(tmp_path: Path, act: Callable[[World], object], expected: dict[str, Any]) -> None:
    world = World(tmp_path).begin().at("2025-06-02T18:00")
    act(world)

    (row,) = world.rows(TABLE)

    assert {name: row[name] for name in expected} == expected
