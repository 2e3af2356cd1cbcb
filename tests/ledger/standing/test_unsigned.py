"""Work while nothing was signed: its days and its value, and when it ended (M16)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger.calendars import parse_instant
from ledger.standing.unsigned import unsigned_work
from tests.by_hand import days_after
from tests.views import World, london

Act = Callable[[World], object]


def start(world: World, at: str, **data: Any) -> object:
    return world.record("work-started", basis="none", occurred=london(at) if "T" in at else at, **data)


def work(world: World, first: str, last: str, **data: Any) -> object:
    return world.record("work-recorded", from_on=first, to_on=last, days="2.5", **data)


def pounds(minor: int) -> dict[str, Any]:
    return {"currency": "GBP", "minor": minor}


CASES: dict[str, tuple[Act, list[tuple[int, int, int, int]]]] = {
    "no work": (lambda w: w.draft(1), []),
    "work once both had signed": (lambda w: (w.signed(1), start(w.at("2025-06-20T12:00"), "2025-06-10T09:00")), []),
    "nothing was ever drafted: to as_of": (
        lambda w: start(w.at("2025-06-20T12:00"), "2025-06-06T09:00", value=pounds(420000)), [(1, 10, 14, 420000)]),
    "days recorded from a Sunday on begin with it, not with the Friday before": (
        lambda w: work(w.at("2025-06-20T12:00"), "2025-06-08", "2025-06-10"), [(1, 10, 12, 0)]),
    "until both had signed": (
        lambda w: (start(w.at("2025-06-20T12:00"), "2025-06-06T09:00"), w.draft(1),
                   w.sign(1, "provider", "c2", occurred=london("2025-06-06T10:00")),
                   w.sign(1, "client", "c1", occurred=london("2025-06-11T10:00"))), [(1, 3, 5, 0)]),
    "a signature of somebody who may not ends nothing": (
        lambda w: (start(w.at("2025-06-20T12:00"), "2025-06-06T09:00"), w.draft(1), w.person("manager", "client"),
                   w.sign(1, "provider", "c2"), w.sign(1, "client", "c3")), [(1, 10, 14, 0)]),
    "one that is ratified ends it when it was given": (
        lambda w: (start(w.at("2025-06-20T12:00"), "2025-06-06T09:00"), w.draft(1), w.person("manager", "client"),
                   w.sign(1, "provider", "c2", occurred=london("2025-06-06T10:00")),
                   w.grant("c3", "sign", granted_by="c1", valid_from="2025-06-19", ratifies=[
                       w.entry(w.sign(1, "client", "c3", occurred=london("2025-06-10T10:00")))])), [(1, 2, 4, 0)]),
    "a later version ends it": (
        lambda w: (start(w.at("2025-06-10T12:00"), "2025-06-06T09:00"), w.draft(1), w.signed(2)), [(1, 2, 4, 0)]),
    "work on a later version, while the first is in force": (
        lambda w: (w.signed(1), w.draft(2), start(w.at("2025-06-20T12:00"), "2025-06-10T09:00", agreement_version=2)),
        [(2, 8, 10, 0)]),
    "days recorded of a later version, while the first binds": (
        lambda w: (w.signed(1), w.draft(2),
                   work(w.at("2025-06-20T12:00"), "2025-06-09", "2025-06-10", value=pounds(20), agreement_version=2)),
        []),
    "they count from when work on the later version is said to begin": (
        lambda w: (w.signed(1), w.draft(2),
                   work(w.at("2025-06-20T12:00"), "2025-06-09", "2025-06-10", value=pounds(20), agreement_version=2),
                   start(w, "2025-06-10T09:00", agreement_version=2),
                   work(w, "2025-06-11", "2025-06-12", value=pounds(3), agreement_version=2)),
        [(2, 8, 10, 3)]),
    "days of work that nobody said began: from the close of the first": (
        lambda w: work(w.at("2025-06-20T12:00"), "2025-06-06", "2025-06-10", value=pounds(100)), [(1, 10, 14, 100)]),
    "values add up; what began after both had signed does not count": (
        lambda w: (w.draft(1), start(w.at("2025-06-20T12:00"), "2025-06-06T09:00", value=pounds(1)),
                   work(w, "2025-06-09", "2025-06-10",
                   value=pounds(20)), work(w, "2025-06-12", "2025-06-12", value=pounds(300), agreement_version=1),
                   w.sign(1, "provider", "c2", occurred=london("2025-06-06T10:00")),
                   w.sign(1, "client", "c1", occurred=london("2025-06-11T10:00"))), [(1, 3, 5, 21)]),
    "the close of the engagement ends it": (
        lambda w: (start(w.at("2025-06-20T12:00"), "2025-06-06T09:00"), w.record("engagement-closed", reason="mutual",
                   results=[], open_obligations=[], occurred=london("2025-06-10T10:00"))), [(1, 2, 4, 0)]),
}  # fmt: skip


@pytest.mark.parametrize(("act", "expected"), CASES.values(), ids=CASES)
def test_unsigned_work_lasts_and_is_worth(tmp_path: Path, act: Act, expected: list[tuple[int, int, int, int]]) -> None:
    world = World(tmp_path).begin().at("2025-06-02T09:00")
    act(world)
    view = world.view()

    found = unsigned_work(view.standing, parse_instant(view.as_of))

    numbers = [(u.version, u.open_days, u.calendar_days, sum(m["minor"] for m in u.value)) for u in found]
    assert numbers == expected


def test_ten_business_days_are_those_of_the_calendar() -> None:
    assert (days_after("2025-06-06", "2025-06-20"), days_after("2025-06-06", "2025-06-11")) == (10, 3)
