"""Delays as sets of open days: who was late on which, counted by hand, and what a move, a release or a pause does (M15)."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.calendars import parse_instant
from ledger.standing.delays import Delay, delays_of, parted
from tests.by_hand import days_after, is_open
from tests.views import World, london

Act = Callable[[World], object]
SETS = ("client_only", "concurrent", "own_only", "unattributed")


def june(*days: int) -> set[str]:
    """Return days of June 2025, written out."""
    return {f"2025-06-{day:02}" for day in days}


def begin(folder: Path) -> World:
    """Agree M1 for Friday 6 June, and O1, which blocks it, for Thursday 5 June."""
    world = World(folder).begin().at("2025-06-02T09:00")
    world.record("milestone-agreed", milestone_id="M1", due="2025-06-06", title="pilot")
    world.record("obligation-agreed", obligation_id="O1", kind="access", due="2025-06-05", title="keys", blocks=["M1"])
    return world.at("2025-06-20T12:00")


def delay_of(world: World, as_of: str | None = None) -> Delay:
    view = world.view(as_of)
    return next(d for d in delays_of(view.standing, parse_instant(view.as_of)) if d.name == "M1")


def slip(world: World, *causes: tuple[str, str, str | None], **data: Any) -> object:
    stated = [{"party": party, "from_on": a, **({"to_on": b} if b else {})} for party, a, b in causes]
    return world.record(
        "slip-foreseen", milestone_id="M1", forecast="2025-06-20", aware="2025-06-03", causes=stated, **data
    )


def deliver(world: World, at: str) -> object:
    return world.record("milestone-delivered", milestone_id="M1", occurred=london(at))


def judge(world: World, at: str, verdict: str, by: str = "c1") -> object:
    return world.record("milestone-judged", milestone_id="M1", verdict=verdict, by=by, occurred=london(at))


def give(world: World, at: str) -> object:
    return world.record("obligation-fulfilled", obligation_id="O1", occurred=london(at))


def move(world: World, at: str, to: str, **data: Any) -> object:
    agreed = {"from_due": "2025-06-06", "to_due": to, "agreed_by": "c1", **data}
    return world.record("milestone-rescheduled", milestone_id="M1", occurred=london(at), **agreed)


def correct(world: World, kind: str, path: str, before: str, after: str) -> object:
    entry = next(fact.entry.id for fact in world.facts() if fact.event.short_name == kind)
    change = {"path": path, "before": f'"{before}"', "after": f'"{after}"'}
    return world.record("entry-corrected", entry=entry, kind="amend", reason="a letter was found", changes=[change])


OWN = ("provider", "2025-06-10", "2025-06-12")
WINDOWS: dict[str, tuple[Act, tuple[set[str], set[str], set[str], set[str]]]] = {
    "nothing was said, and the keys came in time": (
        lambda w: (give(w, "2025-06-04T12:00"), deliver(w, "2025-06-12T12:00")),
        (set(), set(), set(), june(9, 10, 11, 12))),
    "delivered on the day it was due": (
        lambda w: deliver(w, "2025-06-06T16:00"), (set(), set(), set(), set())),
    "delivered after hours of that day: late, and on no open day": (
        lambda w: deliver(w, "2025-06-06T18:00"), (set(), set(), set(), set())),
    "delivered over the weekend": (
        lambda w: (give(w, "2025-06-05T12:00"), deliver(w, "2025-06-08T12:00")), (set(), set(), set(), set())),
    "the client only, up to the day the keys came": (
        lambda w: (give(w, "2025-06-10T12:00"), deliver(w, "2025-06-12T12:00")),
        (june(9, 10), set(), set(), june(11, 12))),
    "all four": (
        lambda w: (give(w, "2025-06-10T12:00"), slip(w, OWN), deliver(w, "2025-06-16T12:00")),
        (june(9), june(10), june(11, 12), june(13, 16))),
    "keys that are still owed, and a cause without an end: both to as_of": (
        lambda w: slip(w, ("provider", "2025-06-16", None)),
        (june(9, 10, 11, 12, 13), june(16, 17, 18, 19, 20), set(), set())),
    "causes of others are in no set": (
        lambda w: (give(w, "2025-06-05T12:00"), slip(w, ("third_party", "2025-06-09", None), ("unknown", "2025-06-09", None),
                   ("client", "2025-06-09", None)), deliver(w, "2025-06-10T12:00")),
        (set(), set(), set(), june(9, 10))),
    "the causes of a slip told twice, and of one averted, are one union": (
        lambda w: (give(w, "2025-06-05T12:00"), slip(w, ("provider", "2025-06-09", "2025-06-09")),
                   w.record("slip-reported", slip_id="S1", milestone_id="M1", forecast="2025-06-20", to=["c1"],
                            causes=[{"party": "provider", "from_on": "2025-06-11", "to_on": "2025-06-11"}]),
                   w.record("slip-averted", slip_id="S1"), deliver(w, "2025-06-12T12:00")),
        (set(), set(), june(9, 11), june(10, 12))),
    "a new date of the keys is a forecast": (
        lambda w: (w.record("obligation-delay-notified", obligation_id="O1", new_date="2025-06-30",
                            occurred=london("2025-06-04T12:00")), deliver(w, "2025-06-10T12:00")),
        (june(9, 10), set(), set(), set())),
    "keys that were let go are late no more": (
        lambda w: (w.record("commitment-released", released="obligation:O1", occurred=london("2025-06-09T12:00")),
                   deliver(w, "2025-06-11T12:00")), (june(9), set(), set(), june(10, 11))),
    "keys of a version that one side has signed are not owed": (
        lambda w: (w.draft(2), w.record("obligation-agreed", obligation_id="O2", kind="access", due="2025-06-03", title="t",
                                        blocks=["M1"], agreement_version=2), give(w, "2025-06-05T12:00"),
                   deliver(w, "2025-06-09T12:00")), (set(), set(), set(), june(9))),
    "two that block it, and one that does not": (
        lambda w: (give(w, "2025-06-09T12:00"),
                   w.record("obligation-agreed", obligation_id="O2", kind="access", due="2025-06-10", title="t",
                            blocks=["M1"], occurred="2025-06-02"),
                   w.record("obligation-agreed", obligation_id="O3", kind="access", due="2025-06-03", title="t",
                            occurred="2025-06-02"), deliver(w, "2025-06-12T12:00")),
        (june(9, 11, 12), set(), set(), june(10))),
    "moved in the middle, before it was due: counted from the new date": (
        lambda w: (give(w, "2025-06-05T12:00"), move(w, "2025-06-05T10:00", "2025-06-12"), deliver(w, "2025-06-16T12:00")),
        (set(), set(), set(), june(13, 16))),
    "moved once it was late: what had passed is in no set": (
        lambda w: (give(w, "2025-06-05T12:00"), move(w, "2025-06-11T10:00", "2025-06-13"), deliver(w, "2025-06-16T12:00")),
        (set(), set(), set(), june(16))),
    "moved by somebody who may not: the date holds": (
        lambda w: (give(w, "2025-06-05T12:00"), move(w, "2025-06-05T10:00", "2025-06-12", agreed_by="c2"),
                   deliver(w, "2025-06-10T12:00")), (set(), set(), set(), june(9, 10))),
    "rejected, and delivered again": (
        lambda w: (give(w, "2025-06-05T12:00"), deliver(w, "2025-06-09T12:00"), judge(w, "2025-06-11T12:00", "rejected"),
                   deliver(w, "2025-06-12T12:00")), (set(), set(), set(), june(9, 10, 11, 12))),
    "rejected, and not delivered since": (
        lambda w: (give(w, "2025-06-05T12:00"), deliver(w, "2025-06-09T12:00"), judge(w, "2025-06-11T12:00", "rejected")),
        (set(), set(), set(), june(9, 10, 11, 12, 13, 16, 17, 18, 19, 20))),
    "rejected by somebody who may not: the delivery stands": (
        lambda w: (give(w, "2025-06-05T12:00"), deliver(w, "2025-06-09T12:00"),
                   judge(w, "2025-06-11T12:00", "rejected", by="c2")), (set(), set(), set(), june(9))),
    "accepted, and never said to be delivered": (
        lambda w: (give(w, "2025-06-05T12:00"), judge(w, "2025-06-10T12:00", "accepted")), (set(), set(), set(), june(9, 10))),
    "let go": (
        lambda w: (give(w, "2025-06-05T12:00"),
                   w.record("commitment-released", released="milestone:M1", occurred=london("2025-06-10T12:00"))),
        (set(), set(), set(), june(9, 10))),
    "closed": (
        lambda w: (give(w, "2025-06-05T12:00"), w.record("engagement-closed", reason="mutual", results=[],
                   open_obligations=[], occurred=london("2025-06-10T12:00"))), (set(), set(), set(), june(9, 10))),
    "on hold in the middle: no date moves": (
        lambda w: (give(w, "2025-06-05T12:00"),
                   w.record("engagement-paused", by="client", reason="summer", occurred=london("2025-06-09T10:00")),
                   w.record("engagement-resumed", by="client", occurred=london("2025-06-11T10:00")),
                   deliver(w, "2025-06-11T12:00")), (set(), set(), set(), june(9, 10, 11))),
}  # fmt: skip


@pytest.mark.parametrize(("act", "sets"), WINDOWS.values(), ids=WINDOWS)
def test_the_days_of_a_delay_are_those_counted_by_hand(
    tmp_path: Path, act: Act, sets: tuple[set[str], set[str], set[str], set[str]]
) -> None:
    world = begin(tmp_path)
    act(world)

    delay = delay_of(world)

    assert (tuple(map(set, delay.shares)), set(delay.window)) == (sets, set().union(*sets))


def test_days_that_had_passed_when_a_date_moved_and_days_on_hold_are_told_apart(tmp_path: Path) -> None:
    world = begin(tmp_path)
    move(world, "2025-06-11T10:00", "2025-06-13")
    world.record("engagement-paused", by="client", reason="summer", occurred=london("2025-06-16T10:00"))
    world.record("engagement-resumed", by="client", occurred=london("2025-06-18T10:00"))

    delay = delay_of(world)

    assert (set(delay.moved_past), set(delay.on_hold)) == (june(9, 10, 11), june(16, 17))


def test_a_corrected_date_counts_as_corrected_and_as_first_said_before_that_was_known(tmp_path: Path) -> None:
    world = begin(tmp_path)
    give(world, "2025-06-10T12:00")
    deliver(world, "2025-06-11T12:00")
    world.at("2025-06-23T12:00")
    correct(world, "obligation-fulfilled", "occurred", london("2025-06-10T12:00"), london("2025-06-09T12:00"))

    found = [set(delay_of(world, at).shares.client_only) for at in ("2025-06-20T12:00", "2025-06-23T12:00")]

    assert found == [june(9, 10), june(9)]


def test_the_entries_behind_a_day_are_those_that_put_it_there(tmp_path: Path) -> None:
    world = begin(tmp_path)
    give(world, "2025-06-10T12:00")
    slip(world, OWN)
    deliver(world, "2025-06-16T12:00")

    delay = delay_of(world)

    names = [[fact.event.short_name for fact in delay.behind(days)] for days in delay.shares]
    assert names == [["obligation-agreed", "obligation-fulfilled"],
                     ["obligation-agreed", "obligation-fulfilled", "slip-foreseen"], ["slip-foreseen"], []]  # fmt: skip


DAYS = st.frozensets(st.dates(date(2025, 6, 2), date(2025, 7, 31)).map(date.isoformat))


@given(DAYS, DAYS, DAYS)
def test_the_four_sets_part_the_window(window: frozenset[str], client: frozenset[str], own: frozenset[str]) -> None:
    shares = parted(window, client, own)

    assert (frozenset().union(*shares), sum(map(len, shares))) == (window, len(window))


@given(DAYS, DAYS, DAYS)
def test_the_sides_are_alike(window: frozenset[str], client: frozenset[str], own: frozenset[str]) -> None:
    one, other = parted(window, client, own), parted(window, own, client)

    assert (one.client_only, one.concurrent, one.own_only, one.unattributed) == (
        other.own_only, other.concurrent, other.client_only, other.unattributed)  # fmt: skip


@given(DAYS, DAYS, DAYS, DAYS)
def test_more_that_the_client_owed_never_makes_more_days_ours(
    window: frozenset[str], client: frozenset[str], more: frozenset[str], own: frozenset[str]
) -> None:
    before, after = parted(window, client, own), parted(window, client | more, own)

    assert (after.own_only <= before.own_only, after.unattributed <= before.unattributed) == (True, True)


SPANS = [("2025-04-14", "2025-05-27"), ("2025-12-19", "2026-01-01"), ("2025-06-07", "2025-06-08"),
         ("2025-06-10", "2025-06-10"), ("2025-06-10", "2025-06-09")]  # fmt: skip


@pytest.mark.parametrize(("first", "last"), SPANS)
def test_open_days_are_the_days_that_a_count_of_them_counts(tmp_path: Path, first: str, last: str) -> None:
    calendar = World(tmp_path).begin().view().calendar("default", first)
    days = [date.fromisoformat(first) + timedelta(days=n) for n in range(1, 60)]

    found = calendar.open_days(first, last)

    assert found == [day.isoformat() for day in days if day.isoformat() <= last and is_open(day)]
    assert len(found) == days_after(first, last)


@pytest.mark.parametrize("names", [("O1", "O2"), ("O2", "O1")])
def test_it_does_not_matter_which_of_two_obligations_was_agreed_first(tmp_path: Path, names: tuple[str, str]) -> None:
    world = World(tmp_path).begin().at("2025-06-02T09:00")
    world.record("milestone-agreed", milestone_id="M1", due="2025-06-06", title="pilot")
    terms = {"O1": ("2025-06-05", "2025-06-10T12:00"), "O2": ("2025-06-11", "2025-06-13T12:00")}
    for name in names:
        world.record(
            "obligation-agreed", obligation_id=name, kind="access", due=terms[name][0], title="t", blocks=["M1"]
        )
    for name in names:
        world.at("2025-06-20T12:00").record("obligation-fulfilled", obligation_id=name, occurred=london(terms[name][1]))

    assert set(delay_of(world).client) == june(6, 9, 10, 12, 13)
