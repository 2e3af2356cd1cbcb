"""Ideas and lessons are rows of the engagement or of the account they were recorded with (P45, P59)."""

from pathlib import Path

import pytest
from ledger_projections.tables import ideas, lessons

from tests.views import World, london


@pytest.mark.parametrize(("outcome", "state"), [("adopted", "adopted"), ("declined", "declined"), (None, "offered")])
def test_an_idea_is_one_whole_row(tmp_path: Path, outcome: str | None, state: str) -> None:
    world = World(tmp_path).begin().at("2025-06-02T09:00")
    world.draft(1, results=[{"result_id": "R1", "client_goal": "goal-1"}])
    world.record("idea-offered", to=["c1"], client_goal="goal-1", text="=cmd()", occurred="2025-05-30")
    if outcome:
        world.record("idea-decided", idea_id="I1", outcome=outcome)

    (row,) = world.rows(ideas.TABLE)

    assert {name: value for name, value in row.items() if not name.startswith(("engagement", "account"))} == {
        "idea": "I1",
        "state": state,
        "offered_at": london("2025-05-30T17:00"),
        "offered_to": '["c1"]',
        "offered_to_names": "client sponsor",
        "client_goal": "goal-1",
        "decided_at": london("2025-06-02T09:00") if outcome else None,
        "text": "=cmd()",
        "visibility": "shared",
    }


def test_a_lesson_is_one_whole_row_and_private(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-02T09:00")
    kept = world.record("lesson-recorded", source="contact:c1", applies_to="estimating", lesson="ask twice")

    (row,) = world.rows(lessons.TABLE)

    assert {name: value for name, value in row.items() if not name.startswith(("engagement", "account"))} == {
        "lesson": world.entry(kept),
        "source": "contact:c1",
        "applies_to": "estimating",
        "learned_at": london("2025-06-02T09:00"),
        "text": "ask twice",
        "visibility": "private",
    }


def test_what_was_offered_and_learned_with_the_account_stands_there(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    world.record("idea-offered", "account/acme", to=["c1"], text="a portal")
    world.record("lesson-recorded", "account/acme", source="contact:c1", lesson="they read on phones")

    rows = [row for table in (ideas.TABLE, lessons.TABLE) for row in world.rows(table, stream="account/acme")]

    assert [(row["engagement"], row["account_alias"], row["text"]) for row in rows] == [
        (None, "acme", "a portal"), (None, "acme", "they read on phones")]  # fmt: skip
