"""What is done, told or promised once is not undone because it is written down once more (M05, M15, P14, P31)."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.metrics.client_obligations import METRIC as OBLIGATIONS
from ledger_projections.metrics.on_time import METRIC as ON_TIME
from ledger_projections.tables.milestones import TABLE as MILESTONES
from ledger_projections.tables.news import TABLE as NEWS

from ledger.drafts import Receipt
from tests.measuring import values_of
from tests.views import World, london

Act = Callable[[World], object]
AS_OF = "2025-07-01T10:00"


def agreed(world: World) -> None:
    """Agree on 2 June what is due on the 20th."""
    world.at("2025-06-02T09:00").record("milestone-agreed", milestone_id="M1", due="2025-06-20", title="pilot")


def deliver(world: World, at: str, **data: Any) -> Receipt:
    """Deliver it."""
    return world.at(at).record("milestone-delivered", milestone_id="M1", **data)


def judge(world: World, at: str, verdict: str = "accepted") -> Receipt:
    """Accept or reject it."""
    return world.at(at).record("milestone-judged", milestone_id="M1", verdict=verdict, by="c1")


DELIVERIES: dict[str, tuple[Act, str, str]] = {
    "another copy, after it was due": (
        lambda w: (deliver(w, "2025-06-19T10:00"), deliver(w, "2025-06-23T10:00")), "delivered", "2025-06-19T10:00"),
    "what had been delivered before, written down afterwards": (
        lambda w: (deliver(w, "2025-06-23T10:00"), deliver(w, "2025-06-24T10:00", occurred=london("2025-06-18T10:00"))),
        "delivered", "2025-06-18T10:00"),
    "another copy, after it was accepted": (
        lambda w: (deliver(w, "2025-06-18T10:00"), judge(w, "2025-06-19T10:00"), deliver(w, "2025-06-23T10:00"),
                   judge(w, "2025-06-24T10:00")), "accepted", "2025-06-18T10:00"),
    "once more in time, after it was rejected": (
        lambda w: (deliver(w, "2025-06-12T10:00"), judge(w, "2025-06-13T10:00", "rejected"), deliver(w, "2025-06-19T10:00"),
                   deliver(w, "2025-06-23T10:00")), "delivered", "2025-06-19T10:00"),
}  # fmt: skip


@pytest.mark.parametrize(("act", "state", "since"), DELIVERIES.values(), ids=DELIVERIES)
def test_a_milestone_was_delivered_when_it_was_first_and_stays_so_unless_rejected(
    tmp_path: Path, act: Act, state: str, since: str
) -> None:
    world = World(tmp_path).begin()
    agreed(world)
    act(world)
    row = world.at(AS_OF).rows(MILESTONES, AS_OF)[-1]

    assert (row["state"], row["delivered_at"], row["delivered_in_time"]) == (state, london(since), True)
    assert values_of(ON_TIME, world.view(AS_OF))["delivered_by_in_force"] == 1


def test_what_was_accepted_in_time_is_not_late_because_its_delivery_is_written_down_afterwards(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    agreed(world)
    judge(world, "2025-06-19T10:00")
    deliver(world, "2025-06-23T10:00")

    assert values_of(ON_TIME, world.view(AS_OF))["delivered_by_in_force"] == 1
    assert values_of(OBLIGATIONS, world.view(AS_OF))["window_bd milestone:M1"] == 0


def test_it_was_accepted_when_it_was_accepted_first(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    agreed(world)
    for at in ("2025-06-20T10:00", "2025-06-23T10:00"):
        deliver(world, at)
        judge(world, at)

    assert values_of(ON_TIME, world.view(AS_OF))["accepted_by_in_force"] == 1


def owe(world: World, **data: Any) -> Receipt:
    """Agree what the client owes by 20 June."""
    return world.at("2025-06-02T09:00").record(
        "obligation-agreed", obligation_id="O1", kind="access", due="2025-06-20", title="x", **data
    )


def given(world: World, at: str) -> Receipt:
    """Have it from the client."""
    return world.at(at).record("obligation-fulfilled", obligation_id="O1")


OWED: dict[str, tuple[Act, Decimal | None, int]] = {
    "of a version that is not signed: it was not owed": (
        lambda w: (w.at("2025-06-02T08:00").draft(2), owe(w, agreement_version=2), given(w, "2025-06-23T10:00")), None, 0),
    "before its version was signed: it is owed now, and was given": (
        lambda w: (w.at("2025-06-02T08:00").draft(2), owe(w, agreement_version=2), given(w, "2025-06-12T10:00"),
                   w.sign(2, "provider", "c2"), w.sign(2, "client", "c1")), Decimal(1), 1),
    "after it was let go: nobody waited for it": (
        lambda w: (owe(w), w.at("2025-06-12T10:00").record("commitment-released", released="obligation:O1"),
                   given(w, "2025-06-23T10:00")), None, 0),
    "before it was let go": (
        lambda w: (owe(w), given(w, "2025-06-23T10:00"), w.record("commitment-released", released="obligation:O1")),
        Decimal(0), 1),
}  # fmt: skip


@pytest.mark.parametrize(("act", "share", "n"), OWED.values(), ids=OWED)
def test_what_was_given_counts_where_it_was_owed(tmp_path: Path, act: Act, share: Decimal | None, n: int) -> None:
    world = World(tmp_path).begin()
    act(world)
    found = values_of(OBLIGATIONS, world.at(AS_OF).view(AS_OF))

    assert (found["on_time"], found["n"]) == (share, n)


def test_whoever_acknowledges_the_newest_word_of_news_acknowledges_the_news(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-02T09:00")
    world.record("news-learned", polarity="bad", severity=3, summary="gone", aware=london("2025-06-02T09:00"))
    for at, kind in (("2025-06-02T10:00", "report"), ("2025-06-03T10:00", "update")):
        told = world.at(at).record("news-reported", news_id="N1", kind=kind, to=["c1"])
    world.at("2025-06-03T12:00").record("communication-acknowledged", acknowledges=world.entry(told), by="c1")

    row = world.rows(NEWS)[0]

    assert (row["state"], row["acknowledged_at"]) == ("acknowledged", london("2025-06-03T12:00"))
