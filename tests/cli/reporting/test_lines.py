"""Whatever has a form as JSON has one as JSON lines, of the same content; a report of lines is made again to the byte."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ledger_cli.reporting.about import NAME
from ledger_cli.reporting.text import FILED

from tests.transcripts import FOLDER, Terminal, play

REPORTS = {
    "who-knew": "S1",
    "who-first": "S1 M2",
    "notices": "",
    "delays": "M2",
    "signatures": "",
    "contemporaneity": "",
    "chronology": "",
    "schedule": "D1",
    "case": "D1",
}


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    terminal = Terminal(tmp_path_factory.mktemp("lines"))
    play(FOLDER / "northwind.txt", terminal)
    return terminal


def told(story: Terminal, line: str) -> list[dict[str, Any]]:
    """Return the lines that *line* answers, each read on its own."""
    answer = story.run(f"engage {line} --jsonl")
    assert answer.code == 0, answer
    return [json.loads(row) for row in answer.out.splitlines()]


@pytest.mark.parametrize(("name", "words"), REPORTS.items())
def test_a_report_of_lines_says_what_its_document_says(name: str, words: str, story: Terminal) -> None:
    first, *rest = told(story, f"{name} northwind {words}")
    document = json.loads(story.run(f"engage {name} northwind {words} --json").out)

    sections = document.pop("sections")
    rows = [{"heading": section["heading"], **row} for section in sections for row in section["rows"]]
    assert first == document
    assert [row for row in rest if "cells" in row] == rows
    assert [row["heading"] for row in rest if "said" in row] == [section["heading"] for section in sections]


@pytest.mark.parametrize(("name", "words"), REPORTS.items())
def test_a_text_in_a_file_is_no_wider_than_a_screen(name: str, words: str, story: Terminal) -> None:
    *lines, question = story.run(f"engage {name} northwind {words}").out.splitlines()

    assert [line for line in lines if len(line) > FILED] == []
    assert question.startswith(NAME)


def test_a_report_of_lines_is_made_again(story: Terminal, tmp_path: Path) -> None:
    story.run("engage chronology northwind --jsonl > chronology.jsonl")

    whole = story.run("engage verify-report chronology.jsonl")
    path = story.folder / "chronology.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("foreseen", "dreamt"), encoding="utf-8")

    assert (whole.code, story.run("engage verify-report chronology.jsonl").code) == (0, 5)


def test_practices_types_and_policies_are_a_line_each(story: Terminal) -> None:
    practices, one, types, policies = (told(story, each) for each in ("practices", "practices P15", "types", "policy"))

    assert practices == json.loads(story.run("engage practices --json").out)
    assert one == [json.loads(story.run("engage practices P15 --json").out)]
    by_area = json.loads(story.run("engage types --json").out)
    assert types == [{"area": area, **each} for area, some in by_area.items() for each in some]
    document = json.loads(story.run("engage policy --json").out)
    assert policies == [{"on": document["on"], **row} for row in [*document["policies"], *document["calendars"]]]


@pytest.mark.parametrize("line", ["notices northwind", "practices", "policy"])
def test_one_form_is_enough(line: str, story: Terminal) -> None:
    answer = story.run(f"engage {line} --json --jsonl")

    assert (answer.code, answer.err.startswith("One of --json")) == (2, True)
