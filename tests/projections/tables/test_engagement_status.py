"""Engagements: one row each, with where it stands (domain 3.4)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.tables import TABLES
from ledger_projections.tables.engagement_status import TABLE

from tests.views import World, london, northwind

CASES: dict[str, tuple[Callable[[World], object], dict[str, Any]]] = {
    "opened": (lambda w: None, {"state": "opened", "version_in_force": None, "working_unsigned": False}),
    "drafted": (lambda w: w.draft(1), {"state": "drafted", "newest_state": "unsigned"}),
    "half-signed": (lambda w: (w.draft(1), w.sign(1, "client", "c1")), {"state": "half-signed"}),
    "signed by both": (lambda w: w.signed(1), {"state": "signed by both", "version_in_force": 1}),
    "an amendment leaves the old version in force": (
        lambda w: (w.signed(1), w.draft(2), w.sign(2, "client", "c1")),
        {"state": "signed by both", "version_in_force": 1, "newest_version": 2, "newest_state": "half-signed"}),
    "the value of the version in force": (
        lambda w: (w.signed(1, value={"currency": "GBP", "minor": 100}), w.draft(2)),
        {"currency": "GBP", "value_minor": 100}),
    "reporting without a signed agreement": (
        lambda w: w.record("status-report-sent", to=["c1"]), {"working_unsigned": True}),
    "reporting with one": (
        lambda w: w.signed(1).record("status-report-sent", to=["c1"]), {"working_unsigned": False}),
    "working without a signed agreement": (
        lambda w: w.record("work-started", basis="none"),
        {"state": "opened", "working_unsigned": True, "work_started_at": london("2025-06-02T09:00")}),
    "active once work started": (
        lambda w: w.signed(1).record("work-started", basis="signed"), {"state": "active", "working_unsigned": False}),
    "active from the close of the day that work started on": (
        lambda w: w.signed(1).record("work-started", basis="signed", occurred="2025-06-02"), {"state": "signed by both"}),
    "on hold": (
        lambda w: w.record("engagement-paused", by="client", resume_expected_on="2025-07-01", reason="budget"),
        {"on_hold": True, "on_hold_from": london("2025-06-02T09:00"), "resume_expected_on": "2025-07-01"}),
    "going on": (
        lambda w: (w.record("engagement-paused", by="client", reason="budget"), w.record("engagement-resumed", by="client")),
        {"on_hold": False, "on_hold_from": None}),
    "a dispute that is closed": (
        lambda w: (w.record("dispute-raised", raised_by="client", items=[]),
                   w.record("dispute-closed", dispute_id="D1", outcome="settled")),
        {"in_dispute": False, "disputes_open": 0}),
    "a milestone that was let go is neither overdue nor the next": (
        lambda w: (w.record("milestone-agreed", milestone_id="M1", due="2025-05-20", title="pilot"),
                   w.record("commitment-released", released="milestone:M1")),
        {"milestones": 1, "milestones_released": 1, "milestones_overdue": 0, "next_due": None}),
    "in dispute": (
        lambda w: w.record("dispute-raised", raised_by="client", items=[]), {"in_dispute": True, "disputes_open": 1}),
    "closed": (
        lambda w: w.record("engagement-closed", reason="mutual", results=[], open_obligations=[]),
        {"state": "closed", "closed_because": "mutual", "closed_at": london("2025-06-02T09:00")}),
    "the next due is the earliest that is not delivered": (
        lambda w: [w.record("milestone-agreed", milestone_id=name, due=due, title=name)
                   for name, due in (("M1", "2025-06-20"), ("M2", "2025-06-10"), ("M3", "2025-05-01"))]
        + [w.record("milestone-delivered", milestone_id="M3")],
        {"milestones": 3, "milestones_delivered": 1, "milestones_overdue": 0, "next_due": "2025-06-10",
         "next_due_milestone": "M2"}),
}  # fmt: skip


@pytest.mark.parametrize(("act", "expected"), CASES.values(), ids=CASES)
def test_where_an_engagement_stands(tmp_path: Path, act: Callable[[World], object], expected: dict[str, Any]) -> None:
    world = World(tmp_path).begin().at("2025-06-02T09:00")
    act(world)

    (row,) = world.rows(TABLE)

    assert {name: row[name] for name in expected} == expected


def test_st1_stands_at_its_end(tmp_path: Path) -> None:
    (row,) = northwind(tmp_path).rows(TABLE)

    expected = {"version_in_force": 2, "in_dispute": True, "milestones_overdue": 1, "slips": 1, "slips_undisclosed": 0}
    assert {name: row[name] for name in expected} == expected


@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_its_columns_its_keys_and_its_facts_for_every_stream(tmp_path: Path, name: str) -> None:
    world, table = northwind(tmp_path), TABLES[name]
    streams = [s for s in ("engagement/northwind", "account/acme") if s.partition("/")[0] in table.streams]
    views = [world.view(stream=stream) for stream in streams]

    rows = [row for view in views for row in table.rows(view)]

    keys = [tuple(row.values[column] for column in table.key) for row in rows]
    names = {column.name for column in table.columns}
    required = {column.name for column in table.columns if not column.nullable}
    assert all(set(row.values) == names and row.facts for row in rows)
    assert all(row.values[column] is not None for row in rows for column in required)
    assert len(set(keys)) == len(keys)
