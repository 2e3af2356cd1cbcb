"""The first half page of a dispute: who knew what when, who was told, how late notice was, before it was corrected and now."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.transcripts import FOLDER, Terminal, play

if TYPE_CHECKING:
    from pathlib import Path


def played(folder: Path, name: str) -> Terminal:
    terminal = Terminal(folder.resolve())
    play(FOLDER / name, terminal)
    return terminal


@pytest.fixture(scope="module")
def st1(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    return played(tmp_path_factory.mktemp("st1"), "st1.txt")


def in_short(terminal: Terminal, options: str = "") -> dict[str, Any]:
    answer = terminal.run(f"engage case northwind D1 --json {options}")
    assert (answer.err, answer.code) == ("", 0)
    found: dict[str, Any] = json.loads(answer.out)["sections"][0]
    assert found["heading"] == "In short"
    return found


def cells(section: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return {row["cells"]["What"]: tuple([*row["cells"].values()][2:]) for row in section["rows"]}


def test_st1_in_short_has_its_numbers_then_and_now(st1: Terminal) -> None:
    assert cells(in_short(st1)) == {
        "we knew": ("Fri 6 Jun 2025 09:00", "Tue 3 Jun 2025 14:20"),
        "the client was told": ("same", "Wed 11 Jun 2025 10:05"),
        "the client acknowledged": ("same", "Thu 12 Jun 2025 16:40"),
        "told after we knew": ("25.083 business hours", "43.75 business hours"),
        "notice was due": ("Mon 9 Jun 2025 17:00", "Thu 5 Jun 2025 14:20"),
        "notice late by": ("9.083 business hours", "27.75 business hours"),
        "that is, by the clock": ("41.083 hours", "139.75 hours"),
        "told before it was due": ("same", "12 business days"),
        "late by": ("", "26 business days (the client only 0, both at once 0, us only 0, neither is named 26)"),
    }


def test_what_was_known_then_can_be_asked_of_any_day(st1: Terminal) -> None:
    found = in_short(st1, "--then 2025-06-10")

    assert found["columns"][2:] == ["As known Tue 10 Jun 2025 23:59", "As known now"]
    assert cells(found)["the client was told"] == ("nothing says so", "Wed 11 Jun 2025 10:05")


def test_what_nobody_had_written_down_then_is_said_not_to_be_known(st1: Terminal) -> None:
    found = cells(in_short(st1, "--then 2025-06-05"))

    assert found["we knew"] == ("nothing says so", "Tue 3 Jun 2025 14:20")
    assert found["notice late by"] == ("-", "27.75 business hours")


def test_without_a_correction_there_is_one_column_and_what_is_open_is_at_least_so_late(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path.resolve())
    for when, line in (
        ("2025-06-02T09:00", "init --zone Europe/London --holidays GB-ENG"),
        ("2025-06-02T09:00", "open northwind --account Theatre"),
        ("2025-06-02T09:00", "agreed M2 rehearsal --due 2025-06-27"),
        ("2025-06-06T09:00", "slipped M2 --forecast 2025-07-18"),
        ("2025-06-20T09:00", "dispute 'Nobody told us.' --raised-by client --item M2"),
    ):
        terminal.at(when)
        assert terminal.run(f"engage {line}").code == 0, line

    assert cells(in_short(terminal)) == {
        "we knew": ("Fri 6 Jun 2025 09:00",),
        "the client was told": ("nothing says so",),
        "told after we knew": ("at least 80 business hours",),
        "notice was due": ("Mon 9 Jun 2025 17:00",),
        "notice late by": ("at least 64 business hours",),
        "that is, by the clock": ("at least 256 hours",),
        "late by": ("0 business days",),
    }


def test_the_word_of_the_client_is_named(tmp_path: Path) -> None:
    found = in_short(played(tmp_path, "story-corrections.txt"))

    assert cells(found)["the client was told"] == ("same", "Wed 28 May 2025 11:00")
    (told,) = [row["cells"] for row in found["rows"] if row["entries"] == [13, 19]]
    assert told["As known now"] == "Fri 30 May 2025 09:40, the client's word"
    assert found["said"][1] == (
        "Corrected since by ours #16 #17, the client's #19 #20, ours #21 #22, the client's #23 #24; after a dispute on it "
        "was raised: the client's #19 #20, ours #21 #22, the client's #23 #24."
    )
