"""Replays on histories told by hand: what was known, what was so, and what measures both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from ledger_projections.log import Log

from ledger.entry import Entry
from ledger.facts import Fact
from ledger.replay import TODAY, Replay, as_known_on, as_true_on
from ledger.testing.fakes import entry_id
from ledger.values import Stream
from tests import northwind as n
from tests.histories import Told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.events import Event


def day_of(instant: str) -> str:
    return instant[:10]


def fact(
    number: int,
    recorded: str,
    event: Event,
    *,
    provenance: str = "cli",
    claimed: str | None = None,
    **clocks: str | None,
) -> Fact[Event]:
    """Return the *number*-th fact of a log."""
    attributes: dict[str, Any] = {
        "id": entry_id(number),
        "recordedtime": recorded,
        "provenance": provenance,
        "claimedtime": claimed,
    }
    return Fact(
        Entry(number, attributes), event, clocks.get("occurred"), clocks.get("aware"), "shared", privileged=False
    )


def numbers(facts: Sequence[Fact[Event]]) -> list[int]:
    return [fact.entry.position for fact in facts]


def instant(day: int, hour: int = 9) -> str:
    return f"2025-06-{day:02}T{hour:02}:00:00.000000Z"


def log() -> list[Fact[Event]]:
    """Return five entries: a milestone, a slip foreseen, a correction of its awareness, a late entry, an import."""
    return [
        fact(1, instant(2), n.M2, occurred="2025-06-01"),
        fact(2, instant(6), n.FORESEEN, occurred=instant(6), aware=instant(5)),
        fact(3, instant(20), n.amend(2, "aware", f'"{instant(3)}"'), occurred=instant(20)),
        fact(4, instant(21), n.M3, occurred=instant(4)),
        fact(5, instant(22), n.LEARNED, provenance="import", claimed="2025-06-07", aware=instant(7)),
    ]


@pytest.mark.parametrize(
    ("known_on", "trust", "left"),
    [
        (instant(1), False, []),
        (instant(2), False, [1]),
        (instant(6, 8), False, [1]),
        ("2025-06-06", False, [1, 2]),
        (instant(20), False, [1, 2, 3]),
        (instant(30), False, [1, 2, 3, 4, 5]),
        (instant(8), True, [1, 2, 5]),
        (instant(7), True, [1, 2]),
        ("2025-06-07", True, [1, 2, 5]),
    ],
)
def test_what_was_known_is_what_was_recorded_or_claimed_by_then(known_on: str, trust: bool, left: list[int]) -> None:
    assert numbers(as_known_on(log(), known_on, trust_claimed=trust)) == left


@pytest.mark.parametrize(
    ("true_on", "left"),
    [
        ("2025-05-31", []),
        ("2025-06-01", [1]),
        (instant(1, 0), [1]),
        (instant(3, 8), [1]),
        (instant(3), [1, 2, 3]),
        ("2025-06-04", [1, 2, 3, 4]),
        ("2025-06-07", [1, 2, 3, 4, 5]),
    ],
)
def test_what_was_so_is_judged_after_the_corrections_and_a_slip_by_awareness(true_on: str, left: list[int]) -> None:
    assert numbers(as_true_on(log(), true_on, day_of)) == left


def test_a_correction_made_later_is_not_applied() -> None:
    then = Replay(known_on=instant(10), true_on=instant(3)).of(log(), day_of)

    assert numbers(then) == [1]


def test_no_replay_is_today() -> None:
    facts = log()

    assert TODAY.of(facts, day_of) == facts


def test_the_first_calendar_measures_what_was_before_it_and_who_recorded_keeps_a_name() -> None:
    told = Told("2025-06-02T08:00:00Z")
    told.record("policy-set", "practice", {"policies": [], "valid_from": "2025-07-01"})
    facts = Log(told.journal, told.journal.head()).facts(Stream("practice"))

    left = Replay(known_on="2020-01-01T00:00:00.000000Z").of(facts, day_of)

    assert [f.event.short_name for f in left] == ["actor-added", "policy-set"]
    assert left[-1].entry.position == min(f.entry.position for f in facts if f.event.short_name == "policy-set")
