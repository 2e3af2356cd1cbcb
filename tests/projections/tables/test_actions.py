"""An action is a row with what set it off, how soon it was agreed, and whether it was done in time (P43, P44, M22)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.tables.actions import TABLE

from ledger.drafts import Receipt
from tests.views import World, london

TEN = {"min": "0", "max": "10"}


def _action(world: World, **data: Any) -> Receipt:
    return world.record("action-agreed", **{"trigger": "milestone:M1", "owner": "c2", "due": "2025-06-20",
                                            "what": "weekly demo", **data})  # fmt: skip


def _ask(world: World, subject: str = "engagement/northwind") -> Receipt:
    return world.record("feedback-requested", subject, wave="w1", to=["c1"], instrument="call", dimensions=["trust"],
                        scale=TEN)  # fmt: skip


def _answer(world: World, day: str, subject: str = "engagement/northwind") -> Receipt:
    scores = [{"dimension": "trust", "score": "3"}]
    return world.record("feedback-received", subject, feedback_id="F1", wave="w1", from_contact="c1", scale=TEN,
                        scores=scores, solicited=True, occurred=london(f"{day}T10:00"))  # fmt: skip


def test_an_action_is_one_whole_row(tmp_path: Path) -> None:
    world = _world(tmp_path)
    _action(world)
    world.record("action-completed", action_id="A1", outcome="<i>done</i>", occurred="2025-06-12")

    (row,) = world.rows(TABLE)

    assert {name: value for name, value in row.items() if not name.startswith(("engagement", "account"))} == {
        "action": "A1",
        "state": "done",
        "trigger": "milestone:M1",
        "trigger_at": london("2025-06-02T09:00"),
        "owner": "c2",
        "owner_name": "director",
        "agreed_at": london("2025-06-12T10:00"),
        "latency_bd": 8,
        "due": "2025-06-20",
        "due_at": london("2025-06-20T17:00"),
        "completed_at": london("2025-06-12T17:00"),
        "in_time": True,
        "what": "weekly demo",
        "outcome": "<i>done</i>",
        "visibility": "shared",
    }


CASES: dict[str, tuple[Callable[[World], object], dict[str, Any]]] = {
    "open": (_action, {"state": "open", "in_time": None, "completed_at": None}),
    "overdue": (lambda w: _action(w, due="2025-06-12"), {"state": "overdue", "in_time": False}),
    "done late": (
        lambda w: (_action(w, due="2025-06-12"),
                   w.at("2025-06-13T10:00").record("action-completed", action_id="A1")),
        {"state": "done late", "in_time": False}),
    "set off by the answer to a request, the first of them": (
        lambda w: (_ask(w), _answer(w, "2025-06-10"), _answer(w, "2025-06-06"), _action(w, trigger="feedback:F1")),
        {"trigger_at": london("2025-06-06T10:00"), "latency_bd": 4}),
    "set off by a request that nobody has answered": (
        lambda w: (_ask(w), _action(w, trigger="feedback:F1")), {"trigger_at": None, "latency_bd": None}),
    "set off by an answer to a request of the account": (
        lambda w: (_ask(w, "account/acme"), _answer(w, "2025-06-10", "account/acme"),
                   _action(w, trigger=f"{w.view(stream='account/acme').stream}#feedback:F1")),
        {"trigger_at": london("2025-06-10T10:00"), "latency_bd": 2}),
    "set off by an entry": (
        lambda w: _action(w, trigger=f"entry:{w.entry(_ask(w.at('2025-06-12T09:00')))}"),
        {"trigger_at": london("2025-06-12T09:00"), "latency_bd": 0}),
    "set off by a person": (lambda w: _action(w, trigger="contact:c1"), {"trigger_at": london("2025-03-03T08:00")}),
    "owned by one of us": (
        lambda w: (w.record("actor-added", "practice", name="Ada"), _action(w, owner="a1")), {"owner": "a1"}),
}  # fmt: skip


@pytest.mark.parametrize(("act", "expected"), CASES.values(), ids=CASES)
def test_an_action_reads(tmp_path: Path, act: Callable[[World], object], expected: dict[str, Any]) -> None:
    world = _world(tmp_path)
    act(world)

    (row,) = world.rows(TABLE, "2025-06-13T12:00")

    assert {name: row[name] for name in expected} == expected


def test_a_corrected_trigger_moves_the_latency(tmp_path: Path) -> None:
    world = _world(tmp_path)
    action = world.entry(_action(world))
    _ask(world)
    _answer(world, "2025-06-11")
    world.record("entry-corrected", entry=action, kind="amend", reason="it was the feedback",
                 changes=[{"path": "data.trigger", "after": '"feedback:F1"'}])  # fmt: skip

    (row,) = world.rows(TABLE)

    assert row["latency_bd"] == 1


def _world(folder: Path) -> World:
    world = World(folder).begin().at("2025-06-02T09:00")
    world.record("milestone-agreed", milestone_id="M1", due="2025-06-20", title="pilot")
    return world.at("2025-06-12T10:00")
