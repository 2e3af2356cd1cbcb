"""What is written down while a dispute is open is marked if it is about what is in dispute, however many steps away (M19)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.about import about
from ledger_projections.tables.entries import TABLE as ENTRIES
from ledger_projections.tables.flags import TABLE as FLAGS

from ledger.drafts import Receipt
from tests.views import World, london

OCCURRED = london("2025-06-03T10:00")


def correct(world: World, target: Receipt, **data: Any) -> Receipt:
    return world.record("entry-corrected", entry=world.entry(target), reason="so", **data)


def moved(world: World, target: Receipt) -> Receipt:
    change = {"path": "occurred", "after": f'"{london("2025-06-02T12:00")}"'}
    return correct(world, target, kind="amend", changes=[change])


class Story:
    """A slip of M1 was told and acknowledged; M2 has nothing to do with it; then there is a dispute about the slip."""

    def __init__(self, folder: Path, about: str) -> None:
        self.world = world = World(folder).begin().at("2025-06-02T10:00")
        for name, title in (("M1", "pilot"), ("M2", "other")):
            world.record("milestone-agreed", milestone_id=name, due="2025-06-20", title=title)
        world.record("slip-foreseen", milestone_id="M1", forecast="2025-07-01", aware=london("2025-06-02T09:00"))
        slip = {"slip_id": "S1", "milestone_id": "M1", "forecast": "2025-07-01"}
        self.told = world.record("slip-reported", **slip, to=["c1"])
        world.at("2025-06-03T11:00")
        self.answered = world.record(
            "communication-acknowledged", acknowledges=world.entry(self.told), by="c1", occurred=OCCURRED
        )
        world.at("2025-07-01T09:00")
        world.record("dispute-raised", raised_by="client", items=[{"item_id": "late", "about": [about]}])


AFTERWARDS: dict[str, tuple[Callable[[Story], Receipt], bool]] = {
    "a correction of the acknowledgement": (lambda s: moved(s.world, s.answered), True),
    "a withdrawal of the acknowledgement": (lambda s: correct(s.world, s.answered, kind="withdraw"), True),
    "a correction of the telling": (lambda s: moved(s.world, s.told), True),
    "a second acknowledgement": (
        lambda s: s.world.record("communication-acknowledged", acknowledges=s.world.entry(s.told), by="c2"), True),
    "that the slip was averted": (lambda s: s.world.record("slip-averted", slip_id="S1", how="overtime"), True),
    "a position on the dispute itself": (
        lambda s: s.world.record("position-stated", dispute_id="D1", item_id="late", stated_by="client", position="so"),
        False),
    "that another milestone was delivered": (
        lambda s: s.world.record("milestone-delivered", milestone_id="M2"), False),
}  # fmt: skip


@pytest.mark.parametrize("disputed", ["slip:S1", "milestone:M1"])
@pytest.mark.parametrize(("act", "expected"), AFTERWARDS.values(), ids=AFTERWARDS)
def test_what_is_about_what_is_in_dispute_is_marked(
    tmp_path: Path, disputed: str, act: Callable[[Story], Receipt], *, expected: bool
) -> None:
    story = Story(tmp_path, disputed)

    at = act(story).position

    rows = story.world.rows(ENTRIES)
    assert [bool(row["after_dispute"]) for row in rows if row["position"] == at] == [expected]


@pytest.mark.parametrize("disputed", ["slip:S1", "milestone:M1"])
def test_whatever_the_schedule_lists_that_came_after_the_dispute_is_marked(tmp_path: Path, disputed: str) -> None:
    story = Story(tmp_path, disputed)
    raised = story.world.journal.head()
    for act, expected in AFTERWARDS.values():
        if expected:
            act(story)

    listed = about(story.world.facts(), [disputed])

    rows = [row for row in story.world.rows(ENTRIES) if row["position"] > raised]
    assert [(row["id"] in listed, bool(row["after_dispute"])) for row in rows] == [(True, True)] * len(rows)


def test_what_was_about_it_before_it_was_corrected_is_marked_all_the_same(tmp_path: Path) -> None:
    story = Story(tmp_path, "milestone:M1")
    call: dict[str, Any] = {"kind": "call", "direction": "outbound", "purpose": "update", "substance": "late"}
    spoken = story.world.record("contact-made", **call, participants=["c1", "c2"], about=["milestone:M1"])
    change = {"path": "data.about", "before": '["milestone:M1"]', "after": '["milestone:M2"]'}
    away = correct(story.world, spoken, kind="amend", changes=[change])

    marked = {row["position"] for row in story.world.rows(ENTRIES) if row["after_dispute"]}

    assert {spoken.position, away.position} <= marked


def test_a_correction_of_the_acknowledgement_needs_evidence_then(tmp_path: Path) -> None:
    story = Story(tmp_path, "slip:S1")
    at = moved(story.world, story.answered).position

    rows = story.world.rows(FLAGS)

    assert "correction-without-evidence" in {row["flag"] for row in rows if row["position"] == at}
