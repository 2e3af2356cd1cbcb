"""A correction that does not repeat what was so is told with what was so until then, not with the first value of all."""

import json
from typing import Any

import pytest

from tests.transcripts import FOLDER, Terminal, play


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """Return a terminal at which #14 of ST1, corrected on 2 July from 6 to 3 June, is corrected again to 4 June."""
    terminal = Terminal(tmp_path_factory.mktemp("before").resolve())
    play(FOLDER / "st1.txt", terminal)
    terminal.settings["COLUMNS"] = "400"
    changes = json.dumps([{"path": "aware", "after": '"2025-06-04T08:00:00.000000Z"'}])
    given = ("--entry", "14", "--kind", "amend", "--changes", changes, "--reason", "so")
    answer = terminal.engage(["record", "entry-corrected", "--on", "northwind", *given])
    assert (answer.err, answer.code) == ("", 0)
    return terminal


SAID = {
    "log": ("engage log northwind", "corrects #14: known 3 Jun 14:20 → 4 Jun 09:00"),
    "show": ("engage show 14", "Tue 3 Jun 2025 14:20 → Wed 4 Jun 2025 09:00"),
    "case": ("engage case northwind D1 --csv", "known: Tue 3 Jun 2025 14:20,known: Wed 4 Jun 2025 09:00"),
}


@pytest.mark.parametrize(("command", "expected"), SAID.values(), ids=SAID)
def test_it_is_told_with_what_was_so_until_then(corrected: Terminal, command: str, expected: str) -> None:
    assert expected in corrected.run(command).out


def test_a_program_reads_it_too(corrected: Terminal) -> None:
    shown: Any = json.loads(corrected.run("engage show 14 --json").out)

    assert [change["before"] for row in shown["corrections"] for change in row["changes"]] == [
        "2025-06-06T08:00:00.000000Z",
        "2025-06-03T13:20:00.000000Z",
    ]
