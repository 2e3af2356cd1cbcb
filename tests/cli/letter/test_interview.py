"""A guided letter of agreement: each answer is checked at once, none is lost, and what is asked is what is missing."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from ledger_cli.agreeing.answers import answered
from ledger_cli.agreeing.questions import GROUPS, Question
from ledger_cli.letter.moment import Reading
from ledger_cli.letter.source import parse

from ledger.errors import LedgerError
from tests.transcripts import Terminal

if TYPE_CHECKING:
    from ledger_cli.agreeing.questions import Kind

READING = Reading(datetime(2025, 3, 3, 9, tzinfo=UTC), ZoneInfo("Europe/London"), Path())
PEOPLE = {"Ann Ames": ["Ann Ames", "sponsor"], "Ben Ames": ["Ben Ames", "lead"]}

TAKEN: dict[str, tuple[Kind, str, Any]] = {
    "a day": ("day", "2025-08-29", "2025-08-29"),
    "a weekday ahead": ("day", "fri", "2025-03-07"),
    "a time": ("due", "2025-06-27 12:00", "2025-06-27T12:00"),
    "an amount": ("amount", "18,400.00 GBP", "18,400.00 GBP"),
    "a number": ("number", "30", 30),
    "a decimal": ("decimal", "0.5", "0.5"),
    "yes": ("flag", "Y", True),
    "no": ("flag", "no", False),
    "several": ("words", "one; two, and three ;", ["one", "two, and three"]),
    "a person by a word of their name": ("person", "ann", "Ann Ames"),
    "people by role": ("people", "sponsor; lead", ["Ann Ames", "Ben Ames"]),
}
REFUSED: dict[str, tuple[Kind, str, str]] = {
    "no day": ("day", "soon", '"soon" is no date.'),
    "a day that does not exist": ("day", "2025-02-30", '"2025-02-30" is no date.'),
    "a time where a day is wanted": ("day", "2025-06-27T12:00", "is a time where a day is wanted."),
    "money without a currency": ("amount", "18400", '"18400" is no amount.'),
    "money finer than pence": ("amount", "1.001 GBP", "finer than the smallest unit"),
    "no number": ("decimal", "many", '"many" is no number.'),
    "no whole number": ("number", "0.5", "is not a whole number."),
    "neither yes nor no": ("flag", "perhaps", "neither yes nor no"),
    "nobody": ("person", "Zoe", 'No contact "Zoe".'),
    "two people": ("person", "ames", "Ann Ames, sponsor"),
    "no rhythm": ("rhythm", "often", '"often" is no rhythm.'),
}


@pytest.mark.parametrize("case", TAKEN)
def test_an_answer_becomes_the_line_of_a_letter(case: str) -> None:
    kind, text, expected = TAKEN[case]

    assert answered(Question("key", "?", kind), text, READING, PEOPLE) == {"key": expected}


@pytest.mark.parametrize("case", REFUSED)
def test_an_answer_that_will_not_do_is_refused_with_why(case: str) -> None:
    kind, text, expected = REFUSED[case]

    with pytest.raises(LedgerError) as refused:
        answered(Question("key", "?", kind), text, READING, PEOPLE)

    assert expected in refused.value.message


def test_a_rhythm_says_its_rule_and_its_first_time() -> None:
    typed = "every month on the first Tuesday 10:00 from 2025-06-10"

    lines = answered(Question("rrule", "?", "rhythm"), typed, READING, PEOPLE)

    assert lines == {"rrule": "FREQ=MONTHLY;BYDAY=1TU", "starts": "2025-07-01T10:00"}


def test_each_of_the_seven_parts_is_asked_for_and_every_example_would_do() -> None:
    people = {"Client sponsor": ["Client sponsor"]}
    questions = [question for group in GROUPS for question in group.questions]

    for question in questions:
        for text in filter(None, (question.example, question.likely)):
            assert answered(question, text, READING, people)
    assert [group.title[:6] for group in GROUPS if group.title.startswith("Part") and "." not in group.path] == [
        "Part 1", "Part 2", "Part 2", "Part 2", "Part 3", "Part 3", "Part 4", "Part 5", "Part 6", "Part 7",
    ]  # fmt: skip


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    made = Terminal(tmp_path)
    made.at("2025-03-03T09:00")
    made.runs("engage init --zone Europe/London", 'engage open northwind --account "Northwind"')
    made.attended = True
    return made


LEFT: dict[str, tuple[list[str], dict[str, Any]]] = {
    "at once": ([], {}),
    "after a line": (["GBP"], {"currency": "GBP"}),
    "after the first part": (["GBP", "100 GBP"], {"currency": "GBP", "value": "100 GBP"}),
    "amid a person": (["", "", "y", "Ann"], {"currency": "GBP", "contacts": [{"name": "Ann"}]}),
    "amid a part": (
        ["", "", "n", "all; else"],
        {"currency": "GBP", "scope": {"in": ["all", "else"]}},
    ),
}


@pytest.mark.parametrize("case", LEFT)
def test_wherever_it_is_left_what_was_answered_is_kept(terminal: Terminal, case: str) -> None:
    typed, expected = LEFT[case]

    answer = terminal.run("engage agreed --interview", typed)

    assert tomllib.loads((terminal.folder / "northwind-letter.toml").read_text(encoding="utf-8")) == expected
    assert answer.code == 2
    assert "Go on:  engage agreed northwind-letter.toml --interview" in answer.out
    assert terminal.run("engage letter").code == 3


def test_a_part_that_is_skipped_is_left_out(terminal: Terminal) -> None:
    typed = ["GBP", "", "n", *["skip"] * 3, *["n"] * 3, *["skip"] * 6, "n", "y"]

    answer = terminal.run("engage agreed --interview", typed)

    content = parse("letter.toml", (terminal.folder / "northwind-letter.toml").read_bytes()).content
    assert answer.code == 0, answer
    assert content == {"currency": "GBP"}
    assert "agreement v1 drafted by us" in answer.out


def test_a_letter_there_is_is_not_asked_for_again(terminal: Terminal) -> None:
    (terminal.folder / "letter.toml").write_text('currency = "GBP"\n', encoding="utf-8")
    assert terminal.run("engage agreed letter.toml").code == 0

    answer = terminal.run("engage agreed --interview")

    assert (answer.code, answer.err.splitlines()[0]) == (3, "There is a letter already. Nothing was recorded.")


def test_a_hostile_answer_is_kept_as_it_is_and_harmless_to_see(terminal: Terminal) -> None:
    hostile = 'evil\x1b[2J\u202e "quoted" \\ = ['

    terminal.run("engage agreed --interview", ["GBP", "", "y", hostile])

    kept = (terminal.folder / "northwind-letter.toml").read_text(encoding="utf-8")
    assert tomllib.loads(kept)["contacts"] == [{"name": hostile}]
    assert "\x1b" not in kept
