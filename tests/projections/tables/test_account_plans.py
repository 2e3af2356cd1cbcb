"""A plan for a client is a row a version; the newest is valid to the end of its last day (P55, P60)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.tables.account_plans import TABLE

from ledger.drafts import Receipt
from tests.views import HASH, World, london

SHARED = {"objective_id": "goal-1", "aligned_to": "growth", "shared": True}
OURS = {"objective_id": "goal-2", "aligned_to": "margin", "shared": False}
SCALE = {"min": "0", "max": "10"}


def _plan(world: World, version: int = 1, **data: Any) -> Receipt:
    approved = {"drafted_by": "a1", "approved_by": "a2", "valid_until": "2025-06-30", "objectives": [SHARED, OURS]}
    return world.record("account-plan-approved", "account/acme", version=version, **{**approved, **data})


def _assess(world: World, **data: Any) -> Receipt:
    return world.record("client-fit-assessed", "account/acme", scale=SCALE, criteria=[], verdict="fit", **data)


def test_a_plan_is_one_whole_row(tmp_path: Path) -> None:
    world = _world(tmp_path)
    _plan(world, statements=[{"objective_id": "goal-1", "text": "<b>more</b>"}], document_sha256=HASH)

    (row,) = world.rows(TABLE, "2025-06-02T09:00", stream="account/acme")

    assert {name: value for name, value in row.items() if not name.startswith("engagement")} == {
        "account": row["account"],
        "account_alias": "acme",
        "version": 1,
        "is_newest": True,
        "is_valid": True,
        "is_key_account": False,
        "approved_at": london("2025-06-02T09:00"),
        "approved_by": "a2",
        "approved_by_name": "Ben",
        "drafted_by": "a1",
        "drafted_by_name": "Lead",
        "approved_by_author": False,
        "valid_until": "2025-06-30",
        "ends_at": london("2025-07-01T00:00"),
        "objectives": '[{"aligned_to":"growth","objective_id":"goal-1","shared":true},'
        '{"aligned_to":"margin","objective_id":"goal-2","shared":false}]',
        "objectives_count": 2,
        "objectives_shared": 1,
        "statements": '[{"objective_id":"goal-1","text":"<b>more</b>"}]',
        "document_sha256": HASH,
        "visibility": "private",
    }


CASES: dict[str, tuple[Callable[[World], object], str, dict[str, Any]]] = {
    "valid on its last day": (_plan, "2025-06-30T23:59", {"is_valid": True}),
    "past its last day": (_plan, "2025-07-01T00:00", {"is_valid": False, "is_newest": True}),
    "valid for ever": (lambda w: _plan(w, valid_until="9999-12-31"), "2025-07-01T00:00", {"is_valid": True}),
    "approved by its author": (lambda w: _plan(w, approved_by="a1"), "2025-06-03T09:00", {"approved_by_author": True}),
    "of a key account, as assessed last": (
        lambda w: (_plan(w), _assess(w, key=True), _assess(w)), "2025-06-03T09:00", {"is_key_account": True}),
    "of an account that is no key one any more": (
        lambda w: (_plan(w), _assess(w, key=True), _assess(w, key=False)), "2025-06-03T09:00",
        {"is_key_account": False}),
}  # fmt: skip


@pytest.mark.parametrize(("act", "as_of", "expected"), CASES.values(), ids=CASES)
def test_a_plan_reads(tmp_path: Path, act: Callable[[World], object], as_of: str, expected: dict[str, Any]) -> None:
    world = _world(tmp_path)
    act(world)

    (row,) = world.rows(TABLE, as_of, stream="account/acme")

    assert {name: row[name] for name in expected} == expected


def test_a_newer_version_takes_the_place_of_the_older_even_where_it_ends_sooner(tmp_path: Path) -> None:
    world = _world(tmp_path)
    _plan(world)
    _plan(world, 2, valid_until="2025-06-10")

    rows = world.rows(TABLE, "2025-06-11T09:00", stream="account/acme")

    assert [(row["version"], row["is_newest"], row["is_valid"]) for row in rows] == [
        (1, False, False),
        (2, True, False),
    ]


def _world(folder: Path) -> World:
    world = World(folder).begin().at("2025-06-02T09:00")
    world.record("actor-added", "practice", name="Ben")
    return world
