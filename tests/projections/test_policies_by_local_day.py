"""A policy holds from the midnight that begins its day where the ledger counts its days, whatever day UTC has (3.3.6)."""

from datetime import timedelta
from pathlib import Path

import pytest
from ledger_projections.readmodel.store import current
from ledger_projections.replaying import in_force

from ledger.calendars import default_calendar, instant, parse_instant
from tests.views import World, london

BEGINS = {
    "Pacific/Auckland": "2025-06-10T12:00:00.000000Z",
    "Europe/London": "2025-06-10T23:00:00.000000Z",
    "America/Los_Angeles": "2025-06-11T07:00:00.000000Z",
}
"""When 11 June 2025 begins."""


def before(moment: str) -> str:
    """Return the last moment before *moment*."""
    return instant(parse_instant(moment) - timedelta.resolution)


def counting_in(zone: str, folder: Path) -> World:
    """Begin a ledger that counts in *zone*, and set policies that hold from 11 June 2025."""
    world = World(folder).begin().at("2025-06-02T09:00")
    world.record("policy-set", "practice", calendars=[default_calendar(zone, years=[2025])], valid_from="2025-01-01")
    world.record("milestone-agreed", milestone_id="M1", due="2025-06-27", title="pilot")
    policies = [{"policy": "due_next_bd", "value": "12"}, {"policy": "slip_notice_bh", "value": "2"}]
    world.record("policy-set", "practice", policies=policies, valid_from="2025-06-11")
    return world


@pytest.mark.parametrize(("zone", "begins"), BEGINS.items(), ids=BEGINS)
def test_rows_are_made_anew_when_the_day_of_a_policy_begins_and_no_look_before_keeps_them(
    tmp_path: Path, zone: str, begins: str
) -> None:
    counting_in(zone, tmp_path)

    seen = []
    for now in (london("2025-06-10T09:00"), before(begins), begins, "2025-06-11T12:00:00.000000Z"):
        with current(tmp_path / "ledger.db", tmp_path / "projections.db", now) as tables:
            seen.append(tables.rows("milestones")[0]["state"])

    assert seen == ["agreed", "agreed", "due soon", "due soon"]


@pytest.mark.parametrize(("zone", "begins"), BEGINS.items(), ids=BEGINS)
def test_notice_of_a_slip_is_owed_by_the_policy_of_the_day_on_which_it_was_known(
    tmp_path: Path, zone: str, begins: str
) -> None:
    world = counting_in(zone, tmp_path).at("2025-06-12T23:00")
    world.record("slip-foreseen", milestone_id="M1", forecast="2025-07-01", aware=before(begins))
    world.record("slip-foreseen", milestone_id="M1", forecast="2025-07-02", aware=begins)

    with current(tmp_path / "ledger.db", tmp_path / "projections.db", instant(world.now)) as tables:
        assert [row["within_bh"] for row in tables.rows("notices")] == [16, 2]


@pytest.mark.parametrize(("zone", "begins"), BEGINS.items(), ids=BEGINS)
def test_a_replay_shows_the_policies_of_the_day_that_its_zone_has(tmp_path: Path, zone: str, begins: str) -> None:
    world = counting_in(zone, tmp_path)
    shown = []
    for when in (before(begins), begins):
        world.now = parse_instant(when)
        rows = in_force.TABLE.rows(world.view(stream="account/acme"))
        shown.append({row.values["policy"]: row.values["value"] for row in rows}["slip_notice_bh"])

    assert shown == ["16", "2"]
