"""A concern is a row with who raised it first, how long that took, and what of it is private (P34, P37, P47, M14)."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.tables.concerns import TABLE

from ledger.drafts import Receipt
from tests.views import World, london


def _felt(world: World, **data: Any) -> Receipt:
    return world.record("concern-felt", **{"topic": "delivery", "text": "it will slip", **data})


def _raised(world: World, **data: Any) -> Receipt:
    told = {"topic": "delivery", "raised_by": "provider", "text": "we doubt the date", **data}
    return world.record("concern-raised", **told)


def test_a_concern_is_one_whole_row(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-05T12:00")
    world.draft(1)
    _felt(world, intuition=True, occurred=london("2025-06-02T16:00"))
    _raised(world, concern_id="C1", by="c2", to=["c1"], channel="call", client_view_stated=True, client_view="a\x1b[1mb",
            about=["version:1"], occurred=london("2025-06-03T10:00"))  # fmt: skip
    world.record("concern-resolved", concern_id="C1", outcome="resolved", confirmed=True, how="moved a week",
                 occurred=london("2025-06-05T11:00"))  # fmt: skip

    (row,) = world.rows(TABLE)

    assert {name: value for name, value in row.items() if not name.startswith(("engagement", "account"))} == {
        "concern": "C1",
        "state": "resolved",
        "topic": "delivery",
        "raised_by": "provider",
        "raised_by_contact": "director",
        "raised_to": "client sponsor",
        "channel": "call",
        "felt_at": london("2025-06-02T16:00"),
        "raised_at": london("2025-06-03T10:00"),
        "resolved_at": london("2025-06-05T11:00"),
        "lag_bh": Decimal("2.000"),
        "open_bd": 2,
        "censored": False,
        "raise_by": None,
        "settle_by": None,
        "intuition": True,
        "outcome": "resolved",
        "confirmed": True,
        "client_view_stated": True,
        "about": '["version:1"]',
        "felt_text": "it will slip",
        "text": "we doubt the date",
        "client_view": "a\x1b[1mb",
        "how": "moved a week",
        "visibility": "private",
        "felt_visibility": "private",
    }


CASES: dict[str, tuple[Callable[[World], object], dict[str, Any]]] = {
    "felt and told to nobody": (
        _felt, {"state": "felt", "visibility": "private", "raised_by": None, "lag_bh": None, "open_bd": 10,
                "censored": True, "raise_by": "2025-06-09", "settle_by": None}),
    "raised, and never felt before": (
        _raised, {"state": "raised", "visibility": "shared", "felt_visibility": None, "lag_bh": None, "open_bd": 10,
                  "raise_by": None, "settle_by": "2025-06-30"}),
    "raised by the client": (
        lambda w: _raised(w, raised_by="client", by="c1"), {"raised_by": "client", "raised_by_contact": "client sponsor"}),
    "raised later, open from then": (
        lambda w: (_felt(w), _raised(w.at("2025-06-09T09:00"), concern_id="C1", occurred=london("2025-06-09T09:00"))),
        {"state": "raised", "open_bd": 5, "lag_bh": Decimal("40.000")}),
    "felt on a day, by its close": (
        lambda w: (_felt(w, occurred="2025-06-02"),
                   _raised(w.at("2025-06-03T10:00"), concern_id="C1", occurred=london("2025-06-03T10:00"))),
        {"felt_at": london("2025-06-02T17:00"), "lag_bh": Decimal("1.000")}),
    "a policy of ours that asks for it sooner": (
        lambda w: (w.record("policy-set", "practice", policies=[{"policy": "unraised_bd", "value": "1"}],
                            valid_from="2025-06-01"), _felt(w)),
        {"raise_by": "2025-06-03"}),
    "felt, and not so after all": (
        lambda w: (_felt(w), w.record("concern-resolved", concern_id="C1", outcome="withdrawn", confirmed=False)),
        {"state": "resolved", "outcome": "withdrawn", "confirmed": False, "visibility": "private", "open_bd": 0}),
}  # fmt: skip


@pytest.mark.parametrize(("act", "expected"), CASES.values(), ids=CASES)
def test_a_concern_reads(tmp_path: Path, act: Callable[[World], object], expected: dict[str, Any]) -> None:
    world = World(tmp_path).begin().at("2025-06-02T09:00")
    act(world)

    (row,) = world.rows(TABLE, "2025-06-16T09:00")

    assert {name: row[name] for name in expected} == expected


def test_a_concern_of_the_account_stands_there(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    world.record("concern-felt", "account/acme", topic="price", text="too dear")

    (row,) = world.rows(TABLE, stream="account/acme")

    assert (row["engagement"], row["account_alias"], row["topic"], world.rows(TABLE)) == (None, "acme", "price", [])


def test_a_corrected_day_of_feeling_moves_the_lag(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-03T10:00")
    felt = world.entry(_felt(world, occurred=london("2025-06-03T09:00")))
    _raised(world, concern_id="C1", occurred=london("2025-06-03T10:00"))
    world.record("entry-corrected", entry=felt, kind="amend", reason="it was the day before",
                 changes=[{"path": "occurred", "after": f'"{london("2025-06-02T16:00")}"'}])  # fmt: skip

    (row,) = world.rows(TABLE)

    assert row["lag_bh"] == Decimal("2.000")
