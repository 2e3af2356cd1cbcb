"""Obligations of the client: due, announced late, overdue, given, let go, and how often we asked (P17, P18, M15)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.tables.obligations import TABLE

from ledger.drafts import Receipt
from tests.by_hand import days_after
from tests.views import World, london

WHOLE = {
    "obligation": "O4", "title": "test data", "kind": "deliverable", "owner": "c1", "owner_name": "client sponsor",
    "agreement_version": None, "in_force_from": london("2025-06-02T09:00"), "blocks": '["M1"]',
    "state": "overdue, notified", "due": "2025-06-06", "due_at": london("2025-06-06T17:00"), "days_late_bd": 3,
    "censored": True, "notified_at": london("2025-06-05T10:00"), "notified_by": "client sponsor", "notified_in_time": True,
    "new_date": "2025-06-16", "fulfilled_at": None, "fulfilled_in_time": None, "released_at": None, "chases": 1,
    "last_chased_at": london("2025-06-10T11:00"), "last_contact_at": london("2025-06-11T09:00"),
}  # fmt: skip


def owe(world: World, **data: Any) -> Receipt:
    terms = {"obligation_id": "O4", "kind": "deliverable", "due": "2025-06-06", "title": "test data", **data}
    return world.at("2025-06-02T09:00").record("obligation-agreed", **terms)


def late(world: World, at: str, **data: Any) -> Receipt:
    return world.record("obligation-delay-notified", obligation_id="O4", occurred=london(at), **data)


def give(world: World, at: str) -> Receipt:
    return world.record("obligation-fulfilled", obligation_id="O4", occurred=london(at))


def speak(world: World, at: str, **data: Any) -> Receipt:
    said = {"kind": "call", "direction": "outbound", "purpose": "chase", "participants": ["c1", "c2"],
            "about": ["obligation:O4"], "substance": "where is the test data", **data}  # fmt: skip
    return world.record("contact-made", occurred=london(at), **said)


def test_an_obligation_reads_whole(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-02T08:30")
    world.record("milestone-agreed", milestone_id="M1", due="2025-07-01", title="pilot")
    owe(world, owner="c1", blocks=["M1"])
    world.at("2025-06-11T12:00")
    late(world, "2025-06-05T10:00", by="c1", new_date="2025-06-12")
    late(world, "2025-06-09T10:00", new_date="2025-06-16")
    speak(world, "2025-06-10T11:00")
    speak(world, "2025-06-11T09:00", direction="inbound")

    (row,) = world.rows(TABLE)

    assert {name: row[name] for name in WHOLE} == WHOLE


STATES: dict[str, tuple[Callable[[World], object], dict[str, Any]]] = {
    "due": (owe, {"state": "due", "days_late_bd": 0, "censored": False, "notified_in_time": None}),
    "agreed today, by date: owed at once, not from the close of the day": (
        lambda w: w.at("2025-06-06T10:00").record(
            "obligation-agreed", obligation_id="O4", kind="access", due="2025-06-05", title="keys", occurred="2025-06-06"),
        {"state": "overdue, unnotified"}),
    "announced late before it was due": (
        lambda w: (owe(w), late(w.at("2025-06-03T10:00"), "2025-06-03T10:00")),
        {"state": "delay notified", "notified_in_time": True, "new_date": None, "days_late_bd": 0}),
    "overdue, and nobody said a word": (
        lambda w: (owe(w), w.at("2025-06-10T12:00")),
        {"state": "overdue, unnotified", "days_late_bd": 2, "censored": True, "notified_in_time": None}),
    "announced only once it was overdue": (
        lambda w: (owe(w), late(w.at("2025-06-10T12:00"), "2025-06-09T12:00")),
        {"state": "overdue, notified", "notified_in_time": False}),
    "at the close of the day it is due": (lambda w: (owe(w), w.at("2025-06-06T17:00")), {"state": "due"}),
    "a minute later, on the same day": (
        lambda w: (owe(w), w.at("2025-06-06T17:01")), {"state": "overdue, unnotified", "days_late_bd": 0}),
    "due on a Sunday": (
        lambda w: (owe(w, due="2025-06-08"), w.at("2025-06-09T12:00")),
        {"state": "overdue, unnotified", "due_at": london("2025-06-06T17:00"), "days_late_bd": 1}),
    "given in time": (
        lambda w: (owe(w), give(w.at("2025-06-20T12:00"), "2025-06-05T12:00")),
        {"state": "fulfilled", "days_late_bd": 0, "fulfilled_in_time": True, "censored": False}),
    "given late, across a weekend": (
        lambda w: (owe(w), give(w.at("2025-06-20T12:00"), "2025-06-10T12:00")),
        {"state": "fulfilled", "days_late_bd": 2, "fulfilled_in_time": False, "censored": False}),
    "given late although announced: still late": (
        lambda w: (owe(w), late(w.at("2025-06-20T12:00"), "2025-06-05T12:00", new_date="2025-06-11"),
                   give(w, "2025-06-10T12:00")),
        {"state": "fulfilled", "days_late_bd": 2, "notified_in_time": True}),
    "let go": (
        lambda w: (owe(w), w.at("2025-06-20T12:00").record("commitment-released", released="obligation:O4")),
        {"state": "released", "days_late_bd": None, "censored": False, "released_at": london("2025-06-20T12:00")}),
    "let go once given": (
        lambda w: (owe(w), give(w.at("2025-06-20T12:00"), "2025-06-05T12:00"),
                   w.record("commitment-released", released="obligation:O4")), {"state": "fulfilled"}),
    "of a version that only one side has signed": (
        lambda w: (w.signed(1), w.draft(2, amends=1), w.sign(2, "client", "c1"), owe(w, agreement_version=2),
                   w.at("2025-06-20T12:00")),
        {"state": "not in force", "in_force_from": None, "days_late_bd": None, "censored": False}),
    "of a version that both have signed since": (
        lambda w: (w.signed(1), w.draft(2, amends=1), owe(w, agreement_version=2), w.at("2025-06-05T10:00"),
                   w.sign(2, "client", "c1"), w.sign(2, "provider", "c2")),
        {"state": "due", "in_force_from": london("2025-06-05T10:00")}),
    "what the client asks, or we say to no end, is no chase": (
        lambda w: (owe(w), speak(w.at("2025-06-05T12:00"), "2025-06-03T10:00", direction="inbound"),
                   speak(w, "2025-06-04T10:00", purpose="social"), speak(w, "2025-06-05T10:00", about=[])),
        {"chases": 0, "last_chased_at": None, "last_contact_at": london("2025-06-04T10:00")}),
    "chased twice, written down in the other order": (
        lambda w: (owe(w), speak(w.at("2025-06-05T12:00"), "2025-06-05T10:00"), speak(w, "2025-06-04T10:00")),
        {"chases": 2, "last_chased_at": london("2025-06-05T10:00")}),
}  # fmt: skip


@pytest.mark.parametrize(("act", "expected"), STATES.values(), ids=STATES)
def test_an_obligation_reads(tmp_path: Path, act: Callable[[World], object], expected: dict[str, Any]) -> None:
    world = World(tmp_path).begin().at("2025-06-02T08:00")
    act(world)

    (row,) = world.rows(TABLE)

    assert {name: row[name] for name in expected} == expected


@pytest.mark.parametrize("day", [f"2025-{month:02}-{day:02}" for month in (6, 8, 12) for day in (7, 10, 13, 27)])
def test_days_late_are_the_open_days_after_the_due_date(tmp_path: Path, day: str) -> None:
    world = World(tmp_path).begin()
    owe(world)
    world.at(f"{day}T12:00")

    (row,) = world.rows(TABLE)

    assert row["days_late_bd"] == days_after("2025-06-06", day)


def test_a_corrected_day_of_giving_moves_the_days_late(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    owe(world)
    given = world.entry(give(world.at("2025-06-20T12:00"), "2025-06-13T12:00"))
    change = {
        "path": "occurred",
        "before": f'"{london("2025-06-13T12:00")}"',
        "after": f'"{london("2025-06-09T12:00")}"',
    }
    world.at("2025-06-23T12:00").record(
        "entry-corrected", entry=given, kind="amend", changes=[change], reason="receipt"
    )

    days = [world.rows(TABLE, at)[0]["days_late_bd"] for at in ("2025-06-20T12:00", "2025-06-23T12:00")]

    assert days == [5, 1]
