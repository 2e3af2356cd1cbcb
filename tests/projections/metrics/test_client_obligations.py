"""M15: whether the client gives what it owes on time, and how the days of a late milestone fall."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.metrics.client_obligations import METRIC

from ledger.drafts import Receipt
from tests.ledger.standing.test_delays import OWN, WINDOWS, Act, begin, deliver, slip
from tests.ledger.standing.test_delays import give as give_keys
from tests.measuring import figures_of, values_of
from tests.views import World, london

SETS = ("client_only", "concurrent", "own_only", "unattributed")


def owe(world: World, name: str, due: str, **data: Any) -> Receipt:
    """Agree on 2 June what the client owes."""
    return world.record("obligation-agreed", obligation_id=name, kind="access", due=due, title=name,
                        occurred=london("2025-06-02T09:00"), **data)  # fmt: skip


def give(world: World, name: str, at: str) -> Receipt:
    return world.record("obligation-fulfilled", obligation_id=name, occurred=london(at))


def announce(world: World, name: str, at: str) -> Receipt:
    return world.record("obligation-delay-notified", obligation_id=name, occurred=london(at))


def chase(world: World, *names: str, direction: str = "outbound") -> Receipt:
    return world.record("contact-made", kind="call", direction=direction, purpose="chase", participants=["c1", "c2"],
                        about=[f"obligation:{name}" for name in names], substance="where are the keys")  # fmt: skip


Expected = tuple[Decimal | None, int, int, int]
CASES: dict[str, tuple[Callable[[World], object], Expected]] = {
    "owed, and not due yet": (lambda w: owe(w, "O1", "2025-07-01"), (None, 0, 0, 0)),
    "given before it is due": (
        lambda w: (owe(w, "O1", "2025-07-01"), give(w, "O1", "2025-06-19T10:00")), (Decimal(1), 1, 0, 0)),
    "given at the close of the day": (
        lambda w: (owe(w, "O1", "2025-06-06"), give(w, "O1", "2025-06-06T17:00")), (Decimal(1), 1, 0, 0)),
    "given a minute later": (
        lambda w: (owe(w, "O1", "2025-06-06"), give(w, "O1", "2025-06-06T17:01")), (Decimal(0), 1, 0, 0)),
    "late although announced, and given: none is overdue": (
        lambda w: (owe(w, "O1", "2025-06-06"), announce(w, "O1", "2025-06-05T10:00"), give(w, "O1", "2025-06-10T10:00")),
        (Decimal(0), 1, 0, 0)),
    "overdue, and nobody said a word": (lambda w: owe(w, "O1", "2025-06-06"), (Decimal(0), 1, 1, 0)),
    "overdue, and said so": (
        lambda w: (owe(w, "O1", "2025-06-06"), announce(w, "O1", "2025-06-10T10:00")), (Decimal(0), 1, 0, 0)),
    "let go": (
        lambda w: (owe(w, "O1", "2025-06-06"), w.record("commitment-released", released="obligation:O1")), (None, 0, 0, 0)),
    "one of three on time, one overdue in silence": (
        lambda w: (owe(w, "O1", "2025-06-06"), owe(w, "O2", "2025-06-06"), owe(w, "O3", "2025-06-06"),
                   give(w, "O1", "2025-06-05T10:00"), give(w, "O2", "2025-06-09T10:00")), (Decimal(1) / 3, 3, 1, 0)),
    "asked for twice, once for two; and they asked us": (
        lambda w: (owe(w, "O1", "2025-07-01"), owe(w, "O2", "2025-07-01"), chase(w, "O1"), chase(w, "O1", "O2"),
                   chase(w, "O1", direction="inbound")), (None, 0, 0, 2)),
}  # fmt: skip


@pytest.mark.parametrize(("act", "expected"), CASES.values(), ids=CASES)
def test_what_is_owed_reads(tmp_path: Path, act: Callable[[World], object], expected: Expected) -> None:
    world = World(tmp_path).begin().at("2025-06-20T12:00")
    act(world)

    values = values_of(METRIC, world.view())

    assert tuple(values[name] for name in ("on_time", "n", "overdue_without_notice", "chases")) == expected


@pytest.mark.parametrize(("act", "sets"), WINDOWS.values(), ids=WINDOWS)
def test_the_days_of_a_milestone_are_those_counted_by_hand(
    tmp_path: Path, act: Act, sets: tuple[set[str], ...]
) -> None:
    world = begin(tmp_path)
    act(world)

    values = values_of(METRIC, world.view())

    counts = [values[f"{name}_bd milestone:M1"] for name in SETS]
    assert counts == [len(days) for days in sets]
    assert values["window_bd milestone:M1"] == sum(len(days) for days in sets)


def test_what_the_client_was_late_and_we_had_a_cause_is_counted_whole(tmp_path: Path) -> None:
    world = begin(tmp_path)
    give_keys(world, "2025-06-10T12:00")
    slip(world, OWN)
    deliver(world, "2025-06-10T12:00")

    values = values_of(METRIC, world.view())

    assert [values[f"{name}_bd milestone:M1"] for name in ("window", "client_late", "own_cause")] == [2, 3, 3]


def test_what_was_looked_at_stands_behind_a_count_of_none(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-20T12:00")
    owed = [world.entry(owe(world, name, "2025-07-01")) for name in ("O1", "O2")]

    found = figures_of(METRIC, world.view())

    behind = [[fact.entry.id for fact in found[name].facts] for name in ("overdue_without_notice", "chases")]
    assert behind == [owed, owed]


def test_a_set_names_the_entries_that_put_days_in_it(tmp_path: Path) -> None:
    world = begin(tmp_path)
    give_keys(world, "2025-06-10T12:00")
    slip(world, OWN)
    deliver(world, "2025-06-16T12:00")

    found = figures_of(METRIC, world.view())

    names = [{fact.event.short_name for fact in found[f"{name}_bd milestone:M1"].facts} for name in SETS]
    window, cause = {"milestone-agreed", "milestone-delivered"}, {"slip-foreseen"}
    owed = {"obligation-agreed", "obligation-fulfilled"}
    assert names == [window | owed, window | owed | cause, window | cause, window]


def test_a_milestone_that_is_not_due_yet_has_no_figure(tmp_path: Path) -> None:
    world = begin(tmp_path)

    views = (world.view(as_of) for as_of in ("2025-06-06T16:59", "2025-06-06T17:00"))
    shown = [any("milestone:M1" in name for name in values_of(METRIC, view)) for view in views]

    assert shown == [False, True]


def test_where_nothing_is_owed_there_is_nothing_to_tell(tmp_path: Path) -> None:
    found = figures_of(METRIC, World(tmp_path).begin().view())

    assert {name: (one.value, one.n, one.words) for name, one in found.items()} == {
        "on_time": (None, 0, "none yet"),
        "overdue_without_notice": (0, 0, ""),
        "chases": (0, 0, ""),
        "n": (0, 0, ""),
    }
