"""Stories ST1 and ST4 of domain.md Part 4 through the real command: when did we know, when did we tell?"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from tests.transcripts import Terminal

if TYPE_CHECKING:
    from pathlib import Path

LETTER = """
currency = "GBP"
[[notices]]
on = "slip"
within_hours = 16
[[milestones]]
id = "M2"
title = "dress rehearsal"
due = 2025-06-27
[[contacts]]
name = "delivery lead"
side = "provider"
level = "manager"
may = ["sign"]
[[contacts]]
name = "client sponsor"
side = "client"
level = "executive"
may = ["sign", "accept"]
"""
EVIDENCE = b"We will not have the interface ready before mid July."
STORY = (
    ("2025-03-03T09:00", "engage init --zone Europe/London --holidays GB-ENG"),
    ("2025-03-03T09:05", 'engage open northwind --account "Northwind Theatre"'),
    ("2025-03-03T09:30", "engage agreed northwind v1.toml"),
    ("2025-03-03T10:00", "engage signed northwind --version 1 --by lead"),
    ("2025-03-05T15:00", "engage signed northwind --version 1 --by sponsor"),
    ("2025-06-06T09:20", "engage slipped northwind M2 --forecast 2025-07-18 --aware 09:00 --because 'vendor late'"),
    ("2025-06-11T10:05", "engage told S1 sponsor --by email"),
    ("2025-06-12T16:40", "engage ack 15 --by sponsor"),
    ("2025-06-16T10:00", "engage agreed northwind v2.toml --yes"),
    ("2025-06-16T10:05", "engage signed northwind --version 2 --by lead"),
    ("2025-06-18T12:00", "engage signed northwind --version 2 --by sponsor"),
    (
        "2025-07-02T09:15",
        "engage correct 14 --aware 2025-06-03T14:20 --because 'vendor e-mail found' --evidence vendor.eml",
    ),
    ("2025-08-04T11:00", "engage dispute northwind --raised-by client --item M2 'We heard of the delay too late.'"),
)
THEN = {"aware": "2025-06-06T08:00:00.000000Z", "delay_bh": 25.083, "notice_due": "2025-06-09T16:00:00.000000Z"}
NOW = {"aware": "2025-06-03T13:20:00.000000Z", "delay_bh": 43.75, "notice_due": "2025-06-05T13:20:00.000000Z"}
BOTH: dict[str, object] = {
    "lead_bd": 12,
    "lead_bh": 102.917,
    "lead_calendar_days": 16,
    "ack_delay_bh": 14.583,
    "slip_bd": 15,
}
BOTH |= {"notice_version": 1, "notice_kept": False, "state": "acknowledged"}


def told(folder: Path) -> Terminal:
    """Return the desk at which the story was recorded, when it is over."""
    (folder / "v1.toml").write_text(LETTER, "utf-8")
    (folder / "v2.toml").write_text(LETTER.replace("within_hours = 16", "within_hours = 40"), "utf-8")
    (folder / "vendor.eml").write_bytes(EVIDENCE)
    terminal = Terminal(folder)
    terminal.lives(STORY)
    terminal.at("2025-08-04T11:05")
    return terminal


@pytest.fixture(scope="module")
def northwind(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    return told(tmp_path_factory.mktemp("northwind"))


def answered(terminal: Terminal, command: str) -> Any:
    answer = terminal.run(f"{command} --json")
    assert (answer.code, answer.err) == (0, "")
    return json.loads(answer.out)


@pytest.mark.parametrize(
    ("known_on", "expected"),
    [
        ("--as-known-on 2025-06-30", {**THEN, **BOTH, "share": 0.804}),
        ("", {**NOW, **BOTH, "share": 0.702}),
        ("--as-known-on 2025-08-04", {**NOW, **BOTH, "share": 0.702}),
    ],
    ids=["as known on 30 June", "as we now know", "as known after the correction"],
)
def test_the_slip_has_the_numbers_of_the_story(northwind: Terminal, known_on: str, expected: dict[str, object]) -> None:
    (slip,) = answered(northwind, f"engage table slips {known_on}")["rows"]

    assert {name: slip[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("day", "version"), [("2025-03-04", None), ("2025-06-11", 1), ("2025-06-17", 1), ("2025-06-19", 2)]
)
def test_the_agreement_in_force_on_a_day(northwind: Terminal, day: str, version: int | None) -> None:
    rows = answered(northwind, f"engage table agreements --as-known-on {day}")["rows"]

    assert [row["version"] for row in rows if row["is_in_force"]] == ([version] if version else [])


def test_the_difference_names_entry_recorder_time_reason_and_hash(northwind: Terminal) -> None:
    changes = answered(northwind, "engage replay northwind --as-known-on 2025-06-30 --diff")["changes"]

    (by,) = next(change["changed_by"] for change in changes if change["field"] == "aware")
    assert {name: by[name] for name in ("position", "actor_name", "recorded", "reason", "grade", "after_dispute")} == {
        "position": 21,
        "actor_name": "Delivery lead",
        "recorded": "2025-07-02T08:15:00.000000Z",
        "reason": "vendor e-mail found",
        "grade": "C",
        "after_dispute": False,
    }
    assert round(by["lag_hours"] / 24, 2) == 28.79
    assert by["evidence"][0]["sha256"] == sha256(EVIDENCE).hexdigest()


def test_the_difference_holds_both_values_and_what_stayed_the_same(northwind: Terminal) -> None:
    changes = answered(northwind, "engage replay northwind --as-known-on 2025-06-30 --diff")["changes"]

    found = {change["field"]: (change["then"], change["now"]) for change in changes if change["table"] == "slips"}
    assert found["delay_bh"] == (25.083, 43.75)
    assert found["share"] == (0.804, 0.702)
    assert found["notice_due"] == (THEN["notice_due"], NOW["notice_due"])
    assert found["lead_bd"] == (12, 12)


@pytest.mark.parametrize("option", ["--as-known-on 2025-06-30", "--as-true-on 2025-06-30"])
def test_a_replay_shows_the_slip_as_known_then_or_as_it_was(northwind: Terminal, option: str) -> None:
    replayed = answered(northwind, f"engage replay northwind {option}")

    (slip,) = replayed["slips"]
    assert slip["delay_bh"] == (25.083 if "known" in option else 43.75)


def test_on_the_morning_of_10_june_the_first_row_is_the_slip_nobody_was_told_of(northwind: Terminal) -> None:
    status = answered(northwind, "engage status --as-known-on 2025-06-10T08:30")

    first = status["needs"][0]
    wanted = ("urgency", "engagement_alias", "signal", "subject", "business_hours", "deadline", "positions")
    assert {name: first[name] for name in wanted} == {
        "urgency": "NOW",
        "engagement_alias": "northwind",
        "signal": "A-undisclosed-slip",
        "subject": "slip:S1",
        "business_hours": "16.000",
        "deadline": "2025-06-09T16:00:00.000000Z",
        "positions": [11, 14],
    }


def test_that_morning_in_words(northwind: Terminal) -> None:
    screen = northwind.run("engage status --as-known-on 2025-06-10T08:30").out

    for words in (
        "M2 slip S1 not told",
        "16.0 business hours",
        "notice was due yesterday 17:00",
        "due 27 Jun → 18 Jul",
    ):
        assert words in screen


@pytest.mark.parametrize(
    ("moment", "signals"),
    [
        ("2025-06-06T09:19", []),
        ("2025-06-06T09:20", ["A-undisclosed-slip"]),
        ("2025-06-11T10:04", ["A-undisclosed-slip"]),
        ("2025-06-11T10:05", ["A-unacknowledged"]),
        ("2025-06-12T16:39", ["A-unacknowledged"]),
        ("2025-06-12T16:40", []),
    ],
)
def test_the_row_vanishes_once_told_and_waits_until_acknowledged(
    northwind: Terminal, moment: str, signals: list[str]
) -> None:
    status = answered(northwind, f"engage status --as-known-on {moment}")

    assert [row["signal"] for row in status["needs"] if row["subject"] == "slip:S1"] == signals


def test_the_log_verifies(northwind: Terminal) -> None:
    answer = northwind.run("engage verify")

    assert (answer.code, answer.err) == (0, "")
