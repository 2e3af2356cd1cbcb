"""Which date and which version are in force, and which notice is owed, as tables."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from ledger.calendars import instant, parse_instant
from ledger.drafts import Receipt
from ledger.standing import Known, due_in_force, notice, timeline
from tests.views import World, london, northwind

Act = Callable[[World], object]


def known(world: World, as_of: str | None = None) -> Known:
    known = world.view(as_of).known
    assert known is not None
    return known


def move(world: World, at: str, to: str, **data: str | int) -> Receipt:
    """Record a new date that the sponsor agreed to."""
    version = (
        {"agreement_version": int(data["agreement_version"])} if "agreement_version" in data else {"agreed_by": "c1"}
    )
    return world.at(at).record("milestone-rescheduled", milestone_id="M1", from_due="2025-06-20", to_due=to,
                        occurred=str(data["occurred"]) if "occurred" in data else None, **version)  # fmt: skip


MOVES: dict[str, tuple[Act, list[tuple[str, str]]]] = {
    "the date first agreed, also before it was": (
        lambda w: None, [("2025-05-01T10:00", "2025-06-20"), ("2025-06-02T10:00", "2025-06-20")]),
    "a forecast never moves it": (
        lambda w: w.record("slip-foreseen", milestone_id="M1", forecast="2025-07-01"), [("2025-12-01T10:00", "2025-06-20")]),
    "a move, from the moment it was agreed": (
        lambda w: move(w, "2025-06-10T12:00", "2025-07-01"),
        [("2025-06-10T11:59", "2025-06-20"), ("2025-06-10T12:00", "2025-07-01")]),
    "a move by date, from the close of that day": (
        lambda w: move(w, "2025-06-12T12:00", "2025-07-01", occurred="2025-06-10"),
        [("2025-06-10T16:59", "2025-06-20"), ("2025-06-10T17:00", "2025-07-01")]),
    "two moves": (
        lambda w: (move(w, "2025-06-10T12:00", "2025-07-01"), move(w, "2025-06-20T12:00", "2025-08-01")),
        [("2025-06-12T12:00", "2025-07-01"), ("2025-06-21T12:00", "2025-08-01")]),
    "what was recorded last decides from when it speaks of": (
        lambda w: (move(w, "2025-06-20T12:00", "2025-07-01"),
                   move(w, "2025-06-25T12:00", "2025-08-01", occurred=london("2025-06-10T12:00"))),
        [("2025-06-09T12:00", "2025-06-20"), ("2025-06-12T12:00", "2025-08-01"), ("2025-06-22T12:00", "2025-08-01")]),
    "a move of a version that is unsigned": (
        lambda w: (w.draft(2), move(w, "2025-06-10T12:00", "2025-07-01", agreement_version=2)),
        [("2025-12-01T10:00", "2025-06-20")]),
    "a move of a version, from when both have signed it": (
        lambda w: (w.draft(2), move(w, "2025-06-10T12:00", "2025-07-01", agreement_version=2),
                   w.at("2025-06-16T12:00").sign(2, "provider", "c2"), w.at("2025-06-18T12:00").sign(2, "client", "c1")),
        [("2025-06-17T12:00", "2025-06-20"), ("2025-06-18T12:00", "2025-07-01")]),
}  # fmt: skip


@pytest.mark.parametrize(("act", "expected"), MOVES.values(), ids=MOVES)
def test_the_date_in_force(tmp_path: Path, act: Act, expected: list[tuple[str, str]]) -> None:
    world = World(tmp_path).begin().at("2025-06-02T09:00")
    world.record("milestone-agreed", milestone_id="M1", due="2025-06-20", title="pilot")
    act(world)
    state = known(world)

    dates = [
        (at, due_in_force(state, state.engagement.milestones["M1"], parse_instant(london(at)))) for at, _ in expected
    ]

    assert [(at, date and date.due) for at, date in dates] == expected


def test_a_milestone_of_an_unsigned_amendment_is_not_in_force(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    world.draft(2)
    world.record("milestone-agreed", milestone_id="M1", due="2025-06-20", agreement_version=2, title="pilot")
    state = known(world)

    assert timeline(state, state.engagement.milestones["M1"]) == []


VERSIONS = [
    ("2025-03-05T10:59", None),
    ("2025-03-05T11:00", 1),
    ("2025-06-11T10:05", 1),
    ("2025-06-16T12:00", 1),
    ("2025-06-18T08:59", 1),
    ("2025-06-18T09:00", 2),
]


@pytest.mark.parametrize(("at", "version"), VERSIONS)
def test_st1_the_agreement_in_force_is_the_newest_that_both_had_signed(
    tmp_path: Path, at: str, version: int | None
) -> None:
    assert known(northwind(tmp_path)).version_in_force(parse_instant(london(at))) == version


def test_an_older_version_signed_later_does_not_come_into_force_over_a_newer_one(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    world.draft(1)
    world.signed(2)
    for side, who in (("provider", "c2"), ("client", "c1")):
        world.at("2025-06-02T09:00").sign(1, side, who)

    assert known(world).version_in_force(world.now) == 2


NOTICES = [
    ("slip", "2025-06-06T09:00", ("16", "2025-06-09T17:00", 1)),
    ("slip", "2025-06-03T14:20", ("16", "2025-06-05T14:20", 1)),
    ("slip", "2025-06-20T09:00", ("40", "2025-06-26T17:00", 2)),
    ("slip", "2025-03-04T09:00", ("16", "2025-03-05T17:00", None)),
    ("bad_news", "2025-06-06T09:00", None),
]


@pytest.mark.parametrize(("on", "aware", "expected"), NOTICES)
def test_the_notice_owed_is_that_of_the_version_in_force_at_awareness_else_our_policy(
    tmp_path: Path, on: str, aware: str, expected: tuple[str, str, int | None] | None
) -> None:
    term = notice(known(northwind(tmp_path)), on, parse_instant(london(aware)))

    said = (term.within_bh, instant(term.deadline), term.version) if term else None
    assert said == (expected and (Decimal(expected[0]), london(expected[1]), expected[2]))


def test_the_calendar_is_that_of_the_agreement_in_force_else_default(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    always = [
        {"weekday": day, "from_time": "00:00", "to_time": "24:00"} for day in ("mo", "tu", "we", "th", "fr", "sa", "su")
    ]
    world.record("policy-set", "practice", valid_from="2025-01-01",
                 calendars=[{"calendar": "always", "zone": "UTC", "open": always, "exceptions": []}])  # fmt: skip
    world.at("2025-06-02T09:00").signed(1, calendar="always")
    state = known(world)

    names = [state.calendar(parse_instant(london(at))).name for at in ("2025-06-02T08:59", "2025-06-02T09:00")]

    assert names == ["default", "always"]
