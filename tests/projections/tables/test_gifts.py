"""A gift is a row with what a year of them comes to, and how near a decision of the same person it was (P57, M20)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.readmodel.store import current
from ledger_projections.tables.gifts import TABLE

from ledger.drafts import Receipt
from tests.views import World, london

ACCOUNT = "account/acme"


def _gift(world: World, minor: int = 12_000, currency: str = "GBP", **data: Any) -> Receipt:
    given = {"direction": "to_us", "counterpart": "c1", "our_person": "a1", "estimated": False, "kind": "gift",
             "decision": "accepted", "what": "a pen", **data}  # fmt: skip
    return world.record("gift-recorded", ACCOUNT, value={"currency": currency, "minor": minor}, **given)


def _review(world: World, day: str, **data: Any) -> Receipt:
    return world.record("review-held", attendees=["c1"], scale={"min": "0", "max": "10"}, decision="continue",
                        occurred=day, **data)  # fmt: skip


def _judge(world: World, day: str, verdict: str = "accepted") -> Receipt:
    world.record("milestone-agreed", milestone_id="M1", due="2025-09-01", title="pilot")
    return world.record("milestone-judged", milestone_id="M1", verdict=verdict, by="c1", occurred=day)


def _withdraw(world: World, receipt: Receipt, subject: str = "engagement/northwind") -> Receipt:
    return world.record("entry-corrected", subject, entry=world.entry(receipt), kind="withdraw", reason="never was")


def test_a_gift_is_one_whole_row(tmp_path: Path) -> None:
    world = _world(tmp_path)
    _gift(world, occasion="the launch", what="tea\x1b]0;x\x07", estimated=True, approved_by="a2")
    review = world.entry(_review(world, "2025-06-05"))

    (row,) = world.rows(TABLE, stream=ACCOUNT)

    northwind = world.view().stream.partition("/")[2]
    assert {name: value for name, value in row.items() if name not in {"account", "account_alias"}} == {
        "engagement": None,
        "engagement_alias": None,
        "gift": "G1",
        "given_at": london("2025-06-10T09:00"),
        "direction": "to_us",
        "counterpart": "c1",
        "counterpart_name": "client sponsor",
        "our_person": "a1",
        "our_person_name": "Lead",
        "kind": "gift",
        "decision": "accepted",
        "value_minor": 12_000,
        "currency": "GBP",
        "estimated": True,
        "year_minor": 12_000,
        "limit_minor": 20_000,
        "over_limit": False,
        "approved": True,
        "approved_by": "a2",
        "approved_by_name": "Ben",
        "days_to_decision": -5,
        "near_decision": "review",
        "near_engagement": northwind,
        "near_engagement_alias": "northwind",
        "near_entry": review,
        "what": "tea\x1b]0;x\x07",
        "occasion": "the launch",
        "visibility": "shared",
    }


CASES: dict[str, tuple[Callable[[World], object], dict[str, Any]]] = {
    "above the limit": (lambda w: _gift(w, 20_001), {"over_limit": True, "year_minor": 20_001}),
    "at the limit": (lambda w: _gift(w, 20_000), {"over_limit": False}),
    "above the limit, and declined": (
        lambda w: _gift(w, 90_000, decision="declined"), {"over_limit": False, "year_minor": 0}),
    "in another currency than the limit": (
        lambda w: _gift(w, 90_000, "EUR"), {"over_limit": None, "limit_minor": None, "year_minor": 90_000}),
    "under a limit of a currency without a minor unit": (
        lambda w: (_limit(w, "5000 JPY"), _gift(w, 5_001, "JPY")), {"over_limit": True, "limit_minor": 5_000}),
    "under a limit of our own": (lambda w: (_limit(w, "100.5 GBP"), _gift(w)), {"over_limit": True, "limit_minor": 10_050}),
    "approved by who had it": (lambda w: _gift(w, approved_by="a1"), {"approved": False, "approved_by": "a1"}),
    "approved by nobody": (_gift, {"approved": False, "approved_by": None, "approved_by_name": None}),
    "near nothing": (_gift, {"days_to_decision": None, "near_decision": None, "near_entry": None}),
    "30 days before a review": (
        lambda w: (_gift(w, occurred="2025-05-01"), _review(w, "2025-05-31")), {"days_to_decision": 30}),
    "31 days before a review": (
        lambda w: (_gift(w, occurred="2025-05-01"), _review(w, "2025-06-01")), {"days_to_decision": None}),
    "31 days before a review, where our policy looks so far": (
        lambda w: (_set(w, "gift_near_days", "31"), _gift(w, occurred="2025-05-01"), _review(w, "2025-06-01")),
        {"days_to_decision": 31}),
    "near a signature": (
        lambda w: (w.draft(1), w.sign(1, "client", "c1", occurred="2025-06-08"), _gift(w)),
        {"days_to_decision": -2, "near_decision": "signature"}),
    "near a signature of somebody else": (
        lambda w: (w.draft(1), w.sign(1, "provider", "c2"), _gift(w)), {"days_to_decision": None}),
    "near an acceptance": (
        lambda w: (_gift(w), _judge(w, "2025-06-10")), {"days_to_decision": 0, "near_decision": "acceptance"}),
    "near a rejection": (lambda w: (_gift(w), _judge(w, "2025-06-10", "rejected")), {"days_to_decision": None}),
    "between two decisions, nearer the later": (
        lambda w: (_gift(w, occurred="2025-06-04"), _review(w, "2025-06-01"), _review(w, "2025-06-06")),
        {"days_to_decision": 2}),
    "near a review that never was": (
        lambda w: (_gift(w), _withdraw(w, _review(w, "2025-06-09"))), {"days_to_decision": None}),
}  # fmt: skip


@pytest.mark.parametrize(("act", "expected"), CASES.values(), ids=CASES)
def test_a_gift_reads(tmp_path: Path, act: Callable[[World], object], expected: dict[str, Any]) -> None:
    world = _world(tmp_path)
    act(world)

    (row,) = world.rows(TABLE, stream=ACCOUNT)

    assert {name: row[name] for name in expected} == expected


def test_a_year_of_gifts_is_added_up_by_person_direction_and_currency(tmp_path: Path) -> None:
    world = _world(tmp_path)
    for day, minor, other in (
        ("2024-06-10", 1, {}),
        ("2024-06-11", 10, {}),
        ("2025-01-01", 100, {}),
        ("2025-01-01", 1_000, {"counterpart": "c2"}),
        ("2025-01-01", 10_000, {"direction": "to_them"}),
        ("2025-01-01", 100_000, {"decision": "returned"}),
        ("2025-01-01", 1_000_000, {"currency": "EUR"}),
        ("2025-06-10", 10_000_000, {}),
    ):
        _gift(world, minor, occurred=day, **other)

    row = world.rows(TABLE, stream=ACCOUNT)[-1]

    assert (row["year_minor"], row["over_limit"]) == (10_000_110, True)


def test_a_decision_that_is_taken_or_taken_back_moves_the_gifts_that_stand_in_the_tables(tmp_path: Path) -> None:
    world = _world(tmp_path)
    world.record("engagement-opened", "engagement/second", account="acme", alias="second")
    _gift(world)
    world.record("review-held", "engagement/second", attendees=["c1"], scale={"min": "0", "max": "10"},
                 decision="end", occurred="2025-06-01")  # fmt: skip

    seen = [_kept(world, tmp_path)]
    review = _review(world, "2025-06-09")
    seen.append(_kept(world, tmp_path))
    _withdraw(world, review)
    seen.append(_kept(world, tmp_path))

    head = world.journal.head()
    assert seen == [(-9, head - 2), (-1, head - 1), (-9, head)]


def _kept(world: World, folder: Path) -> tuple[int, int]:
    with current(folder / "ledger.db", folder / "projections.db", london("2025-06-10T09:00")) as tables:
        (row,) = tables.rows("gifts")
    return row["days_to_decision"], row["last_position"]


def _set(world: World, policy: str, value: str) -> Receipt:
    return world.record(
        "policy-set", "practice", policies=[{"policy": policy, "value": value}], valid_from="2025-01-01"
    )


def _limit(world: World, limit: str) -> Receipt:
    return _set(world, "gift_limit", limit)


def _world(folder: Path) -> World:
    world = World(folder).begin().at("2025-06-10T09:00")
    world.record("actor-added", "practice", name="Ben")
    return world
