"""A signal that was raised keeps its row when it is over, with the time it ended: whoever reads increments learns of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.readmodel.kept import as_first_recorded
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
    """Say something, nothing for a month, and something again; then agree on one report, and send none."""
    world.record("status-report-sent", to=["c1"])
    world.at("2025-07-02T10:00").record("status-report-sent", to=["c1"])
    world.at("2025-07-03T10:00").record(
        "cadence-agreed", cadence_id="late", kind="report", rrule="FREQ=WEEKLY;UNTIL=20250704T000000",
        starts="2025-07-03T17:00", calendar="default")  # fmt: skip


def missed(world: World) -> None:
    """Miss two reports in a row, then send the third on its day."""
    _weekly(world)
    world.at("2025-06-20T10:00").record("status-report-sent", cadence_id="w", to=["c1"])


def on_hold(world: World) -> None:
    """Say something, be put on hold for two months, go on, and say something a month later."""
    world.record("status-report-sent", to=["c1"])
    world.at("2025-06-04T10:00").record("engagement-paused", by="client", reason="budget")
    world.at("2025-08-04T10:00").record("engagement-resumed", by="client")
    world.at("2025-09-03T10:00").record("status-report-sent", to=["c1"])


def missed_on_hold(world: World) -> None:
    """Miss a report, be put on hold for the next one, and miss the third."""
    _weekly(world)
    world.at("2025-06-10T10:00").record("engagement-paused", by="client", reason="budget")
    world.at("2025-06-17T10:00").record("engagement-resumed", by="client")


def let_go(world: World) -> None:
    """Miss a report, agree that there will be none, and say nothing for a month."""
    _weekly(world)
    world.at("2025-06-10T10:00").record("commitment-released", released="cadence:w")
    world.at("2025-07-10T10:00").record("status-report-sent", to=["c1"])
    world.record("engagement-closed", reason="mutual", results=[], open_obligations=[])


def _weekly(world: World) -> None:
    world.record("cadence-agreed", cadence_id="w", kind="report", rrule="FREQ=WEEKLY;COUNT=3",
                 starts="2025-06-06T17:00", calendar="default")  # fmt: skip


KEPT: dict[str, tuple[Callable[[World], None], str, list[Told]]] = {
    "overdue, until another date was agreed": (moved, "milestone:M1", [
        ("A-due-next", "", london("2025-07-11T00:00"), london("2025-07-17T12:00")),
        ("A-due-next", "2025-06-27", london("2025-06-20T00:00"), london("2025-06-27T17:00")),
        ("A-overdue", "2025-06-27", london("2025-06-27T17:00"), london("2025-06-30T12:00")),
    ]),
    "silence by policy, until the next word, and once a rhythm has ended": (silent, "engagement", [
        ("A-silence", "2025-06-02", london("2025-06-16T17:00"), london("2025-07-02T10:00")),
        ("A-silence", "2025-07-04", london("2025-07-18T17:00"), None),
    ]),
    "on hold there is no silence, and from the day it goes on it counts anew": (on_hold, "engagement", [
        ("A-silence", "2025-08-04", london("2025-08-18T17:00"), london("2025-09-03T10:00")),
        ("A-silence", "2025-09-03", london("2025-09-17T17:00"), None),
    ]),
    "no report is due on hold, and silence ends with it": (missed_on_hold, "cadence:w", [
        ("A-report-due", "2025-06-06", london("2025-06-06T00:00"), london("2025-06-09T17:00")),
        ("A-report-due", "2025-06-20", london("2025-06-20T00:00"), london("2025-06-23T17:00")),
        ("A-silence", "2025-06-06", london("2025-06-09T17:00"), london("2025-06-10T10:00")),
        ("A-silence", "2025-06-20", london("2025-06-23T17:00"), None),
    ]),
    "a rhythm that was let go is due no more": (let_go, "cadence:w", [
        ("A-report-due", "2025-06-06", london("2025-06-06T00:00"), london("2025-06-09T17:00")),
        ("A-silence", "2025-06-06", london("2025-06-09T17:00"), london("2025-06-10T10:00")),
    ]),
    "and our own policy holds again, up to the close, which wants a recap": (let_go, "engagement", [
        ("A-missing-exit-feedback", "", london("2025-07-10T10:00"), None),
        ("A-silence", "2025-06-10", london("2025-06-24T17:00"), london("2025-07-10T10:00")),
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


_ASK = {"from_contact": "c1", "kind": "question", "channel": "call", "text": "when"}
_CALL = {"kind": "call", "purpose": "update", "participants": ["c1", "c2"], "substance": "where we are"}
_QUESTION: dict[str, Any] = {"to": ["c1"], "kind": "question", "channel": "email", "text": "who"}
_ANSWER: dict[str, Any] = {"channel": "call"}
_PROMISE = {"channel": "call", "promised_by": "2025-07-01", "reason": "on leave"}
WORDS: dict[str, tuple[list[tuple[str, dict[str, Any]]], bool]] = {
    "our call": ([("contact-made", {"direction": "outbound", **_CALL})], True),
    "their call": ([("contact-made", {"direction": "inbound", **_CALL})], False),
    "our call about nothing": ([("contact-made", {"direction": "outbound", "substantive": False, **_CALL})], False),
    "a report": ([("status-report-sent", {"to": ["c1"]})], True),
    "a slip told": ([("slip-reported", {"milestone_id": "M1", "forecast": "2025-10-01", "to": ["c1"]})], True),
    "news told": ([("news-reported", {"news_id": "N1", "to": ["c1"]})], True),
    "our question": ([("request-sent", _QUESTION)], True),
    "their answer": ([("request-answered", {"request_id": "R1", **_ANSWER})], False),
    "their question": ([("request-received", _ASK)], False),
    "our promise": ([("request-received", _ASK), ("holding-reply-sent", {"request_id": "R2", **_PROMISE})], True),
    "our answer": ([("request-received", _ASK), ("request-answered", {"request_id": "R2", **_ANSWER})], True),
    "a review": ([("review-held", {"attendees": ["c1", "c2"], "scale": {"min": "0", "max": "10"}, "decision": "continue"})],
                 True),
    "a remark of our own": ([("lesson-recorded", {"source": "milestone:M1", "lesson": "ask early"})], False),
}  # fmt: skip


@pytest.mark.parametrize(("acts", "breaks"), WORDS.values(), ids=WORDS)
def test_m10_what_breaks_a_silence_of_ours(
    tmp_path: Path, acts: list[tuple[str, dict[str, Any]]], breaks: bool
) -> None:
    world = World(tmp_path).begin().at("2025-06-02T10:00")
    world.record("milestone-agreed", milestone_id="M1", due="2025-09-01", title="pilot")
    world.record("news-learned", polarity="good", summary="s", aware=london("2025-06-02T10:00"))
    world.record("request-sent", **_QUESTION)
    world.at("2025-06-30T10:00")
    for event, data in acts:
        world.record(event, **data)

    first = next(row for row in world.rows(TABLE, "2025-07-01T10:00") if row["signal"] == "A-silence")

    assert first["cleared_at"] == (london("2025-06-30T10:00") if breaks else None)


def test_a_cadence_that_was_withdrawn_and_agreed_again_is_one_as_it_was_first_recorded_too(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-02T10:00")
    _weekly(world)
    agreed = next(fact.entry.id for fact in world.facts() if fact.event.short_name == "cadence-agreed")
    world.record("entry-corrected", entry=agreed, kind="withdraw", reason="mistyped")
    _weekly(world)
    view = world.view()
    first = as_first_recorded(view)

    keys = [
        (row.values["signal"], row.values["subject"], row.values["occurrence"]) for row in TABLE.rows(first or view)
    ]

    assert first is not None
    assert len(keys) == len(set(keys))


def test_what_a_signal_says_does_not_change_with_the_year_it_is_read_in(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-06-02T10:00")
    missed(world)
    world.record("request-received", **_ASK)
    world.record("holding-reply-sent", request_id="R1", **_PROMISE)
    world.record("obligation-agreed", obligation_id="O1", kind="access", due="2025-07-18", title="keys")

    old, new = ([(row["says"], row["also"]) for row in world.rows(TABLE, day)]
                for day in ("2025-12-31T12:00", "2026-01-02T12:00"))  # fmt: skip

    assert old == new
