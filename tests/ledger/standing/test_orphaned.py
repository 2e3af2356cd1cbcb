"""What somebody who leaves leaves behind: requests, what they owe, and milestones that nobody may accept any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ledger.calendars import parse_instant
from ledger.standing import Known
from ledger.standing.orphaned import Orphans, holding, orphans_of
from tests.views import World, london

if TYPE_CHECKING:
    from pathlib import Path

LEAVES = "2025-11-28"


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A world whose sponsor, c1, asked for something, owes something, and alone may accept M5."""
    world = World(tmp_path).begin().at("2025-11-14T09:00")
    world.person("project manager", "client")
    world.record("milestone-agreed", milestone_id="M5", due="2025-12-12", title="handover")
    world.record("obligation-agreed", obligation_id="O4", kind="access", due="2025-12-01", owner="c1", title="keys")
    world.record("request-received", from_contact="c1", kind="question", channel="email", text="When?")
    return world


def left(world: World, contact: str = "c1") -> Orphans:
    known = _known(world)
    return orphans_of(known, known.engagement, contact, LEAVES, parse_instant(london("2025-11-14T09:30")))


def test_what_the_one_friend_leaves_behind(world: World) -> None:
    assert left(world) == Orphans(["R1"], ["O4"], ["M5"])


def test_somebody_who_asked_owes_and_may_accept_nothing_leaves_nothing_behind(world: World) -> None:
    assert left(world, "c3") == Orphans([], [], [])


def test_what_is_done_is_not_left_behind(world: World) -> None:
    world.record("request-answered", request_id="R1", channel="call")
    world.record("obligation-fulfilled", obligation_id="O4")
    world.record("milestone-delivered", milestone_id="M5")
    world.record("milestone-judged", milestone_id="M5", verdict="accepted", by="c1")

    assert left(world) == Orphans([], [], [])


def test_what_was_let_go_is_not_left_behind(world: World) -> None:
    world.record("commitment-released", released="milestone:M5", agreed_by="c1")
    world.record("commitment-released", released="obligation:O4", agreed_by="c1")

    assert left(world) == Orphans(["R1"], [], [])


def test_a_milestone_that_somebody_else_may_accept_has_a_home(world: World) -> None:
    world.grant("c3", "accept", granted_by="c1", valid_from="2025-11-28")

    assert (left(world).milestones, holding(_known(world), "accept", LEAVES)) == ([], ["c1", "c3"])


def test_somebody_who_has_left_before_accepts_nothing(world: World) -> None:
    world.grant("c3", "accept", granted_by="c1", valid_from="2025-11-14")
    world.record("contact-departed", "account/acme", contact="c3", leaves_on=LEAVES)

    assert left(world).milestones == ["M5"]


def test_somebody_of_ours_accepts_nothing_for_the_client(world: World) -> None:
    world.grant("c2", "accept", valid_from="2025-11-14")

    assert (left(world).milestones, holding(_known(world), "accept", LEAVES)) == (["M5"], ["c1"])


def _known(world: World) -> Known:
    known = world.view().known
    assert known is not None
    return known
