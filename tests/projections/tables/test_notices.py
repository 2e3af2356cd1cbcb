"""Notices: what each version asks for, given or not, in time or how late, to whom (P15, P17, P31)."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.readmodel.store import current
from ledger_projections.tables.notices import TABLE

from ledger.drafts import Receipt
from tests.by_hand import hours_between
from tests.projections.tables.test_incremental import keyed, known_up_to
from tests.views import World, london, northwind

LETTER = [
    {"on": "slip", "within_bh": "16", "clause": "4.2"},
    {"on": "bad_news", "within_bh": "2", "clause": "4.3"},
    {"on": "client_delay", "within_bh": "8", "clause": "4.4"},
]


def learn(world: World, polarity: str = "bad") -> Receipt:
    return world.record("news-learned", polarity=polarity, summary="gone", aware=london("2025-06-02T09:00"))


def tell(world: World, at: str, to: str = "c1") -> Receipt:
    return world.at(at).record("news-reported", news_id="N1", to=[to], channel="call")


def owe(world: World) -> Receipt:
    return world.record(
        "obligation-agreed", obligation_id="O1", kind="access", due="2025-06-03", title="keys", owner="c1"
    )


def late(world: World, at: str, **data: Any) -> Receipt:
    return world.at(at).record(
        "obligation-delay-notified", **{"obligation_id": "O1", "by": "c1", "channel": "email", **data}
    )


def foresee(world: World) -> Receipt:
    world.record("milestone-agreed", milestone_id="M1", due="2025-06-20", title="pilot")
    return world.record("slip-foreseen", milestone_id="M1", forecast="2025-07-01", aware=london("2025-06-02T09:00"))


def known_by_client(world: World) -> Receipt:
    owe(world)
    return late(world, "2025-06-02T15:00", party="client", aware=london("2025-05-30T09:00"))


CASES: dict[str, tuple[Callable[[World], object], str, dict[str, Any]]] = {
    "bad news, told in time": (
        lambda w: (learn(w), tell(w, "2025-06-02T11:00")), "2025-06-03T09:00",
        {"state": "in time", "kept": True, "clause": "4.3", "version": 1, "taken_bh": Decimal("2.000"), "late_bh": None}),
    "bad news, a minute late": (
        lambda w: (learn(w), tell(w, "2025-06-02T11:01")), "2025-06-03T09:00",
        {"state": "late", "kept": False, "late_bh": Decimal("0.017"), "late_hours": Decimal("0.017"), "censored": False}),
    "bad news that may still be told in time": (
        learn, "2025-06-02T11:00", {"state": "still to be given", "kept": None, "late_bh": None, "censored": False}),
    "bad news, not told": (
        learn, "2025-06-03T10:00",
        {"state": "not given", "kept": False, "late_bh": Decimal("7.000"), "late_hours": Decimal("23.000"),
         "censored": True}),
    "bad news refuted before anybody had to be told": (
        lambda w: (learn(w), w.at("2025-06-02T10:00").record("news-verified", news_id="N1", verdict="refuted", method="asked")),
        "2025-06-03T10:00", {"state": "not needed", "kept": None, "ended_at": london("2025-06-02T10:00")}),
    "bad news refuted once it was too late": (
        lambda w: (learn(w), w.at("2025-06-02T12:00").record("news-verified", news_id="N1", verdict="refuted", method="asked")),
        "2025-06-04T10:00", {"state": "not given", "late_bh": Decimal("1.000"), "censored": False}),
    "a slip averted before its deadline": (
        lambda w: (foresee(w), w.at("2025-06-03T17:00").record("slip-averted", slip_id="S1")), "2025-06-05T09:00",
        {"state": "not needed", "kept": None}),
    "a slip averted after its deadline": (
        lambda w: (foresee(w), w.at("2025-06-04T10:00").record("slip-averted", slip_id="S1")), "2025-06-05T09:00",
        {"state": "not given", "kept": False, "late_bh": Decimal("1.000"), "late_hours": Decimal("17.000")}),
    "told to somebody who might not receive notice": (
        lambda w: (learn(w), tell(w, "2025-06-02T11:00")), "2025-06-03T09:00",
        {"given_to": "client sponsor", "reached_holder": False, "holders": "[]", "channel": "call"}),
    "told to somebody who might": (
        lambda w: (w.grant("c1", "receive_notice"), learn(w), tell(w, "2025-06-02T11:00")), "2025-06-03T09:00",
        {"reached_holder": True, "holders": '["c1"]'}),
    "who might receive notice only later is nobody then": (
        lambda w: (w.grant("c1", "receive_notice", valid_from="2025-06-03"), learn(w), tell(w, "2025-06-02T11:00")),
        "2025-06-03T09:00", {"reached_holder": False, "holders": "[]"}),
    "a delay of the client that nobody gave notice of": (
        owe, "2025-06-05T10:00",
        {"owed_by": "client", "state": "not given", "aware": None, "aware_stated": False, "clause": "4.4",
         "aware_at": london("2025-06-03T17:00"), "deadline": london("2025-06-04T17:00"), "late_bh": Decimal("1.000"),
         "censored": True}),
    "a delay that the client gave notice of before it was due": (
        lambda w: (owe(w), late(w, "2025-06-02T15:00")), "2025-06-05T10:00",
        {"state": "in time", "taken_bh": None, "given_to": None, "reached_holder": None, "channel": "email"}),
    "a delay that the client says it knew of before": (
        known_by_client, "2025-06-05T10:00",
        {"state": "late", "aware_stated": True, "aware_at": london("2025-05-30T09:00"), "late_bh": Decimal("6.000")}),
    "when we came to know of their delay says nothing of when they did": (
        lambda w: (owe(w), late(w, "2025-06-02T15:00", aware=london("2025-05-30T09:00"))), "2025-06-05T10:00",
        {"state": "in time", "aware_stated": False}),
    "what was given late, before notice of it was due": (
        lambda w: (owe(w), w.at("2025-06-04T16:00").record("obligation-fulfilled", obligation_id="O1")), "2025-06-09T10:00",
        {"state": "not needed", "ended_at": london("2025-06-04T16:00")}),
    "notice of their delay, acknowledged by us": (
        lambda w: (owe(w), late(w, "2025-06-02T15:00"),
                   w.record("communication-acknowledged", acknowledges=w.entry(w.record(
                       "obligation-delay-notified", obligation_id="O1", new_date="2025-06-09")), by="c2")),
        "2025-06-05T10:00", {"state": "in time", "acknowledged_at": london("2025-06-02T15:00")}),
    "known on a day, by date": (
        lambda w: w.record("news-learned", polarity="bad", summary="gone", aware="2025-06-02"), "2025-06-02T12:00",
        {"by_date": True, "aware": "2025-06-02", "deadline": london("2025-06-02T11:00"), "late_bh": Decimal("1.000")}),
}  # fmt: skip


@pytest.mark.parametrize(("act", "as_of", "expected"), CASES.values(), ids=CASES)
def test_a_notice_reads(tmp_path: Path, act: Callable[[World], object], as_of: str, expected: dict[str, Any]) -> None:
    world = World(tmp_path).begin().signed(1, notices=LETTER).at("2025-06-02T09:30")
    act(world)

    (row,) = world.at(as_of).rows(TABLE)

    assert {name: row[name] for name in expected} == expected


NONE: dict[str, Callable[[World], object]] = {
    "good news": lambda w: learn(w, "good"),
    "what the client owes, not due yet": owe,
    "what the client gave on the day": lambda w: (owe(w), w.record("obligation-fulfilled", obligation_id="O1")),
    "what was let go before it fell due": lambda w: (owe(w), w.record("commitment-released", released="obligation:O1")),
}


@pytest.mark.parametrize("act", NONE.values(), ids=NONE)
def test_no_notice_is_owed_of(tmp_path: Path, act: Callable[[World], object]) -> None:
    world = World(tmp_path).begin().signed(1, notices=LETTER).at("2025-06-02T09:30")
    act(world)

    assert world.at("2025-06-02T17:00").rows(TABLE) == []


def test_without_a_version_in_force_only_our_own_policy_asks_and_of_slips_alone(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-02T09:30")
    world.draft(1, notices=LETTER)
    learn(world)
    owe(world)
    foresee(world)

    rows = world.at("2025-06-10T09:00").rows(TABLE)

    assert [(r["subject"], r["version"], r["clause"], r["within_bh"]) for r in rows] == [("slip:S1", None, None, 16)]


def test_each_notice_of_a_version_that_asks_twice_is_a_row(tmp_path: Path) -> None:
    twice = [{"on": "slip", "within_bh": "40", "clause": "9"}, {"on": "slip", "within_bh": "8", "clause": "4"}]
    world = World(tmp_path).begin().signed(1, notices=twice).at("2025-06-02T09:30")
    foresee(world)
    world.at("2025-06-04T09:00").record(
        "slip-reported", slip_id="S1", milestone_id="M1", forecast="2025-07-01", to=["c1"]
    )

    rows = world.rows(TABLE)

    assert [(r["number"], r["clause"], r["state"]) for r in rows] == [(1, "9", "in time"), (2, "4", "late")]


def test_a_slip_that_was_told_without_saying_since_when_it_was_known_is_counted_apart(tmp_path: Path) -> None:
    world = World(tmp_path).begin().signed(1, notices=LETTER).at("2025-06-02T09:30")
    world.record("milestone-agreed", milestone_id="M1", due="2025-06-20", title="pilot")
    world.record("slip-reported", milestone_id="M1", forecast="2025-07-01", to=["c1"])

    (row,) = world.rows(TABLE)

    assert (row["state"], row["deadline"], row["kept"], row["clause"]) == ("awareness not stated", None, None, None)


@pytest.mark.parametrize(
    "given", ["2025-06-02T11:00", "2025-06-02T16:59", "2025-06-06T18:30", "2025-06-07T12:00", "2025-08-26T09:01"]
)
def test_how_late_it_was_is_what_is_counted_minute_by_minute(tmp_path: Path, given: str) -> None:
    world = World(tmp_path).begin().signed(1, notices=LETTER).at("2025-06-02T09:30")
    learn(world)
    tell(world, given)

    (row,) = world.rows(TABLE)

    assert row["taken_bh"] == hours_between("2025-06-02T09:00", given)
    assert (row["late_bh"] or 0) == hours_between("2025-06-02T11:00", given)


def test_the_version_in_force_at_awareness_asks_whatever_was_signed_later(tmp_path: Path) -> None:
    (row,) = northwind(tmp_path).rows(TABLE)

    assert (row["version"], row["clause"], row["within_bh"], row["deadline"], row["late_bh"], row["late_hours"]) == (
        1, "4.2", Decimal(16), london("2025-06-05T14:20"), Decimal("27.750"), Decimal("139.750"))  # fmt: skip


def test_a_notice_read_at_its_deadline_is_overdue_after_it(tmp_path: Path) -> None:
    world = World(tmp_path).begin().signed(1, notices=LETTER).at("2025-06-02T09:30")
    learn(world)
    owe(world)

    seen = []
    for now in ("2025-06-02T11:00", "2025-06-02T11:01", "2025-06-03T17:00", "2025-06-03T17:01", "2025-06-04T17:01"):
        with current(tmp_path / "ledger.db", tmp_path / "projections.db", london(now)) as tables:
            seen.append([row["state"] for row in tables.rows("notices", order="subject")])

    assert seen == [
        ["still to be given"], ["not given"], ["not given"], ["not given", "still to be given"], ["not given", "not given"],
    ]  # fmt: skip


def test_a_notice_that_an_entry_changes_carries_the_position_of_that_entry(tmp_path: Path) -> None:
    world = World(tmp_path).begin().signed(1, notices=LETTER).at("2025-06-02T09:30")
    for happen in (learn, owe, foresee):
        happen(world)
    tell(world, "2025-06-02T12:00")
    late(world, "2025-06-03T12:00")
    told = world.entry(world.record("obligation-delay-notified", obligation_id="O1", by="c1", party="client",
                                    aware=london("2025-06-01T09:00")))  # fmt: skip
    world.record("communication-acknowledged", acknowledges=told, by="c2")
    world.record("slip-reported", slip_id="S1", milestone_id="M1", forecast="2025-07-01", to=["c1"])
    world.record("obligation-fulfilled", obligation_id="O1")
    whole, before, silent = world.view(), dict[Any, Any](), []

    facts = sorted(world.facts(), key=lambda fact: fact.entry.position)
    for fact in facts:
        now = keyed(TABLE, known_up_to(facts, fact.entry.position, whole).but(as_of=london("2025-06-25T12:00")))
        changed = [key for key, (values, _) in now.items() if before.get(key, ({},))[0] != values]
        silent += [(fact.entry.position, key) for key in changed if now[key][1] != fact.entry.position]
        before = now

    assert (len(before), silent) == (3, [])
