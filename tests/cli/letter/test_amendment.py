"""A changed letter is a new version: what differs is found, shown, and recorded with its value in force before (P10, P12)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from ledger_cli.letter.changes import changed_fields, changed_lines

from tests.transcripts import Terminal

if TYPE_CHECKING:
    from pathlib import Path

LINES: dict[str, tuple[dict[str, Any], dict[str, Any], list[tuple[str, str, str]]]] = {
    "nothing": ({"value": "1 GBP"}, {"value": "1 GBP"}, []),
    "a line": ({"value": "1 GBP"}, {"value": "2 GBP"}, [("value", "1 GBP", "2 GBP")]),
    "a new line": ({}, {"day_cap": "60"}, [("day_cap", "", "60")]),
    "an item": (
        {"scope": {"in": ["a", "b"]}},
        {"scope": {"in": ["b", "c"]}},
        [("scope.in", "a", ""), ("scope.in", "", "c")],
    ),
    "the order": ({"scope": {"in": ["a", "b"]}}, {"scope": {"in": ["b", "a"]}}, [("scope.in", "a, b", "b, a")]),
    "a table of a list": (
        {"notices": [{"on": "slip", "within_hours": "16"}]},
        {"notices": [{"on": "slip", "within_hours": "40"}, {"on": "slip", "within_hours": "8"}]},
        [("notices[slip].within_hours", "16", "40"), ("notices[slip, 2]", "", "on: slip; within_hours: 8")],
    ),
    "a part": (
        {"retention": {"to": "2026-02-27", "exclusive": False}},
        {},
        [("retention", "to: 2026-02-27; exclusive: no", "")],
    ),
    "what the account keeps": ({"contacts": [{"name": "Ann"}]}, {"contacts": []}, []),
}


@pytest.mark.parametrize("case", LINES)
def test_what_differs_is_said_line_by_line(case: str) -> None:
    before, after, expected = LINES[case]

    assert changed_lines(before, after) == expected


def test_a_changed_field_carries_its_value_before_and_after() -> None:
    before = {"version": 1, "currency": "GBP", "timeframe": {"completion": "2025-08-29"}}
    after = {"version": 2, "currency": "GBP", "day_cap": "60"}

    assert changed_fields(before, after) == [
        {"path": "data.day_cap", "after": '"60"'},
        {"path": "data.timeframe", "before": '{"completion":"2025-08-29"}'},
    ]


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    made = Terminal(tmp_path)
    made.at("2025-03-03T09:00")
    lines = ["engage init --zone Europe/London", 'engage open northwind --account "Northwind"']
    lines += ["engage agreed --template > letter.toml", "engage agreed letter.toml", "engage signed --by lead"]
    made.runs(*lines, "engage signed --by sponsor")
    return made


def changed(terminal: Terminal, *changes: tuple[str, str], options: str = "--yes --json") -> list[dict[str, Any]]:
    """Return the entries that the letter records once it is changed."""
    letter = terminal.run("engage letter --format toml").out
    for before, after in changes:
        assert before in letter
        letter = letter.replace(before, after)
    (terminal.folder / "v2.toml").write_text(letter, encoding="utf-8")
    answer = terminal.run(f"engage agreed v2.toml {options}")
    assert answer.code == 0, answer.err
    return list(json.loads(answer.out)["recorded"])


def test_a_moved_date_says_why_in_the_words_of_the_command_or_in_its_own(terminal: Terminal) -> None:
    own = "due        = 2025-07-18\nbecause = 'the hall'"
    dates = (("due   = 2025-05-16", "due   = 2025-05-23"), ("due        = 2025-06-27", own))

    rows = changed(terminal, *dates, options="--yes --json --because late")

    moves = [row for row in rows if row["type"] == "milestone-rescheduled"]
    reasons = {row["data"]["milestone_id"]: _text(terminal, row["position"], "reason") for row in moves}
    assert reasons == {"M1": "late", "M2": "the hall"}


def test_what_is_left_out_is_let_go_in_the_new_version_but_what_is_done_stays(terminal: Terminal) -> None:
    terminal.runs("engage delivered M1", "engage accepted M1 --by sponsor")
    m1 = '[[milestones]]\nid    = "M1"\ntitle = "get-in plan"\ndue   = 2025-05-16\n'

    letter = terminal.run("engage letter --format toml").out
    first, second = (letter.index(f'[[cadences]]\nid             = "{name}"') for name in ("weekly", "quarterly"))
    rows = changed(terminal, (m1, ""), (letter[first:second], ""))

    assert [row["data"]["released"] for row in rows if row["type"] == "commitment-released"] == ["cadence:weekly"]


def test_the_date_in_force_is_what_a_new_version_moves(terminal: Terminal) -> None:
    assert terminal.run("engage rescheduled M2 --to 2025-07-04 --agreed-by sponsor").code == 0

    rows = changed(terminal, ("due        = 2025-07-04", "due        = 2025-07-18"))

    (move,) = (row["data"] for row in rows if row["type"] == "milestone-rescheduled")
    assert (move["from_due"], move["to_due"], move["agreement_version"]) == ("2025-07-04", "2025-07-18", 2)


def test_the_amendment_holds_the_value_in_force(terminal: Terminal) -> None:
    rows = changed(terminal, ("within_hours = 16", "within_hours = 40"))

    assert [row["type"] for row in rows] == ["agreement-drafted", "amendment-proposed"]
    (change,) = _text(terminal, rows[1]["position"], "changes")
    assert (change["path"], json.loads(change["before"])[0]["within_bh"]) == ("data.notices", "16")


def test_another_document_alone_is_a_new_version(terminal: Terminal) -> None:
    (terminal.folder / "letter.pdf").write_bytes(b"%PDF")

    rows = changed(terminal, ('currency   = "GBP"', 'currency   = "GBP"\ndocument = "letter.pdf"'))

    assert [row["type"] for row in rows] == ["agreement-drafted", "amendment-proposed"]


def test_without_a_terminal_and_without_yes_nothing_is_recorded(terminal: Terminal) -> None:
    letter = terminal.run("engage letter --format toml").out.replace("within_hours = 16", "within_hours = 40")
    (terminal.folder / "v2.toml").write_text(letter, encoding="utf-8")

    answer = terminal.run("engage agreed v2.toml --json")

    assert (answer.code, answer.out) == (3, "")
    assert "engage agreed v2.toml --because TEXT --yes" in answer.err


def _text(terminal: Terminal, position: int, field: str) -> Any:
    return json.loads(terminal.run(f"engage show {position} --json").out)["texts"][field]
