"""How soon something is done about what was said, reckoned by hand: M22 (P43, P44)."""

from decimal import Decimal
from pathlib import Path

import pytest
from ledger_projections.metrics.action_latency import METRIC

from tests.by_hand import days_after
from tests.measuring import figures_of, values_of
from tests.views import World, london

TEN = {"min": "0", "max": "10"}


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Return a world on 12 June, in which feedback was asked for on the 2nd, and M1 agreed on the 3rd."""
    world = World(tmp_path).begin().at("2025-06-02T09:00")
    world.record("feedback-requested", wave="w1", to=["c1"], instrument="call", dimensions=["trust"], scale=TEN)
    world.at("2025-06-03T09:00").record("milestone-agreed", milestone_id="M1", due="2025-06-20", title="pilot")
    return world.at("2025-06-12T10:00")


def agree(world: World, trigger: str = "milestone:M1", due: str = "2025-06-20") -> None:
    """Agree an action."""
    world.record("action-agreed", trigger=trigger, owner="c2", due=due, what="weekly demo")


def test_an_action_without_an_answer_has_no_latency(world: World) -> None:
    agree(world, "feedback:F1")

    latency = figures_of(METRIC, world.view())["latency_bd action:A1"]

    assert (latency.value, latency.words) == (None, "what set it off is not known")


def test_feedback_counts_from_its_answer_and_all_else_from_when_it_was_so(world: World) -> None:
    world.record("feedback-received", feedback_id="F1", wave="w1", from_contact="c1", scale=TEN, solicited=True,
                 scores=[{"dimension": "trust", "score": "3"}], occurred=london("2025-06-06T10:00"))  # fmt: skip
    agree(world, "feedback:F1")
    agree(world)

    found = values_of(METRIC, world.view())

    assert (found["latency_bd action:A1"], found["latency_bd action:A2"]) == (4, 7)
    assert (days_after("2025-06-06", "2025-06-12"), days_after("2025-06-03", "2025-06-12")) == (4, 7)


def test_the_share_is_of_those_done_or_overdue(world: World) -> None:
    for due in ("2025-06-13", "2025-06-13", "2025-06-13", "2025-06-20"):
        agree(world, due=due)
    world.at("2025-06-13T12:00").record("action-completed", action_id="A1")
    world.at("2025-06-16T09:00").record("action-completed", action_id="A2")

    found = figures_of(METRIC, world.view())

    assert {name: (found[name].value, found[name].n, found[name].words) for name in found if "in_time" in name} == {
        "in_time action:A1": (True, 1, "done"),
        "in_time action:A2": (False, 1, "done late"),
        "in_time action:A3": (False, 1, "overdue"),
        "in_time action:A4": (None, 1, "open"),
        "in_time": (Decimal(1) / 3, 3, ""),
    }


def test_of_no_action_there_is_no_share(world: World) -> None:
    found = figures_of(METRIC, world.view())

    assert [(figure.name, figure.value, figure.n, figure.words) for figure in found.values()] == [
        ("in_time", None, 0, "none yet")
    ]


def test_an_account_has_actions_of_its_own(world: World) -> None:
    world.record("action-agreed", "account/acme", trigger="contact:c1", owner="c2", due="2025-06-20", what="call her")

    assert values_of(METRIC, world.view(stream="account/acme"))["latency_bd action:A1"] == days_after(
        "2025-03-03", "2025-06-12"
    )
