"""An assumption is a row: tested or not, by when it is to be, and which milestones rest on it (P46)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.tables.assumptions import TABLE

from ledger.drafts import Receipt
from tests.views import World, london


def _assume(world: World, **data: Any) -> Receipt:
    return world.record("assumption-recorded", **{"statement": "the quay is free", "test_by": "2025-06-06", **data})


def test_an_assumption_is_one_whole_row(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-02T09:00")
    _assume(world, basis="they said so", statement="a\nb")
    world.record("milestone-agreed", milestone_id="M1", due="2025-06-20", title="pilot", assumptions=["H1"])
    world.record("milestone-agreed", milestone_id="M2", due="2025-06-20", title="pilot")
    world.at("2025-06-10T10:00").record("assumption-tested", assumption_id="H1", verdict="failed", how="we looked")

    (row,) = world.rows(TABLE)

    assert {name: value for name, value in row.items() if not name.startswith(("engagement", "account"))} == {
        "assumption": "H1",
        "state": "failed",
        "recorded_at": london("2025-06-02T09:00"),
        "test_by": "2025-06-06",
        "test_by_at": london("2025-06-06T17:00"),
        "tested_at": london("2025-06-10T10:00"),
        "verdict": "failed",
        "is_overdue": False,
        "cited_by": '["M1"]',
        "statement": "a\nb",
        "basis": "they said so",
        "how": "we looked",
        "visibility": "shared",
    }


CASES: dict[str, tuple[Callable[[World], object], str, dict[str, Any]]] = {
    "untested on its day": (_assume, "2025-06-06T16:59", {"state": "untested", "is_overdue": False}),
    "untested past its day": (_assume, "2025-06-06T17:01", {"state": "overdue", "is_overdue": True}),
    "without a day": (
        lambda w: _assume(w, test_by=None), "2025-09-01T09:00", {"state": "untested", "test_by": None, "test_by_at": None}),
    "held": (
        lambda w: (_assume(w), w.record("assumption-tested", assumption_id="H1", verdict="held", how="asked")),
        "2025-09-01T09:00", {"state": "held", "verdict": "held"}),
    "with a day that was corrected": (
        lambda w: w.record("entry-corrected", entry=w.entry(_assume(w)), kind="amend", reason="misread",
                           changes=[{"path": "data.test_by", "after": '"2025-06-10"'}]),
        "2025-06-09T09:00", {"state": "untested", "test_by": "2025-06-10"}),
}  # fmt: skip


@pytest.mark.parametrize(("act", "as_of", "expected"), CASES.values(), ids=CASES)
def test_an_assumption_reads(
    tmp_path: Path, act: Callable[[World], object], as_of: str, expected: dict[str, Any]
) -> None:
    world = World(tmp_path).begin().at("2025-06-02T09:00")
    act(world)

    (row,) = world.rows(TABLE, as_of)

    assert {name: row[name] for name in expected} == expected
