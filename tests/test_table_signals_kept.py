"""A signal that was raised keeps its row when it is over, with the time it ended: whoever reads increments learns of it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from ledger_projections.tables.signals import TABLE

from tests.views import World, london

Told = tuple[str, str, str, str | None]


def signals(world: World, subject: str) -> list[Told]:
    """Return signal, occurrence, when raised and when cleared of all that are about *subject* and have been raised."""
    now = london("2025-12-31T00:00")
    rows = [row for row in world.rows(TABLE, "2025-12-31T00:00") if row["subject"] == subject]
    raised = [row for row in rows if row["raised_at"] <= now]
    return sorted((r["signal"], r["occurrence"], r["raised_at"], r["cleared_at"]) for r in raised)


def moved(world: World) -> None:
    """Be overdue, then agree to a later date, and keep it."""
    world.record("milestone-agreed", milestone_id="M1", due="2025-06-27", title="pilot")
    world.at("2025-06-30T12:00").record(
        "milestone-rescheduled", milestone_id="M1", from_due="2025-06-27", to_due="2025-07-18", agreed_by="c1"
    )
    world.at("2025-07-17T12:00").record("milestone-delivered", milestone_id="M1")


def silent(world: World) -> None:
    """Say something, nothing for a month, and something again."""
    world.record("status-report-sent", to=["c1"])
    world.at("2025-07-02T10:00").record("status-report-sent", to=["c1"])
    world.at("2025-07-03T10:00").record(
        "cadence-agreed", cadence_id="late", kind="report", rrule="FREQ=WEEKLY;UNTIL=20250704T000000",
        starts="2025-07-03T17:00", calendar="default")  # fmt: skip


def missed(world: World) -> None:
    """Miss two reports in a row, then send the third on its day."""
    world.record("cadence-agreed", cadence_id="w", kind="report", rrule="FREQ=WEEKLY;COUNT=3",
                 starts="2025-06-06T17:00", calendar="default")  # fmt: skip
    world.at("2025-06-20T10:00").record("status-report-sent", cadence_id="w", to=["c1"])


KEPT: dict[str, tuple[Callable[[World], None], str, list[Told]]] = {
    "overdue, until another date was agreed": (moved, "milestone:M1", [
        ("A-due-next", "", london("2025-07-11T00:00"), london("2025-07-17T12:00")),
        ("A-due-next", "2025-06-27", london("2025-06-20T00:00"), london("2025-06-27T17:00")),
        ("A-overdue", "2025-06-27", london("2025-06-27T17:00"), london("2025-06-30T12:00")),
    ]),
    "silence by policy, until the next word": (silent, "engagement", [
        ("A-silence", "2025-06-02", london("2025-06-16T17:00"), london("2025-07-02T10:00")),
    ]),
    "reports that were due, and silence after those that were missed": (missed, "cadence:w", [
        ("A-report-due", "2025-06-06", london("2025-06-06T00:00"), london("2025-06-09T17:00")),
        ("A-report-due", "2025-06-13", london("2025-06-13T00:00"), london("2025-06-16T17:00")),
        ("A-report-due", "2025-06-20", london("2025-06-20T00:00"), london("2025-06-20T10:00")),
        ("A-silence", "2025-06-06", london("2025-06-09T17:00"), london("2025-06-16T17:00")),
        ("A-silence", "2025-06-13", london("2025-06-16T17:00"), london("2025-06-20T10:00")),
    ]),
}  # fmt: skip


@pytest.mark.parametrize(("tell", "subject", "expected"), KEPT.values(), ids=KEPT)
def test_what_was_raised_is_still_there(
    tmp_path: Path, tell: Callable[[World], None], subject: str, expected: list[Told]
) -> None:
    world = World(tmp_path).begin().at("2025-06-02T10:00")
    tell(world)

    assert signals(world, subject) == expected


def test_the_number_of_a_silence_is_true_however_long_it_lasts(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-02T10:00")
    world.record("status-report-sent", to=["c1"])

    said = {day: [row["says"] for row in world.rows(TABLE, day)] for day in ("2025-06-16T18:00", "2025-12-31T00:00")}

    assert list(said.values()) == [["nothing said to the client for more than 10 business days"]] * 2
