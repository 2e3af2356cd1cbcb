"""The printed file of a dispute says nothing twice, and breaks no word that fits."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.transcripts import FOLDER, Terminal, play

if TYPE_CHECKING:
    from collections.abc import Sequence


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    terminal = Terminal(tmp_path_factory.mktemp("story").resolve())
    play(FOLDER / "northwind.txt", terminal)
    assert terminal.run("engage case northwind D1 --html case.html").code == 0
    return terminal


def sections(terminal: Terminal) -> Sequence[dict[str, Any]]:
    found: Sequence[dict[str, Any]] = json.loads(terminal.run("engage case northwind D1 --json").out)["sections"]
    return found


def test_no_part_has_the_heading_of_another(terminal: Terminal) -> None:
    headings = [section["heading"] for section in sections(terminal)]

    assert sorted(headings) == sorted(set(headings))


def test_what_reads_the_same_then_and_now_is_not_compared_again(terminal: Terminal) -> None:
    (compared,) = [each for each in sections(terminal) if each["heading"] == "As known then, and as known now"]

    assert compared["rows"]
    assert all(row["values"]["then"] != row["values"]["now"] for row in compared["rows"])


def test_one_who_wrote_everything_down_has_no_table_that_repeats_the_sum(terminal: Terminal) -> None:
    assert "Grades by who wrote it down" not in {section["heading"] for section in sections(terminal)}


def test_only_what_is_longer_than_a_word_may_be_broken_anywhere(terminal: Terminal) -> None:
    page = (terminal.folder / "case.html").read_text("utf-8")
    broken = re.findall(r'<t[dh][^>]* class="[^"]*word[^"]*"[^>]*>(?:<div>)?([^<]*)', page)

    assert broken
    assert all(max(map(len, cell.split())) > 24 for cell in broken)
