"""The gap compares what we had said before the client answered with what the client said, and nothing said later (M11)."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.tables.gaps import TABLE

from ledger.drafts import Receipt
from tests.views import World, london

TEN = {"min": "0", "max": "10"}


def _scores(**scores: str) -> dict[str, Any]:
    return {"scale": TEN, "scores": [{"dimension": name, "score": score} for name, score in scores.items()]}


def _self(world: World, day: str, **scores: str) -> Receipt:
    return world.at(f"{day}T10:00").record("self-assessed", **_scores(**scores), occurred=london(f"{day}T10:00"))


def _answer(world: World, day: str, who: str = "c1", wave: str = "w1", **scores: str) -> Receipt:
    return world.at(f"{day}T10:00").record("feedback-received", wave=wave, from_contact=who, solicited=True,
                                           **_scores(**scores), occurred=london(f"{day}T10:00"))  # fmt: skip


def _raise_score(world: World, receipt: Receipt) -> Receipt:
    after = '[{"dimension":"trust","score":"10"}]'
    return world.record("entry-corrected", entry=world.entry(receipt), kind="amend", reason="misread",
                 changes=[{"path": "data.scores", "after": after}])  # fmt: skip


def test_a_gap_is_one_whole_row(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    said = world.entry(_self(world, "2025-06-02", trust="9"))
    _answer(world, "2025-06-12", "c1", trust="7")
    _answer(world, "2025-06-13", "c2", trust="8")

    (row,) = world.rows(TABLE)

    assert {name: value for name, value in row.items() if not name.startswith(("engagement", "account"))} == {
        "wave": "w1",
        "dimension": "trust",
        "state": "sealed",
        "self_normalised": Decimal("90.000"),
        "client_normalised": Decimal("75.000"),
        "gap": Decimal("15.000"),
        "respondents": 2,
        "first_answered_at": london("2025-06-12T10:00"),
        "assessment": said,
        "assessed_at": london("2025-06-02T10:00"),
        "assessment_age_days": 10,
        "visibility": "private",
    }


CASES: dict[str, tuple[Callable[[World], object], tuple[str, Decimal | None]]] = {
    "the last that was said before the first answer": (
        lambda w: (_self(w, "2025-06-02", trust="9"), _self(w, "2025-06-03", trust="8"),
                   _answer(w, "2025-06-04", trust="7"), _self(w, "2025-06-05", trust="1")),
        ("sealed", Decimal("10.000"))),
    "the last that scores the dimension": (
        lambda w: (_self(w, "2025-06-02", trust="9"), _self(w, "2025-06-03", pace="1"),
                   _answer(w, "2025-06-04", trust="7")),
        ("sealed", Decimal("20.000"))),
    "said between two answers of the wave": (
        lambda w: (_answer(w, "2025-06-04", "c2", trust="7"), _self(w, "2025-06-05", trust="9"),
                   _answer(w, "2025-06-06", trust="7")),
        ("unsealed", None)),
    "said of an earlier day, written down after the answer": (
        lambda w: (_answer(w, "2025-06-04", trust="7"),
                   w.record("self-assessed", **_scores(trust="9"), occurred=london("2025-06-02T10:00"))),
        ("unsealed", None)),
    "its scores corrected after the answer": (
        lambda w: [said := _self(w, "2025-06-02", trust="9"), _answer(w, "2025-06-04", trust="7"),
                   _raise_score(w, said)],
        ("unsealed", None)),
    "its scores corrected before the answer": (
        lambda w: [said := _self(w, "2025-06-02", trust="9"), _raise_score(w, said),
                   _answer(w, "2025-06-04", trust="7")],
        ("sealed", Decimal("30.000"))),
    "45 days old": (
        lambda w: (_self(w, "2025-05-01", trust="9"), _answer(w, "2025-06-15", trust="7")),
        ("sealed", Decimal("20.000"))),
    "46 days old": (
        lambda w: (_self(w, "2025-05-01", trust="9"), _answer(w, "2025-06-16", trust="7")), ("too old", None)),
    "46 days old, where our policy allows it": (
        lambda w: (w.record("policy-set", "practice", policies=[{"policy": "self_max_age_days", "value": "46"}],
                            valid_from="2025-06-01"),
                   _self(w, "2025-05-01", trust="9"), _answer(w, "2025-06-16", trust="7")),
        ("sealed", Decimal("20.000"))),
    "never said": (lambda w: _answer(w, "2025-06-04", trust="7"), ("none", None)),
    "the client thinks better of it": (
        lambda w: (_self(w, "2025-06-02", trust="5"), _answer(w, "2025-06-04", trust="7")),
        ("sealed", Decimal("-20.000"))),
    "who answers twice counts once, as they said last": (
        lambda w: (_self(w, "2025-06-02", trust="9"), _answer(w, "2025-06-04", trust="1"),
                   _answer(w, "2025-06-05", trust="3"), _answer(w, "2025-06-05", "c2", trust="7")),
        ("sealed", Decimal("40.000"))),
}  # fmt: skip


@pytest.mark.parametrize(("act", "expected"), CASES.values(), ids=CASES)
def test_a_gap_reads(tmp_path: Path, act: Callable[[World], object], expected: tuple[str, Decimal | None]) -> None:
    world = World(tmp_path).begin()
    act(world)

    (row,) = world.rows(TABLE)

    assert (row["state"], row["gap"]) == expected


def test_each_wave_pairs_with_what_was_said_before_it(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    _self(world, "2025-06-02", trust="9", pace="5")
    _answer(world, "2025-06-04", trust="7", pace="6")
    _self(world, "2025-06-09", trust="8")
    _answer(world, "2025-06-11", wave="w2", trust="8")

    rows = [(row["wave"], row["dimension"], str(row["gap"])) for row in world.rows(TABLE)]

    assert rows == [("w1", "trust", "20.000"), ("w1", "pace", "-10.000"), ("w2", "trust", "0.000")]
