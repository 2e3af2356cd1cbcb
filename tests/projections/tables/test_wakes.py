"""Tables that were read at the very moment of a deadline say so once it has passed."""

from pathlib import Path

from ledger_projections.readmodel.store import current

from tests.views import World, london


def test_a_row_read_at_its_deadline_is_made_anew_after_it(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-12T09:00")
    world.record("milestone-agreed", milestone_id="M1", due="2025-06-20", title="pilot")
    world.record("action-agreed", trigger="milestone:M1", owner="c2", due="2025-06-20", what="demo")

    seen = []
    for now in ("2025-06-20T17:00", "2025-06-20T17:01"):
        with current(tmp_path / "ledger.db", tmp_path / "projections.db", london(now)) as tables:
            seen.append([tables.rows(name)[0]["state"] for name in ("milestones", "actions")])

    assert seen == [["due soon", "open"], ["overdue", "overdue"]]
