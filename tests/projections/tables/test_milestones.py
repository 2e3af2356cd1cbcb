"""Milestones: a row for each date that held, and a state that follows what was delivered and judged."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.tables.milestones import TABLE

from ledger.drafts import Receipt
from tests.views import World, london, northwind

Act = Callable[[World], object]


def pilot(folder: Path) -> World:
    world = World(folder).begin().at("2025-06-02T09:00")
    world.record("milestone-agreed", milestone_id="M1", due="2025-06-20", title="pilot", acceptance_criteria="runs")
    return world


def move(world: World, at: str, before: str, to: str) -> Receipt:
    return world.at(at).record("milestone-rescheduled", milestone_id="M1", from_due=before, to_due=to, agreed_by="c1")


def deliver(world: World, at: str) -> Receipt:
    return world.at(at).record("milestone-delivered", milestone_id="M1")


def judge(world: World, verdict: str, by: str = "c1") -> Receipt:
    return world.record("milestone-judged", milestone_id="M1", verdict=verdict, by=by)


def test_each_date_in_force_has_a_row_with_when_it_held_and_when_it_was_known(tmp_path: Path) -> None:
    world = pilot(tmp_path)
    world.at("2025-06-12T12:00").record(
        "milestone-rescheduled", milestone_id="M1", from_due="2025-06-20", to_due="2025-07-04", agreed_by="c1",
        occurred=london("2025-06-10T09:00"))  # fmt: skip
    move(world, "2025-06-30T09:00", "2025-07-04", "2025-07-18")
    names = ("sequence", "due", "valid_from", "valid_to", "known_from", "known_to", "is_current")

    rows = [tuple(row[name] for name in names) for row in world.rows(TABLE)]

    agreed, moved, written, again = map(
        london, ("2025-06-02T09:00", "2025-06-10T09:00", "2025-06-12T12:00", "2025-06-30T09:00")
    )
    assert rows == [
        (1, "2025-06-20", agreed, moved, agreed, written, False),
        (2, "2025-07-04", moved, again, written, again, False),
        (3, "2025-07-18", again, None, again, None, True),
    ]


def test_each_date_names_the_version_it_was_agreed_in(tmp_path: Path) -> None:
    world = World(tmp_path).begin().signed(1).at("2025-06-02T09:00")
    world.record("milestone-agreed", milestone_id="M1", due="2025-06-20", title="pilot", agreement_version=1)
    move(world, "2025-06-10T09:00", "2025-06-20", "2025-06-27")
    world.draft(2)
    world.record(
        "milestone-rescheduled", milestone_id="M1", from_due="2025-06-27", to_due="2025-07-04", agreement_version=2
    )
    world.sign(2, "provider", "c2")
    world.sign(2, "client", "c1")

    assert [(row["due"], row["agreement_version"]) for row in world.rows(TABLE)] == [
        ("2025-06-20", 1),
        ("2025-06-27", None),
        ("2025-07-04", 2),
    ]


def test_a_date_that_was_corrected_is_known_from_its_correction(tmp_path: Path) -> None:
    world = pilot(tmp_path)
    agreed = next(fact.entry.id for fact in world.facts() if fact.event.short_name == "milestone-agreed")
    world.at("2025-06-05T10:00").record("entry-corrected", entry=agreed, kind="amend", reason="typed wrong",
                                        changes=[{"path": "data.due", "after": '"2025-06-27"'}])  # fmt: skip

    (row,) = world.rows(TABLE)

    assert (row["due"], row["known_from"]) == ("2025-06-27", london("2025-06-05T10:00"))


STATES: dict[str, tuple[Act, str]] = {
    "agreed": (lambda w: w.at("2025-06-12T23:00"), "agreed"),
    "five business days ahead": (lambda w: w.at("2025-06-13T00:00"), "due soon"),
    "at the close of the due date": (lambda w: w.at("2025-06-20T17:00"), "due soon"),
    "after it": (lambda w: w.at("2025-06-20T17:01"), "overdue"),
    "delivered": (lambda w: deliver(w, "2025-06-20T17:00"), "delivered"),
    "delivered late": (lambda w: deliver(w, "2025-06-20T17:01"), "delivered late"),
    "delivered by a new date": (
        lambda w: (move(w, "2025-06-10T09:00", "2025-06-20", "2025-06-27"), deliver(w, "2025-06-25T09:00")), "delivered"),
    "late, and a new date afterwards does not make it punctual": (
        lambda w: (deliver(w, "2025-06-23T09:00"), move(w, "2025-06-24T09:00", "2025-06-20", "2025-06-27")),
        "delivered late"),
    "accepted": (lambda w: (deliver(w, "2025-06-20T12:00"), judge(w, "accepted")), "accepted"),
    "accepted by somebody who may not": (
        lambda w: (deliver(w, "2025-06-20T12:00"), judge(w, "accepted", "c2")), "accepted without authority"),
    "rejected": (lambda w: (deliver(w, "2025-06-20T12:00"), judge(w, "rejected")), "rejected"),
    "rejected by somebody who may not": (
        lambda w: (deliver(w, "2025-06-20T12:00"), judge(w, "rejected", "c2")), "delivered"),
    "let go": (lambda w: w.at("2025-06-23T12:00").record("commitment-released", released="milestone:M1"), "released"),
    "let go after it was rejected": (
        lambda w: (deliver(w, "2025-06-18T12:00"), judge(w, "rejected"),
                   w.record("commitment-released", released="milestone:M1")), "released"),
    "let go after somebody accepted it who may not": (
        lambda w: (judge(w.at("2025-06-18T12:00"), "accepted", "c2"),
                   w.record("commitment-released", released="milestone:M1")), "released"),
    "delivered, and let go afterwards": (
        lambda w: (deliver(w, "2025-06-18T12:00"), w.record("commitment-released", released="milestone:M1")), "delivered"),
    "let go by a version that is unsigned": (
        lambda w: (w.draft(2), w.at("2025-06-23T12:00").record(
            "commitment-released", released="milestone:M1", agreement_version=2)), "overdue"),
    "delivered again": (
        lambda w: (deliver(w, "2025-06-18T12:00"), judge(w, "rejected"), deliver(w, "2025-06-20T12:00")), "delivered"),
}  # fmt: skip


@pytest.mark.parametrize(("act", "state"), STATES.values(), ids=STATES)
def test_the_state_of_a_milestone(tmp_path: Path, act: Act, state: str) -> None:
    world = pilot(tmp_path)
    act(world)

    assert {row["state"] for row in world.rows(TABLE)} == {state}


def test_m05_has_two_figures_one_against_the_date_in_force_and_one_against_the_first(tmp_path: Path) -> None:
    world = pilot(tmp_path)
    move(world, "2025-06-10T09:00", "2025-06-20", "2025-06-27")
    deliver(world, "2025-06-25T09:00")

    row = world.rows(TABLE)[-1]

    assert (row["delivered_in_time"], row["delivered_by_baseline"], row["total_bd"], row["moves"]) == (
        True,
        False,
        5,
        1,
    )


def test_the_open_slip_and_its_forecast_stand_beside_the_date_and_never_move_it(tmp_path: Path) -> None:
    (row,) = northwind(tmp_path).rows(TABLE, "2025-06-30T12:00")

    expected: dict[str, Any] = {"due": "2025-06-27", "slip": "S1", "forecast": "2025-07-18", "state": "overdue"}
    assert {name: row[name] for name in expected} == expected


def test_a_milestone_of_an_unsigned_amendment_has_a_row_that_says_it_is_not_in_force(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    world.draft(2)
    world.record("milestone-agreed", milestone_id="M1", due="2025-06-20", agreement_version=2, title="pilot")

    (row,) = world.rows(TABLE)

    assert (row["state"], row["due"], row["valid_from"], row["is_current"]) == (
        "not in force",
        "2025-06-20",
        None,
        False,
    )


def test_the_assumptions_a_milestone_rests_on_stand_beside_it_with_those_nobody_has_tested(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-02T10:00")
    for statement in ("the vendor delivers", "the quay is free"):
        world.record("assumption-recorded", statement=statement)
    world.record("milestone-agreed", milestone_id="M1", due="2025-06-20", title="pilot", assumptions=["H1", "H2"])
    world.record("assumption-tested", assumption_id="H1", verdict="held", how="asked")

    (row,) = world.rows(TABLE)

    assert (row["assumptions"], row["assumptions_untested"]) == ('["H1","H2"]', '["H2"]')
