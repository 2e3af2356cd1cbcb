"""News: learned, verified, told, acknowledged, retracted, and how long it was kept (P31, P32)."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.tables.news import TABLE

from ledger.drafts import Receipt
from tests.views import World, london


def learn(world: World, subject: str = "engagement/northwind", polarity: str = "bad") -> Receipt:
    return world.record("news-learned", subject, polarity=polarity, summary="gone", aware=london("2025-06-02T09:00"))


def tell(world: World, at: str, **data: Any) -> Receipt:
    return world.at(at).record("news-reported", **{"news_id": "N1", "to": ["c1"], **data})


def verify(world: World, verdict: str, at: str = "2025-06-02T10:30", **data: Any) -> Receipt:
    return world.at(at).record("news-verified", news_id="N1", verdict=verdict, method="asked the vendor", **data)


CASES: dict[str, tuple[Callable[[World], object], dict[str, Any]]] = {
    "untold": (learn, {"state": "learned", "disclosure_bh": Decimal("3.000"), "censored": True, "reported_at": None}),
    "told": (
        lambda w: (learn(w), tell(w, "2025-06-02T11:00", channel="call")),
        {"state": "reported", "disclosure_bh": Decimal("2.000"), "censored": False, "reported_to": "client sponsor"}),
    "told twice: the first time counts": (
        lambda w: (learn(w), tell(w, "2025-06-02T11:00"), tell(w, "2025-06-02T11:30")),
        {"reported_at": london("2025-06-02T11:00")}),
    "an update is no report": (
        lambda w: (learn(w), tell(w, "2025-06-02T11:00", kind="update")), {"state": "learned"}),
    "a mistake admitted": (
        lambda w: (learn(w), tell(w, "2025-06-02T11:00", admits_fault=True)), {"admits_fault": True}),
    "acknowledged": (
        lambda w: (learn(w), w.record("communication-acknowledged", by="c1",
                                      acknowledges=w.entry(tell(w, "2025-06-02T11:00")))),
        {"state": "acknowledged", "acknowledged_at": london("2025-06-02T11:00")}),
    "retracted": (
        lambda w: (learn(w), tell(w, "2025-06-02T11:00"), tell(w, "2025-06-02T11:30", kind="retraction")),
        {"state": "reported", "retracted_at": london("2025-06-02T11:30")}),
    "verified, and not told yet": (
        lambda w: (learn(w), verify(w, "confirmed", implications_stated=True)),
        {"state": "verified", "verdict": "confirmed", "verified_at": london("2025-06-02T10:30"), "implications_stated": True,
         "censored": True, "told_unverified": False}),
    "refuted in time: nobody need be told": (
        lambda w: (learn(w), verify(w, "refuted")),
        {"state": "refuted, not passed on", "disclosure_bh": None, "censored": False}),
    "told before it was verified": (
        lambda w: (learn(w), tell(w, "2025-06-02T10:00"), verify(w, "partly")),
        {"state": "reported", "verdict": "partly", "told_unverified": True}),
    "told once it was verified": (
        lambda w: (learn(w), verify(w, "confirmed"), tell(w, "2025-06-02T11:00")),
        {"state": "reported", "told_unverified": False}),
    "told and never verified": (lambda w: (learn(w), tell(w, "2025-06-02T11:00")), {"told_unverified": True}),
    "told and then refuted": (
        lambda w: (learn(w), tell(w, "2025-06-02T10:00"), verify(w, "refuted")),
        {"state": "reported then refuted: needs retraction", "disclosure_bh": Decimal("1.000")}),
    "refuted, and retracted": (
        lambda w: (learn(w), tell(w, "2025-06-02T10:00"), verify(w, "refuted"), tell(w, "2025-06-02T11:00", kind="retraction")),
        {"state": "reported", "retracted_at": london("2025-06-02T11:00")}),
    "what was found last counts, and when it was looked into first": (
        lambda w: (learn(w), verify(w, "refuted"), verify(w, "confirmed", "2025-06-02T11:00")),
        {"state": "verified", "verdict": "confirmed", "verified_at": london("2025-06-02T10:30")}),
    "a notice that the agreement asks for": (
        lambda w: (w.signed(1, notices=[{"on": "bad_news", "within_bh": "1"}]), learn(w)),
        {"notice_version": None, "notice_kept": None}),
    "good news has no notice": (
        lambda w: learn(w.signed(1, notices=[{"on": "bad_news", "within_bh": "1"}]), polarity="good"),
        {"notice_due": None}),
}  # fmt: skip


@pytest.mark.parametrize(("act", "expected"), CASES.values(), ids=CASES)
def test_news_reads(tmp_path: Path, act: Callable[[World], object], expected: dict[str, Any]) -> None:
    world = World(tmp_path).begin().at("2025-06-02T09:30")
    act(world)

    (row,) = world.rows(TABLE, "2025-06-02T12:00")

    assert {name: row[name] for name in expected} == expected


def test_bad_news_told_after_the_notice_was_due_broke_it(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-02T08:00").signed(1, notices=[{"on": "bad_news", "within_bh": "1"}])
    learn(world.at("2025-06-02T09:30"))
    tell(world, "2025-06-02T11:00")

    (row,) = world.rows(TABLE)

    assert (row["notice_version"], row["notice_due"], row["notice_kept"]) == (1, london("2025-06-02T10:00"), False)


def test_news_of_an_account_stands_in_the_same_table_without_an_engagement(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-02T09:30")
    learn(world, "account/acme")
    world.record("news-reported", "account/acme", news_id="N1", to=["c1"])

    (row,) = world.rows(TABLE, stream="account/acme")

    assert (row["engagement"], row["account_alias"], row["disclosure_bh"]) == (None, "acme", Decimal("0.500"))
