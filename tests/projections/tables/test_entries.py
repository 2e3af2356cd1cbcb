"""The audit trail: what was recorded stays, what became of it stands beside it, and how fresh it was when written (M19)."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.readmodel.store import current
from ledger_projections.replaying.snapshot import snapshot
from ledger_projections.tables import TABLES

from ledger import merkle
from ledger.replay import Replay
from ledger.values import Position
from tests.views import World, london

AS_OF = london("2025-09-01T09:00")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """ST1 of domain.md, Part 4, as far as the audit trail looks at it."""
    world = World(tmp_path).begin()
    world.record("milestone-agreed", milestone_id="M2", due="2025-06-27", title="dress rehearsal")
    world.record("milestone-agreed", milestone_id="M3", due="2025-09-27", title="opening night")
    world.at("2025-06-06T09:20")
    world.record("slip-foreseen", aware=london("2025-06-06T09:00"), milestone_id="M2", forecast="2025-07-18")
    yield world
    world.journal.close()


def trail(folder: Path) -> list[dict[str, Any]]:
    with current(folder / "ledger.db", folder / "projections.db", AS_OF) as tables:
        return tables.rows("entries", order="position")


def correct(world: World, row: Mapping[str, Any], **data: Any) -> None:
    subject = "engagement/northwind" if row["engagement"] else row["stream"]
    world.record("entry-corrected", subject, entry=row["id"], reason="vendor e-mail found", **data)


def aware(moment: str) -> dict[str, Any]:
    return {"kind": "amend", "changes": [{"path": "aware", "after": f'"{london(moment)}"'}]}


def test_a_correction_of_awareness_is_graded_from_the_corrected_awareness(world: World, tmp_path: Path) -> None:
    slip = trail(tmp_path)[-1]
    world.at("2025-07-02T09:15")
    correct(world, slip, **aware("2025-06-03T14:20"))

    *_, slip, correction = trail(tmp_path)

    assert (slip["grade"], slip["lag_hours"], correction["grade"]) == ("A", 0.333, "C")
    assert round(correction["lag_hours"] / 24, 2) == 28.79
    assert (slip["aware"], slip["aware_now"]) == (london("2025-06-06T09:00"), london("2025-06-03T14:20"))
    assert (slip["corrected_by"], correction["after_dispute"]) == ([correction["position"]], False)


@pytest.mark.parametrize(
    ("aware_at", "occurred", "lag", "grade", "by_date"),
    [
        ("2025-06-05T09:20", None, 24.0, "A", False),
        ("2025-06-05T09:19", None, 24.017, "B", False),
        ("2025-05-30T09:20", None, 168.0, "B", False),
        ("2025-05-30T09:19", None, 168.017, "C", False),
        ("2025-05-07T09:20", None, 720.0, "C", False),
        ("2025-05-07T09:19", None, 720.017, "D", False),
        (None, "2025-06-05", 16.333, "A", True),
        (None, "2025-06-06", 0.0, "A", True),
    ],
)
def test_the_grade_is_that_of_the_lag(
    world: World, tmp_path: Path, aware_at: str | None, occurred: str | None, lag: float, grade: str, by_date: bool
) -> None:
    when = {"aware": london(aware_at)} if aware_at else {"occurred": occurred}
    world.record("milestone-delivered", milestone_id="M2", **when)

    row = trail(tmp_path)[-1]

    assert (row["lag_hours"], row["grade"], row["lag_by_date"]) == (lag, grade, by_date)


def test_a_day_of_awareness_counts_from_its_opening(world: World, tmp_path: Path) -> None:
    world.record("slip-foreseen", aware="2025-06-06", milestone_id="M3", forecast="2025-10-18")

    assert (trail(tmp_path)[-1]["lag_hours"], trail(tmp_path)[-1]["lag_by_date"]) == (0.333, True)


def test_what_is_recorded_after_a_dispute_on_its_subject_says_so(world: World, tmp_path: Path) -> None:
    world.at("2025-08-04T09:00")
    world.record("dispute-raised", raised_by="client", items=[{"item_id": "late", "about": ["milestone:M2"]}])
    world.record("milestone-delivered", milestone_id="M2")
    world.record("milestone-delivered", milestone_id="M3")
    slip = next(row for row in trail(tmp_path) if row["type"] == "slip-foreseen")
    correct(world, slip, **aware("2025-06-03T14:20"))

    assert [(row["type"], row["after_dispute"]) for row in trail(tmp_path)[-5:]] == [
        ("slip-foreseen", False),
        ("dispute-raised", False),
        ("milestone-delivered", True),
        ("milestone-delivered", False),
        ("entry-corrected", True),
    ]


def test_a_dispute_that_is_withdrawn_as_an_entry_disputes_nothing(world: World, tmp_path: Path) -> None:
    world.record("dispute-raised", raised_by="client", items=[{"item_id": "late", "about": ["milestone:M2"]}])
    dispute = trail(tmp_path)[-1]
    world.record("milestone-delivered", milestone_id="M2")
    disputed = trail(tmp_path)[-1]["after_dispute"]
    correct(world, dispute, kind="withdraw")

    assert (disputed, trail(tmp_path)[-2]["after_dispute"]) == (True, False)


def test_a_withdrawn_entry_stays_in_the_trail(world: World, tmp_path: Path) -> None:
    slip = trail(tmp_path)[-1]
    correct(world, slip, kind="withdraw")
    withdrawn = trail(tmp_path)[-2]["withdrawn"]
    correct(world, slip, kind="reinstate")

    row = trail(tmp_path)[slip["position"] - 1]

    assert (withdrawn, row["withdrawn"], row["corrected_by"]) == (
        True,
        False,
        [slip["position"] + 1, slip["position"] + 2],
    )


def test_the_data_is_as_first_recorded_and_holds_no_text(world: World, tmp_path: Path) -> None:
    milestone = trail(tmp_path)[-3]
    correct(world, milestone, kind="amend", changes=[{"path": "data.due", "after": '"2025-07-01"'}])

    row = trail(tmp_path)[milestone["position"] - 1]

    assert row["data"] == {"milestone_id": "M2", "due": "2025-06-27", "depends_on": []}


def test_an_actor_renamed_is_renamed_in_every_row(world: World, tmp_path: Path) -> None:
    actor = next(row for row in trail(tmp_path) if row["type"] == "actor-added")
    correct(world, actor, kind="amend", text_changes=[{"path": "data.name", "after": '"Delivery lead"'}])

    assert {row["actor_name"] for row in trail(tmp_path)} == {"Delivery lead"}


def test_the_leaf_is_that_of_the_tree(world: World, tmp_path: Path) -> None:
    leaves = [merkle.leaf_hash(stored.raw).hex() for stored in world.journal.since(Position(0), 100)]

    assert [row["leaf_hash"] for row in trail(tmp_path)] == leaves


def test_a_replay_shows_the_trail_as_it_was(world: World, tmp_path: Path) -> None:
    before = trail(tmp_path)
    world.at("2025-07-02T09:15")
    correct(world, before[-1], **aware("2025-06-03T14:20"))

    then = snapshot(world.journal, Replay(known_on=london("2025-06-30T09:00")), AS_OF, [TABLES["entries"]])

    assert sorted(then["entries"], key=lambda row: int(row["position"])) == before
