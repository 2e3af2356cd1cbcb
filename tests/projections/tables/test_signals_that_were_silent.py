"""Signals that must stand where another entry seems to settle them, and must not where one does (P18, P26, P55, P61)."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.tables.signals import TABLE

from tests.views import World, london

ACME, NORTHWIND = "account/acme", "engagement/northwind"
SCALE = {"min": "0", "max": "10"}


def standing(world: World, stream: str, when: str) -> list[str]:
    """Return the signals of a stream that stand at a time in London."""
    now = london(when)
    rows = [row for row in world.rows(TABLE, when, stream) if row["raised_at"] <= now]
    return sorted(row["signal"] for row in rows if row["cleared_at"] is None or row["cleared_at"] > now)


def warned(world: World) -> None:
    """Owe plans from 2 June, due on the 20th; the client says on the 13th that they will be late."""
    world.at("2025-06-02T09:00").record(
        "obligation-agreed", obligation_id="O4", kind="access", due="2025-06-20", title="x"
    )
    world.at("2025-06-13T10:00").record("obligation-delay-notified", obligation_id="O4", new_date="2025-07-01", by="c1")


def replanned(world: World) -> None:
    """Approve a plan until the end of the year, and in June another until the end of September."""
    key: dict[str, Any] = {
        "criteria": [{"dimension": "market", "score": "8"}],
        "verdict": "fit",
        "key": True,
        "scale": SCALE,
    }
    world.record("client-fit-assessed", ACME, **key)
    world.record("actor-added", "practice", name="Partner")
    for version, when, until in ((1, "2025-03-05T10:00", "2025-12-31"), (2, "2025-06-05T10:00", "2025-09-30")):
        world.at(when).record(
            "account-plan-approved", ACME, version=version, drafted_by="a1", approved_by="a2", valid_until=until, objectives=[]
        )  # fmt: skip


def weigh(world: World, *weighed: tuple[str, str, int, int]) -> None:
    """Record how pain and benefit were weighed: when it is written down, on which day it was, and both."""
    for when, occurred, pain, benefit in weighed:
        world.at(when).record("exit-considered", ACME, occurred=occurred, pain=pain, benefit=benefit, reasons="r")


def remembered(world: World) -> None:
    """Weigh less pain, then more; and write down afterwards that there had been more before both."""
    weigh(world, ("2025-06-10T18:00", "2025-06-10", 10, 60), ("2025-06-20T18:00", "2025-06-20", 80, 20),
          ("2025-06-23T10:00", "2025-06-02", 80, 20))  # fmt: skip


def relieved(world: World) -> None:
    """Weigh more pain twice; and write down afterwards that there had been less before."""
    weigh(world, ("2025-06-10T18:00", "2025-06-10", 80, 20), ("2025-06-20T18:00", "2025-06-20", 80, 20),
          ("2025-06-23T10:00", "2025-06-02", 10, 60))  # fmt: skip


def ended(world: World) -> None:
    """Agree on two weekly reports, send both, and nothing more."""
    world.at("2025-06-02T09:00").record(
        "cadence-agreed", cadence_id="w", kind="report", rrule="FREQ=WEEKLY;COUNT=2", starts="2025-06-06T17:00",
        calendar="default")  # fmt: skip
    for when in ("2025-06-06T16:00", "2025-06-13T16:00"):
        world.at(when).record("status-report-sent", cadence_id="w", to=["c1"])


CASES: Sequence[tuple[str, Callable[[World], None], str, str, list[str]]] = [
    ("nobody asks what the client has just said", warned, NORTHWIND, "2025-06-18T10:00", []),
    ("it is late all the same", warned, NORTHWIND, "2025-06-20T17:00", ["A-client-overdue-notified"]),
    ("the plan that replaced another has not run out", replanned, ACME, "2025-09-30T23:59", []),
    ("it has, whatever the older one said", replanned, ACME, "2025-10-01T00:00", ["A-no-plan"]),
    ("more pain, as weighed last and before", remembered, ACME, "2025-06-23T10:01", ["A-pain-over-benefit"]),
    ("not before that is written down", remembered, ACME, "2025-06-22T10:00", []),
    ("less pain, as weighed last", relieved, ACME, "2025-06-23T10:01", []),
    ("a rhythm has ended, and silence has not lasted", ended, NORTHWIND, "2025-06-30T16:59", []),
    ("it has, ten business days after the last that was expected", ended, NORTHWIND, "2025-06-30T17:00", ["A-silence"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("tell", "stream", "when", "expected"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_a_signal_stands_when_it_must(
    tmp_path: Path, tell: Callable[[World], None], stream: str, when: str, expected: list[str]
) -> None:
    world = World(tmp_path).begin()
    tell(world)

    assert standing(world.at(when), stream, when) == expected
