"""A change is put down to whoever brought it into force, and to what they brought: a date is somebody's proposal (P03, P10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from ledger_projections.differing import Moments, difference

from tests.views import World, london, northwind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MOVE = {"milestone_id": "M2", "from_due": "2025-06-27", "to_due": "2025-09-26", "reason": "they need more time"}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    told = northwind(tmp_path, "2025-06-30T00:00").at("2025-07-01T09:00")
    yield told
    told.journal.close()


def causes(world: World, then: str) -> Mapping[tuple[str, str], tuple[int, ...]]:
    """Return which entries each field that reads otherwise since *then* is put down to, by the row and the field."""
    name = next(h.stream for h in world.journal.streams() if h.stream.startswith("engagement/")).partition("/")[2]
    now = london("2025-07-31T00:00")
    found = difference(world.journal, name, Moments(london(then), None, now, now))
    assert {p for row in found.rows for change in row for p in change.by} <= {*found.causes}
    return {
        (change.subject.title(change.row), change.field.column): change.by
        for row in found.rows
        for change in row
        if change.differs
    }


def third_version(world: World) -> tuple[int, int]:
    """Move M2 in version 3, a day later signed by both; return the positions of the move and of the last signature."""
    world.draft(3, amends=2)
    move = world.record("milestone-rescheduled", **MOVE, agreement_version=3).position
    world.at("2025-07-02T09:00").sign(3, "provider", "c2")
    return move, world.at("2025-07-03T09:00").sign(3, "client", "c1").position


@pytest.mark.parametrize("then", ["2025-06-30T12:00", "2025-07-02T12:00"])
def test_a_date_agreed_in_a_version_is_put_down_to_its_proposal_and_to_the_signature(world: World, then: str) -> None:
    both = third_version(world)

    by = causes(world, then)

    assert by["Milestone M2, date 2", "due"] == both
    assert by["Slip S1 of M2", "state"] == both
    assert by["Agreement v2", "is_in_force"] == by["Engagement", "version_in_force"] == both[1:]


def test_a_date_moved_by_somebody_who_may_not_is_put_down_to_them_and_to_who_ratified_it(world: World) -> None:
    other = world.person("producer", "client")
    moved = world.record("milestone-rescheduled", **MOVE, agreed_by=other)
    cured = world.at("2025-07-04T09:00").grant(other, "accept", granted_by="c1", ratifies=[world.entry(moved)])

    assert causes(world, "2025-07-02T12:00")["Milestone M2, date 2", "due"] == (moved.position, cured.position)


def test_a_signature_that_is_taken_back_brings_nothing_and_one_reinstated_does(world: World) -> None:
    move, signed = third_version(world)
    signature = next(fact.entry.id for fact in world.facts() if fact.entry.position == signed)
    gone = world.at("2025-07-08T09:00").record("entry-corrected", entry=signature, kind="withdraw", reason="not they")
    assert causes(world, "2025-07-04T12:00")["Milestone M2, date 2", "due"] == (gone.position,)

    back = world.at("2025-07-09T09:00").record("entry-corrected", entry=signature, kind="reinstate", reason="they did")

    assert causes(world, "2025-07-08T12:00")["Milestone M2, date 2", "due"] == (move, back.position)


def test_what_a_version_asks_of_the_client_is_put_down_to_what_asks_it(world: World) -> None:
    world.draft(3, amends=2)
    asked = world.record("obligation-agreed", kind="access", due="2025-07-10", title="keys", agreement_version=3,
                         obligation_id="O9").position  # fmt: skip
    world.at("2025-07-02T09:00").sign(3, "provider", "c2")
    signed = world.at("2025-07-03T09:00").sign(3, "client", "c1").position

    assert causes(world, "2025-07-02T12:00")['Obligation O9 "keys"', "in_force_from"] == (asked, signed)
