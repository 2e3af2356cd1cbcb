"""Completion in the real shells: words, options, and the names in the ledger."""

import os
from pathlib import Path
from typing import Any

import pytest
from ledger_cli.words.completing import KINDS, people
from ledger_projections.tables import TABLES

from tests.shells import STARTED, Shell, missing, shell
from tests.transcripts import FOLDER, Terminal, play


def northwind(folder: Path) -> dict[str, str]:
    """Make the ledger of the story in *folder*; return what a shell must be told to find it."""
    play(FOLDER / "northwind.txt", Terminal(folder))
    paths = [str(Path(each).resolve()) for each in os.environ.get("PYTHONPATH", "").split(os.pathsep) if each]
    return {"ENGAGE_LEDGER": str(folder / "ledger"), "PYTHONPATH": os.pathsep.join(paths)}


def tabbed(running: Shell, line: str, *wanted: str) -> str:
    """Return the screen once *line* and Tab, twice where the first only completes what is common, show what is *wanted*."""
    running.press("C-u")
    running.type(line)
    running.press("Tab")
    running.press("Tab")
    return running.awaits(*wanted)


@pytest.mark.parametrize("name", STARTED)
def test_a_shell_completes_words_options_and_the_names_in_the_ledger(name: str, tmp_path: Path) -> None:
    if lacking := missing(name):
        pytest.skip(f"{lacking} is not installed")

    with shell(name, tmp_path, northwind(tmp_path)) as running:
        tabbed(running, "engage slip", "engage slipped")
        tabbed(running, "engage slipped nor", "engage slipped northwind")
        tabbed(running, "engage slipped northwind M", "engage slipped northwind M2")
        tabbed(running, "engage slipped northwind M2 --fore", "--forecast")
        tabbed(running, "engage told northwind S1 spon", "engage told northwind S1 sponsor")
        tabbed(running, "engage table sli", "engage table slips")


def test_what_completes_is_named_by_columns_that_are_there() -> None:
    for table, name, said in KINDS.values():
        assert {name, said} <= {column.name for column in TABLES[table].columns}


def test_a_person_is_offered_by_a_word_that_means_nobody_else() -> None:
    rows: list[dict[str, Any]] = [
        {"contact": "c1", "name": "Client sponsor", "role": "theatre director"},
        {"contact": "c2", "name": "Client lawyer", "role": "lawyer"},
        {"contact": "c3", "name": "O'Brien", "role": None},
        {"contact": "c4", "name": None, "role": None},
    ]

    assert people(rows, "") == [
        ("director", "Client sponsor"),
        ("lawyer", "Client lawyer"),
        ("brien", "O'Brien"),
        ("c4", ""),
    ]
    assert people(rows, "spo")[0] == ("sponsor", "Client sponsor")
