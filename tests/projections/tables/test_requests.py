"""Requests of either side: asked, promised, answered, and the business hours in between (P22, P23, M06, story ST5)."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from ledger_projections.tables.requests import TABLE

from ledger.drafts import Receipt
from tests.by_hand import hours_between
from tests.views import World, london

ST5 = (
    ("2025-08-04T10:00", "2025-08-04T11:30", "1.500"),
    ("2025-08-06T16:00", "2025-08-07T10:00", "2.000"),
    ("2025-08-12T09:30", "2025-08-12T16:30", "7.000"),
    ("2025-08-15T12:00", "2025-08-19T12:00", "16.000"),
    ("2025-08-22T15:30", "2025-08-27T11:00", "11.500"),
    ("2025-08-28T14:00", "2025-08-28T14:45", "0.750"),
    ("2025-10-24T16:00", "2025-10-27T10:00", "2.000"),
)
"""Asked, answered, and the business hours between them; the last is across the change of the clocks."""
WHOLE = {
    "request": "R1", "direction": "inbound", "kind": "question", "state": "answered", "contacts": '["c1"]',
    "who": "client sponsor", "channel": "email", "asked_at": london("2025-08-22T15:30"), "needs_reply": True,
    "in_scope": "no", "part": "scope", "value_minor": 250000, "currency": "GBP", "blocks": "[]",
    "first_reply_at": london("2025-08-22T16:10"), "answered_at": london("2025-08-27T11:00"), "answer_channel": "call",
    "first_bh": Decimal("0.667"), "resolution_bh": Decimal("11.500"), "age_bh": None, "censored": False, "by_date": False,
    "promises": 1, "promises_kept": 1, "promised_by": london("2025-08-27T12:00"), "promised_at": london("2025-08-27T12:00"),
    "promise_kept": True, "reason": "the numbers come on Wednesday", "text": "what does it cost", "answer": "2,500",
}  # fmt: skip


def ask(world: World, at: str, subject: str = "engagement/northwind", **data: Any) -> Receipt:
    said = {"from_contact": "c1", "kind": "question", "channel": "email", "text": "what does it cost", **data}
    return world.record("request-received", subject, occurred=at if "T" not in at else london(at), **said)


def hold(world: World, at: str, promised_by: str, request: str = "R1") -> Receipt:
    promised = london(promised_by) if "T" in promised_by else promised_by
    return world.record("holding-reply-sent", request_id=request, channel="email", promised_by=promised,
                        reason="the numbers come on Wednesday", occurred=london(at))  # fmt: skip


def answer(world: World, at: str, request: str = "R1", **data: Any) -> Receipt:
    said = {"channel": "call", "answer": "2,500", **data}
    return world.record("request-answered", request_id=request, occurred=at if "T" not in at else london(at), **said)


def test_a_request_reads_whole(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-08-27T12:00")
    ask(world, "2025-08-22T15:30", in_scope="no", part="scope", value={"currency": "GBP", "minor": 250000})
    hold(world, "2025-08-22T16:10", "2025-08-27T12:00")
    answer(world, "2025-08-27T11:00")

    (row,) = world.rows(TABLE)

    assert {name: row[name] for name in WHOLE} == WHOLE


def test_st5_has_its_business_hours_over_a_bank_holiday_and_across_the_change_of_the_clocks(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-10-31T12:00")
    for number, (asked, answered, _) in enumerate(ST5, 1):
        ask(world, asked)
        if number == 5:
            hold(world, "2025-08-22T16:10", "2025-08-27T12:00", "R5")
        answer(world, answered, f"R{number}")

    rows = world.rows(TABLE)

    took = [row["resolution_bh"] for row in rows]
    assert took == [Decimal(expected) for *_, expected in ST5]
    assert took == [hours_between(asked, answered) for asked, answered, _ in ST5]
    assert (median(took[:6]), sorted(took[:6])[5]) == (Decimal("4.5"), Decimal(16))
    assert (rows[4]["first_bh"], rows[4]["promise_kept"]) == (Decimal("0.667"), True)


STATES: dict[str, tuple[Callable[[World], object], dict[str, Any]]] = {
    "open": (
        lambda w: None,
        {"state": "open", "age_bh": Decimal("10.000"), "censored": True, "first_bh": None, "resolution_bh": None}),
    "held, and the promise may still be kept": (
        lambda w: hold(w, "2025-06-02T11:00", "2025-06-03T12:00"),
        {"state": "held", "first_bh": Decimal("1.000"), "promise_kept": None, "promises": 1, "censored": True}),
    "held, and the promise is broken": (
        lambda w: hold(w, "2025-06-02T11:00", "2025-06-02"),
        {"state": "promise broken", "promise_kept": False, "promised_at": london("2025-06-02T17:00")}),
    "the promise renewed in time": (
        lambda w: (hold(w, "2025-06-02T11:00", "2025-06-02"), hold(w, "2025-06-02T16:00", "2025-06-04")),
        {"state": "held", "promise_kept": None, "promises": 2, "promises_kept": 0, "promised_by": "2025-06-04",
         "first_bh": Decimal("1.000")}),
    "answered after the first promise, by the second": (
        lambda w: (hold(w, "2025-06-02T11:00", "2025-06-02"), hold(w, "2025-06-02T16:00", "2025-06-04"),
                   answer(w, "2025-06-03T11:00")),
        {"state": "answered", "promise_kept": True, "promises": 2, "promises_kept": 1}),
    "answered too late": (
        lambda w: (hold(w, "2025-06-02T11:00", "2025-06-02"), answer(w, "2025-06-03T11:00")),
        {"state": "answered", "promise_kept": False, "promises_kept": 0, "age_bh": None, "censored": False}),
    "answered at once": (
        lambda w: answer(w, "2025-06-02T10:00"),
        {"state": "answered", "first_bh": Decimal("0.000"), "resolution_bh": Decimal("0.000"), "promise_kept": None}),
    "answered on a day, without a time": (
        lambda w: answer(w, "2025-06-02"), {"resolution_bh": Decimal("7.000"), "by_date": True}),
    "an empty answer": (lambda w: answer(w, "2025-06-02T12:00", answer=None), {"state": "answered", "answer": None}),
}  # fmt: skip


@pytest.mark.parametrize(("act", "expected"), STATES.values(), ids=STATES)
def test_a_request_reads(tmp_path: Path, act: Callable[[World], object], expected: dict[str, Any]) -> None:
    world = World(tmp_path).begin().at("2025-06-03T12:00")
    ask(world, "2025-06-02T10:00")
    act(world)

    (row,) = world.rows(TABLE)

    assert {name: row[name] for name in expected} == expected


def test_what_needs_no_reply_does_not_grow_old(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-03T12:00")
    ask(world, "2025-06-02T10:00", needs_reply=False)

    (row,) = world.rows(TABLE)

    assert (row["state"], row["age_bh"], row["censored"], row["needs_reply"]) == ("no reply needed", None, False, False)


def test_what_we_ask_stands_beside_what_they_ask(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-03T12:00")
    world.record("milestone-agreed", milestone_id="M1", due="2025-07-01", title="pilot")
    ask(world, "2025-06-02T10:00")
    world.record("request-sent", to=["c1", "c2"], kind="document", channel="portal", blocks=["M1"], text="the org chart",
                 occurred=london("2025-06-03T11:00"))  # fmt: skip
    ours = {"request": "R2", "direction": "outbound", "kind": "document", "contacts": '["c1","c2"]', "blocks": '["M1"]',
            "who": "client sponsor and director", "channel": "portal", "needs_reply": True, "in_scope": None,
            "age_bh": Decimal("1.000"), "state": "open"}  # fmt: skip

    theirs, row = world.rows(TABLE)

    assert (theirs["direction"], {name: row[name] for name in ours}) == ("inbound", ours)


def test_a_request_of_a_prospect_stands_without_an_engagement(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-03T12:00")
    ask(world, "2025-06-03T10:00", "account/acme")

    (row,) = world.rows(TABLE, stream="account/acme")

    assert (row["engagement"], row["account_alias"], row["age_bh"]) == (None, "acme", Decimal("2.000"))


def test_a_corrected_hour_of_the_answer_moves_the_numbers(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-03T12:00")
    ask(world, "2025-06-02T10:00")
    entry = world.entry(answer(world, "2025-06-03T11:00"))
    change = {
        "path": "occurred",
        "before": f'"{london("2025-06-03T11:00")}"',
        "after": f'"{london("2025-06-02T12:30")}"',
    }
    world.at("2025-06-04T12:00").record(
        "entry-corrected", entry=entry, kind="amend", changes=[change], reason="call log"
    )

    took = [world.rows(TABLE, at)[0]["resolution_bh"] for at in ("2025-06-03T12:00", "2025-06-04T12:00")]

    assert took == [Decimal("9.000"), Decimal("2.500")]


HOSTILE = (
    "'; DROP TABLE requests; --",
    "\u202etxt.exe",
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "x" * 19_000,
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_stays_what_was_asked(tmp_path: Path, text: str) -> None:
    world = World(tmp_path).begin().at("2025-06-03T12:00")
    ask(world, "2025-06-03T10:00", text=text)

    assert world.rows(TABLE)[0]["text"] == text
