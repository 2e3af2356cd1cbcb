"""An entry has one grade, wherever it is shown: of what it said first; a correction of it has its own (M19)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.transcripts import FOLDER, Terminal, play

if TYPE_CHECKING:
    from collections.abc import Mapping


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """Return a terminal at which #16, written down within the hour, was said later to have been known three days before."""
    terminal = Terminal(tmp_path_factory.mktemp("story").resolve())
    play(FOLDER / "northwind.txt", terminal)
    return terminal


def told(terminal: Terminal, words: str) -> Mapping[str, Any]:
    answer = terminal.run(f"engage {words} --json")
    assert (answer.err, answer.code) == ("", 0)
    found: Mapping[str, Any] = json.loads(answer.out)
    return found


def graded(terminal: Terminal, words: str, column: str = "Grade") -> dict[int, str]:
    """Return the grades that the sections of a report have, by the first entry of the line."""
    lines = [row for section in told(terminal, words)["sections"] for row in section["rows"]]
    return {row["entries"][0]: row["cells"][column] for row in lines if column in row["cells"]}


def test_every_report_and_every_table_grade_an_entry_alike(terminal: Terminal) -> None:
    table = {row["position"]: row["grade"] for row in told(terminal, "table entries")["rows"]}
    metric = {
        row["subject"]: row["words"] for row in told(terminal, "table metrics")["rows"] if row["figure"] == "grade"
    }
    ids = {row["id"]: row["position"] for row in told(terminal, "table entries")["rows"]}

    assert (table[16], table[24]) == ("A", "C")
    assert {n: table[n] for n in (16, 24)} == {ids[one]: grade for one, grade in metric.items() if ids[one] in {16, 24}}
    for words in ("chronology northwind", "contemporaneity northwind --entries"):
        found = graded(terminal, words)
        assert {n: table[n] for n in found if n in table} == found


def test_who_knew_shows_the_grade_of_the_entry_and_of_its_correction(terminal: Terminal) -> None:
    found = [row for section in told(terminal, "who-knew northwind S1")["sections"] for row in section["rows"]]
    (knew,) = [row for row in found if row["values"].get("clock") == "aware" and row["entries"][0] == 16]

    assert (knew["cells"]["Grade"], knew["values"]["grade"]) == ("A · #24: C", "A")
