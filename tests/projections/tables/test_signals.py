"""Signals stand from when they are raised until they are cleared, by consequence (stories ST1, ST4, ST8)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.alerts import MORNING
from ledger_projections.tables.signals import TABLE

from ledger.drafts import Receipt
from tests.views import World, london, northwind

Rows = list[dict[str, Any]]


def standing(world: World, at: str, known: str | None = None) -> Rows:
    """Return the signals of a morning that stand at a wall time in London, gravest first, as known then or elsewhen."""
    when = london(at)
    rows = [row for row in world.rows(TABLE, known or at) if row["rank"] <= MORNING]
    shown = (r for r in rows if r["raised_at"] <= when and (r["cleared_at"] is None or r["cleared_at"] > when))
    return sorted(shown, key=lambda row: (row["rank"], row["deadline"] or "9"))


def test_st4_the_undisclosed_slip_is_the_first_row(tmp_path: Path) -> None:
    row, *_ = standing(northwind(tmp_path), "2025-06-10T08:30")

    assert {name: row[name] for name in ("signal", "subject", "since", "deadline", "says", "also", "command")} == {
        "signal": "A-undisclosed-slip",
        "subject": "slip:S1",
        "since": london("2025-06-06T09:00"),
        "deadline": london("2025-06-09T17:00"),
        "says": "M2 slip S1 not told",
        "also": "due 27 Jun → 18 Jul",
        "command": "engage told northwind S1",
    }


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2025-06-06T09:19", []),
        ("2025-06-06T09:20", ["A-undisclosed-slip"]),
        ("2025-06-11T10:04", ["A-undisclosed-slip"]),
        ("2025-06-11T10:05", ["A-unacknowledged"]),
        ("2025-06-12T16:39", ["A-unacknowledged"]),
        ("2025-06-12T16:41", []),
        ("2025-06-13T09:00", ["A-unsigned"]),
        ("2025-06-18T09:00", []),
        ("2025-06-20T08:00", ["A-due-next"]),
        ("2025-06-27T16:59", ["A-due-next"]),
        ("2025-06-27T17:00", ["A-overdue"]),
    ],
)
def test_st4_what_the_morning_screen_shows_as_known_then(tmp_path: Path, at: str, expected: list[str]) -> None:
    world = northwind(tmp_path)

    assert [row["signal"] for row in standing(world, at) if row["subject"] != "engagement"] == expected


def test_a_row_made_today_still_tells_a_reader_of_tomorrow_what_stands_then(tmp_path: Path) -> None:
    world = northwind(tmp_path)

    then = [row["signal"] for row in standing(world, "2025-06-27T17:00", known="2025-06-13T08:00")]

    assert then == ["A-overdue", "A-silence"]


def _learn(world: World, polarity: str = "bad") -> Receipt:
    return world.record(
        "news-learned", polarity=polarity, summary="the vendor has gone", aware=london("2025-06-02T09:00")
    )


def _refute(world: World) -> Receipt:
    return world.record("news-verified", news_id="N1", verdict="refuted", method="asked")


def _tell(world: World) -> str:
    return world.entry(world.at("2025-06-02T11:00").record("news-reported", news_id="N1", to=["c1"]))


CASES: dict[str, tuple[Callable[[World], object], list[tuple[str, str]]]] = {
    "bad news that nobody was told": (
        _learn, [("A-unreported-bad-news", "N1 bad news not told"), ("A-unverified-news", "N1 bad news not verified")]),
    "good news may wait to be told, not to be looked into": (
        lambda w: _learn(w, "good"), [("A-unverified-news", "N1 good news not verified")]),
    "bad news told, not acknowledged": (
        lambda w: (_learn(w), _tell(w)),
        [("A-unacknowledged", "N1 bad news reported, not acknowledged"), ("A-unverified-news", "N1 bad news not verified")]),
    "bad news acknowledged": (
        lambda w: (_learn(w), w.record("communication-acknowledged", acknowledges=_tell(w), by="c1")),
        [("A-unverified-news", "N1 bad news not verified")]),
    "bad news that our own director acknowledged": (
        lambda w: (_learn(w), w.record("communication-acknowledged", acknowledges=_tell(w), by="c2")),
        [("A-unacknowledged", "N1 bad news reported, not acknowledged"), ("A-unverified-news", "N1 bad news not verified")]),
    "bad news that was refuted": (
        lambda w: (_learn(w), _refute(w.at("2025-06-02T11:00"))), []),
    "good news told and then refuted": (
        lambda w: (_learn(w, "good"), _tell(w), _refute(w)),
        [("A-needs-retraction", "N1 was told and is refuted: to be retracted")]),
    "and retracted": (
        lambda w: (_learn(w, "good"), _tell(w), _refute(w),
                   w.at("2025-06-02T11:30").record("news-reported", news_id="N1", to=["c1"], kind="retraction")),
        []),
    "work before anybody signed": (
        lambda w: w.record("work-started", basis="none"), [("A-unsigned-work", "work goes on, v1 is not signed by both")]),
    "work on an amendment that is unsigned": (
        lambda w: (w.signed(1), w.record("work-started", agreement_version=1, basis="signed"), w.draft(2),
                   w.record("work-started", agreement_version=2, basis="letter_of_intent")),
        [("A-unsigned", "v2 signed by nobody"), ("A-unsigned-work", "work goes on, v2 is not signed by both")]),
    "a milestone and its slip that were let go": (
        lambda w: (w.record("milestone-agreed", milestone_id="M1", due="2025-06-04", title="pilot"),
                   w.record("slip-foreseen", milestone_id="M1", forecast="2025-09-10"),
                   w.at("2025-06-02T11:30").record("commitment-released", released="milestone:M1")), []),
    "a draft that nobody signed": (lambda w: w.draft(1), [("A-unsigned", "v1 signed by nobody")]),
    "a draft that we signed": (
        lambda w: (w.draft(1), w.sign(1, "provider", "c2")), [("A-unsigned", "v1 signed by us only")]),
    "a draft that the client signed": (
        lambda w: (w.draft(1), w.sign(1, "client", "c1")), [("A-unsigned", "v1 signed by the client only")]),
    "a draft that both signed": (lambda w: w.signed(1), []),
    "an older draft after a newer one is signed": (lambda w: (w.draft(1), w.signed(2)), []),
    "an amendment that a side will not have": (
        lambda w: (w.signed(1), w.draft(2), w.record("amendment-proposed", from_version=1, new_version=2, proposed_by="client",
                                                              changes=[]),
                   w.at("2025-06-02T11:30").record("amendment-declined", new_version=2, declined_by="provider",
                                                              reason="no hall")), []),
    "a slip that was averted": (
        lambda w: (w.record("milestone-agreed", milestone_id="M1", due="2025-09-01", title="pilot"),
                   w.record("slip-foreseen", milestone_id="M1", forecast="2025-09-10"),
                   w.at("2025-06-02T11:30").record("slip-averted", slip_id="S1")), []),
    "a milestone that is delivered": (
        lambda w: (w.record("milestone-agreed", milestone_id="M1", due="2025-06-04", title="pilot"),
                   w.at("2025-06-02T11:30").record("milestone-delivered", milestone_id="M1")), []),
    "a milestone that is rejected is to be delivered again": (
        lambda w: (w.record("milestone-agreed", milestone_id="M1", due="2025-06-04", title="pilot"),
                   w.record("milestone-delivered", milestone_id="M1"),
                   w.record("milestone-judged", milestone_id="M1", verdict="rejected", by="c1")),
        [("A-due-next", 'M1 "pilot" is due')]),
    "nothing of a closed engagement": (
        lambda w: (_learn(w), w.draft(1), w.at("2025-06-02T11:30").record(
            "engagement-closed", reason="mutual", results=[], open_obligations=[])), []),
}  # fmt: skip


@pytest.mark.parametrize(("act", "expected"), CASES.values(), ids=CASES)
def test_what_stands_after(tmp_path: Path, act: Callable[[World], object], expected: list[tuple[str, str]]) -> None:
    world = World(tmp_path).begin().at("2025-06-02T10:00")
    act(world)

    rows = standing(world, "2025-06-02T12:00")

    assert [(row["signal"], row["says"]) for row in rows if row["subject"] != "engagement"] == expected


def weekly(folder: Path) -> World:
    """Tell story ST8 up to the report that is missed."""
    world = World(folder).begin().at("2025-09-01T09:00")
    world.record("cadence-agreed", cadence_id="weekly", kind="report", rrule="FREQ=WEEKLY;BYDAY=FR;UNTIL=20251031T235959",
                 starts="2025-09-05T17:00", calendar="default")  # fmt: skip
    for sent in ("2025-09-05T15:00", "2025-09-12T16:45", "2025-09-22T10:00", "2025-09-26T16:00", "2025-10-10T15:00"):
        world.at(sent).record("status-report-sent", cadence_id="weekly", to=["c1"], no_change=True)
    return world


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2025-09-04T23:59", []),
        ("2025-09-05T00:00", [("A-report-due", "report weekly due Fri 5 Sep 17:00", "none sent yet")]),
        ("2025-09-05T15:00", []),
        ("2025-10-03T09:00", [("A-report-due", "report weekly due Fri 3 Oct 17:00", "last one Fri 26 Sep")]),
        ("2025-10-06T16:59", [("A-report-due", "report weekly due Fri 3 Oct 17:00", "last one Fri 26 Sep")]),
        ("2025-10-06T17:00", [("A-silence", "report weekly of Fri 3 Oct 17:00 not sent", "last one Fri 26 Sep")]),
        ("2025-10-09T12:00", [("A-silence", "report weekly of Fri 3 Oct 17:00 not sent", "last one Fri 26 Sep")]),
        ("2025-10-10T15:00", []),
    ],
)
def test_st8_a_report_is_due_then_late_then_silence(
    tmp_path: Path, at: str, expected: list[tuple[str, str, str]]
) -> None:
    rows = standing(weekly(tmp_path), at)

    assert [(row["signal"], row["says"], row["also"]) for row in rows] == expected


def test_without_a_report_cadence_ten_business_days_of_nothing_are_silence(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-09-01T09:00")
    world.record("status-report-sent", to=["c1"])

    raised = [row["raised_at"] for row in world.rows(TABLE)]

    assert raised == [london("2025-09-15T17:00")]


@pytest.mark.parametrize(("side", "who", "rest"), [("provider", "c2", ""), ("client", "c1", " --for provider")])
def test_the_command_for_an_unsigned_version_asks_for_the_side_that_is_missing(
    tmp_path: Path, side: str, who: str, rest: str
) -> None:
    world = World(tmp_path).begin()
    world.draft(1)
    world.sign(1, side, who)

    (row,) = (row for row in world.rows(TABLE) if row["signal"] == "A-unsigned")

    assert row["command"] == f"engage signed northwind --version 1{rest}"


def _ask(world: World, **data: Any) -> Receipt:
    return world.record(
        "request-received", from_contact="c1", kind="question", channel="call", text="which cost centre?", **data
    )


def _owe(world: World, due: str = "2025-06-20") -> Receipt:
    return world.record("obligation-agreed", obligation_id="O1", kind="access", due=due, title="test data")


def _chase(world: World, at: str) -> Receipt:
    return world.at(at).record("contact-made", kind="call", direction="outbound", purpose="chase", participants=["c1", "c2"],
                        about=["obligation:O1"], substance="where is the data")  # fmt: skip


def _act(world: World) -> Receipt:
    world.record("milestone-agreed", milestone_id="M1", due="2025-09-01", title="pilot")
    return world.record("action-agreed", trigger="milestone:M1", owner="c1", due="2025-06-09", what="send the keys")


def _feel(world: World) -> Receipt:
    return world.record("concern-felt", topic="price", text="too low")


Spans = list[tuple[str, str, str, str | None]]
ASK, OVERDUE, CHECK, DUE, FELT = (
    "A-waiting-on-us", "A-client-overdue-unnotified", "A-check-obligation", "A-action-due", "A-unraised")  # fmt: skip
TALK: dict[str, tuple[Callable[[World], object], Spans]] = {
    "a request": (_ask, [(ASK, "", "2025-06-02T10:00", None)]),
    "one that needs no reply": (lambda w: _ask(w, needs_reply=False), []),
    "one that was answered": (
        lambda w: (_ask(w), w.at("2025-06-03T10:00").record("request-answered", request_id="R1", channel="call")),
        [(ASK, "", "2025-06-02T10:00", "2025-06-03T10:00")]),
    "what the client owes: it is asked about five days before, and overdue after": (_owe, [
        (CHECK, "2025-06-02", "2025-06-16T17:00", "2025-06-20T17:00"),
        (OVERDUE, "", "2025-06-20T17:00", None)]),
    "five business days before the due date at the earliest": (
        lambda w: _owe(w, "2025-07-18"), [
            (CHECK, "2025-06-02", "2025-07-11T00:00", "2025-07-18T17:00"), (OVERDUE, "", "2025-07-18T17:00", None)]),
    "spoken of in time": (
        lambda w: (_owe(w), _chase(w, "2025-06-12T10:00")), [(OVERDUE, "", "2025-06-20T17:00", None)]),
    "spoken of once it was time": (
        lambda w: (_owe(w), _chase(w, "2025-06-17T10:00")),
        [(CHECK, "2025-06-02", "2025-06-16T17:00", "2025-06-17T10:00"), (OVERDUE, "", "2025-06-20T17:00", None)]),
    "late with notice": (
        lambda w: (_owe(w), w.at("2025-06-12T10:00").record("obligation-delay-notified", obligation_id="O1")),
        []),
    "given late": (
        lambda w: (_owe(w), w.at("2025-06-24T10:00").record("obligation-fulfilled", obligation_id="O1")),
        [(CHECK, "2025-06-02", "2025-06-16T17:00", "2025-06-20T17:00"),
         (OVERDUE, "", "2025-06-20T17:00", "2025-06-24T10:00")]),
    "let go": (
        lambda w: (_owe(w), w.at("2025-06-12T10:00").record("commitment-released", released="obligation:O1")), []),
    "an action, from the day it is due": (_act, [(DUE, "", "2025-06-09T00:00", None)]),
    "an action that was done": (
        lambda w: (_act(w), w.at("2025-06-11T10:00").record("action-completed", action_id="A1")),
        [(DUE, "", "2025-06-09T00:00", "2025-06-11T10:00")]),
    "felt for five business days and not raised": (_feel, [(FELT, "", "2025-06-09T17:00", None)]),
    "raised in time": (
        lambda w: (_feel(w), w.at("2025-06-04T10:00").record(
            "concern-raised", concern_id="C1", topic="price", raised_by="provider", text="too low")), []),
}  # fmt: skip


@pytest.mark.parametrize(("act", "expected"), TALK.values(), ids=TALK)
def test_what_waits_and_for_how_long(tmp_path: Path, act: Callable[[World], object], expected: Spans) -> None:
    world = World(tmp_path).begin().at("2025-06-02T10:00")
    act(world)

    rows = [r for r in world.rows(TABLE, "2025-08-01T12:00") if r["signal"] in {ASK, OVERDUE, CHECK, DUE, FELT}]

    found = sorted((r["signal"], r["occurrence"], r["raised_at"], r["cleared_at"]) for r in rows)
    assert found == [(s, o, london(raised), ends and london(ends)) for s, o, raised, ends in expected]


@pytest.mark.parametrize(
    ("at", "aware"),
    [("2025-06-09T08:30", "2025-06-09"), ("2025-06-08T12:00", "2025-06-07"), ("2025-06-09T08:30", "2025-06-08")],
)
def test_what_was_written_down_before_its_day_opens_needs_somebody_at_once(tmp_path: Path, at: str, aware: str) -> None:
    world = World(tmp_path).begin()
    world.record("milestone-agreed", milestone_id="M2", due="2025-06-27", title="dress rehearsal")
    world.at(at).record("slip-foreseen", milestone_id="M2", forecast="2025-07-18", aware=aware)
    world.record("news-learned", polarity="bad", summary="late", aware=aware)

    rows = standing(world, at)

    assert [row["signal"] for row in rows] == ["A-undisclosed-slip", "A-unreported-bad-news", "A-unverified-news"]
    assert {(row["raised_at"], row["since"]) for row in rows} == {(london(at), london("2025-06-09T09:00"))}


def test_days_worked_with_nothing_signed_need_somebody_as_work_begun_does(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-06T12:00")
    work = {"from_on": "2025-06-05", "to_on": "2025-06-06", "days": "2"}
    world.record("work-recorded", **work, value={"currency": "EUR", "minor": 30000})
    world.record("work-recorded", **work, value={"currency": "GBP", "minor": 120000})

    (row,) = standing(world, "2025-06-06T12:00")

    told = {name: row[name] for name in ("signal", "since", "says", "also", "command")}
    assert told == {
        "signal": "A-unsigned-work",
        "since": london("2025-06-05T17:00"),
        "says": "work goes on, v1 is not signed by both",
        "also": "worth 300.00 EUR and 1,200.00 GBP",
        "command": "engage agreed northwind --interview",
    }
    world.draft(1)
    assert {need["command"] for need in standing(world, "2025-06-06T12:00")} == {"engage signed northwind --version 1"}


def test_days_worked_under_what_both_signed_need_nobody(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-02T09:00").signed(1)
    world.at("2025-06-06T12:00").record("work-recorded", from_on="2025-06-05", to_on="2025-06-06", days="2")

    assert [row for row in standing(world, "2025-06-06T12:00") if row["signal"] == "A-unsigned-work"] == []
