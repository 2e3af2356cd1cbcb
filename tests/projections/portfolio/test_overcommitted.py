"""Too much promised for a week (P19): which week, how many more, how soon it is said, and that nothing is cut off."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from ledger_projections.portfolio.capacity import HORIZON, WEEKS

from ledger.calendars import Calendar
from tests.projections.portfolio.test_figures import MONDAY, behind, figures, rows
from tests.views import CALENDAR, World, london

if TYPE_CHECKING:
    from pathlib import Path

FIRST = date(2025, 6, 2)


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Return a ledger with one engagement on Monday 2 June 2025."""
    return World(tmp_path).begin().at("2025-06-02T09:00")


def promise(world: World, name: str, week: int, days: int) -> None:
    """Promise so many days for the week that begins so many weeks after this one, of which two may be worked."""
    monday = FIRST + timedelta(weeks=week)
    friday = (monday + timedelta(days=4)).isoformat()
    world.record(
        "milestone-agreed",
        milestone_id=name,
        due=friday,
        title="t",
        effort_days=str(days),
        starts_on=monday.isoformat(),
    )
    world.record("capacity-stated", "practice", from_on=monday.isoformat(), to_on=friday, days="2")


@pytest.mark.parametrize(
    ("others", "also"),
    [
        ({}, "most of it for northwind M1"),
        ({"M2": 3}, "most of it for northwind M1; too much in 1 more week, that of 23 Jun"),
        ({"M2": 3, "M3": 40}, "most of it for northwind M1; too much in 2 more weeks, the last that of 9 Mar 2026"),
    ],
)
def test_it_says_which_week_is_the_first_and_how_many_more_there_are(
    world: World, others: dict[str, int], also: str
) -> None:
    promise(world, "M1", 1, 5)
    for name, week in others.items():
        promise(world, name, week, 4)

    (row,) = rows(world, "signals", "A-overcommitted")

    assert (row["says"], row["also"]) == ("5.0 days promised in the week of 9 Jun, there are 2.0", also)
    assert behind(world, row) == ["milestone-agreed"] * (1 + len(others))


def test_it_is_said_from_the_monday_on_that_is_a_quarter_before(world: World) -> None:
    promise(world, "M1", 20, 5)
    begins = FIRST + timedelta(weeks=20 - HORIZON)
    looks = london(f"{begins - timedelta(days=1)}T23:59"), london(f"{begins}T00:00"), london(f"{begins}T09:00")

    found = [[row["raised_at"] for row in rows(world, "signals", "A-overcommitted", at)] for at in looks]

    assert found == [[], [looks[1]], [looks[1]]]


def test_it_is_a_signal_once_the_last_thing_was_said_that_makes_it_one(world: World) -> None:
    promise(world, "M1", 1, 2)
    assert rows(world, "signals", "A-overcommitted") == []
    world.at("2025-06-02T10:30").record(
        "capacity-stated", "practice", from_on="2025-06-02", to_on="2025-06-03", days="1"
    )
    world.record("milestone-agreed", milestone_id="M2", due="2025-06-03", title="t", effort_days="1.5")
    world.at("2025-06-02T11:30").record(
        "capacity-stated", "practice", from_on="2025-06-16", to_on="2025-06-20", days="2"
    )

    (row,) = rows(world, "signals", "A-overcommitted", london("2025-06-02T12:00"))

    assert row["raised_at"] == london("2025-06-02T10:30")


@pytest.mark.parametrize("until", ["2035-06-01", "9999-12-31"])
def test_an_effort_of_many_years_takes_of_each_week_what_is_its_share(world: World, until: str) -> None:
    days = Calendar.parse(CALENDAR).bd("2025-06-01", until)
    world.record("milestone-agreed", milestone_id="M1", due=until, title="t", effort_days=str(days))
    world.record("capacity-stated", "practice", from_on="2025-06-02", to_on="2025-06-06", days="4")

    assert figures(world, "P19")["load week:2025-06-02"] == (1.25, 1, "")


def test_a_capacity_of_many_years_gives_each_week_its_share_as_far_as_weeks_are_judged(world: World) -> None:
    days = Calendar.parse(CALENDAR).bd("2025-06-01", "2045-06-02")
    world.record("capacity-stated", "practice", from_on="2025-06-02", to_on="2045-06-02", days=str(days))

    found = figures(world, "P19", MONDAY)

    last = FIRST + timedelta(weeks=WEEKS - 1)
    assert found["capacity week:2025-06-09"] == found[f"capacity week:{last}"] == (5.0, 0, "")
    assert len(found) == 3 * WEEKS


def test_a_due_time_falls_on_the_day_that_it_has_where_days_are_counted(world: World) -> None:
    due = london("2025-06-16T00:30")  # half an hour before midnight in UTC
    world.record("milestone-agreed", milestone_id="M1", due=due, title="t", effort_days="3", starts_on="2025-06-12")
    world.record("capacity-stated", "practice", from_on="2025-06-09", to_on="2025-06-20", days="10")

    found = {name: value for name, (value, *_) in figures(world, "P19").items() if "committed" in name}

    assert [*found.values()] == [2, 1]
