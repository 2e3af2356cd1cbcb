"""A catch-up makes only the rows that the new entries concern, and what governs or was corrected concerns them all."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.concerning.concerned import concerned
from ledger_projections.readmodel.schema import INTERNAL
from ledger_projections.readmodel.store import current

from tests.views import World, london

CASES: dict[str, tuple[Callable[[World], object], set[str] | None]] = {
    "a slip concerns its milestone, and every slip of that": (
        lambda w: w.record("slip-foreseen", milestone_id="M1", forecast="2025-08-01"),
        {"milestone:M1", "slip:S1", "slip:S2"}),
    "an averted slip too": (
        lambda w: w.record("slip-averted", slip_id="S1"), {"milestone:M1", "slip:S1"}),
    "a report concerns every rhythm of talk": (
        lambda w: w.record("status-report-sent", to=["c1"]), {"talk", "engagement", "cadence:w"}),
    "what the client owes concerns no other row": (
        lambda w: w.record("obligation-agreed", obligation_id="O1", kind="access", due="2025-07-01", title="t"),
        {"obligation:O1"}),
    "days of work concern every version: they may have been done unsigned": (
        lambda w: w.record("work-recorded", from_on="2025-06-02", to_on="2025-06-02", days="1"), {"version:1"}),
    "work concerns the version it was begun on": (lambda w: w.record("work-started", basis="none"), {"version:1"}),
    "a remark concerns no row": (
        lambda w: w.record("entry-annotated", entry=w.facts()[-1].entry.id, text="ask"), set()),
    "a signature concerns everything": (lambda w: w.signed(1), None),
    "a contact concerns everything": (lambda w: w.person("manager", "client"), None),
    "news of the account concerns nothing here": (
        lambda w: w.record("news-learned", "account/acme", polarity="bad", summary="s"), set()),
}  # fmt: skip


@pytest.mark.parametrize(("act", "expected"), CASES.values(), ids=CASES)
def test_what_an_entry_concerns(tmp_path: Path, act: Callable[[World], object], expected: set[str] | None) -> None:
    world = World(tmp_path).begin().at("2025-06-02T10:00")
    for name in ("M1", "M2"):
        world.record("milestone-agreed", milestone_id=name, due="2025-07-01", title="pilot")
    world.record("slip-foreseen", milestone_id="M1", forecast="2025-07-10")
    world.record("cadence-agreed", cadence_id="w", kind="report", rrule="FREQ=WEEKLY", starts="2025-06-06T17:00",
                 calendar="default")  # fmt: skip
    after = world.journal.head()
    act(world)

    assert concerned(world.view(), after) == expected


SCORES: dict[str, Any] = {"scale": {"min": "0", "max": "10"}, "scores": [{"dimension": "pace", "score": "7"}]}
FLAGGED: dict[str, tuple[str, dict[str, Any], set[str]]] = {
    "a verdict on news, the actions that it may have set off": (
        "news-verified", {"news_id": "N1", "verdict": "refuted", "method": "asked"}, {"news:N1", "action:A1"}),
    "an acceptance, the gifts exchanged with who accepted": (
        "milestone-judged", {"milestone_id": "M1", "verdict": "accepted", "by": "c1"}, {"milestone:M1", "gift:G1"}),
    "an acceptance by somebody else": (
        "milestone-judged", {"milestone_id": "M1", "verdict": "accepted", "by": "c2"}, {"milestone:M1"}),
    "an answer, what we had said of ourselves": (
        "feedback-received", {"wave": "q2", "from_contact": "c1", "solicited": True, **SCORES}, {"wave:q2", "entry:"}),
}  # fmt: skip


@pytest.mark.parametrize(("event", "data", "expected"), FLAGGED.values(), ids=FLAGGED)
def test_an_entry_concerns_the_flags_of_others_that_stand_on_it(
    tmp_path: Path, event: str, data: dict[str, Any], expected: set[str]
) -> None:
    world = World(tmp_path).begin().at("2025-06-02T10:00")
    world.record("gift-recorded", "account/acme", direction="to_us", counterpart="c1", our_person="a1", kind="gift",
                 value={"currency": "GBP", "minor": 100}, estimated=True, decision="accepted", what="wine")  # fmt: skip
    world.record("milestone-agreed", milestone_id="M1", due="2025-07-01", title="pilot")
    world.record("news-learned", polarity="bad", summary="gone", aware="2025-06-02")
    world.record("action-agreed", trigger="news:N1", owner="a1", due="2025-06-09", what="ask")
    world.record("self-assessed", **SCORES)
    after = world.journal.head()
    world.record(event, **data)

    found = concerned(world.view(), after)

    assert found is not None
    assert all(any(thing.startswith(wanted) for thing in found) for wanted in expected)
    assert {thing for thing in found if thing.startswith(("gift", "action"))} == {
        thing for thing in expected if thing.startswith(("gift", "action"))
    }


def test_a_policy_that_holds_from_a_later_day_changes_the_rows_on_that_day(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-02T10:00")
    world.record("milestone-agreed", milestone_id="M1", due="2025-09-01", title="pilot")
    later = [{"policy": "due_next_bd", "value": "20"}]
    world.record("policy-set", "practice", policies=later, valid_from="2025-07-01")

    soon = {}
    for day in ("2025-06-30T12:00", "2025-07-01T12:00"):
        with current(tmp_path / "ledger.db", tmp_path / "projections.db", london(day)) as tables:
            soon[day] = tables.rows("milestones")[0]["due_soon_from"]

    assert soon == {"2025-06-30T12:00": "2025-08-22", "2025-07-01T12:00": "2025-08-01"}


LOOKS = (
    "SELECT min(wakes_at) FROM internal_streams WHERE wakes_at IS NOT NULL",
    "SELECT stream FROM internal_streams WHERE wakes_at <= ''",
    "SELECT stream FROM internal_streams WHERE account = ''",
)


@pytest.mark.parametrize("sql", LOOKS)
def test_what_each_catch_up_asks_is_found_by_an_index(sql: str) -> None:
    db = sqlite3.connect(":memory:")
    for statement in INTERNAL:
        db.execute(statement)

    plan = [str(step[-1]) for step in db.execute(f"EXPLAIN QUERY PLAN {sql}")]
    db.close()

    assert all("INDEX" in step for step in plan if "internal_streams" in step), plan
