"""Where the sides' words differ both are told: which was first by either, and when a notice was given by either (P31)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.transcripts import FOLDER, Terminal, play

if TYPE_CHECKING:
    from collections.abc import Mapping


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """Return a terminal at which we say that N1 was told a quarter of an hour before S1, and the client says: a day after."""
    terminal = Terminal(tmp_path_factory.mktemp("story").resolve())
    play(FOLDER / "story-corrections.txt", terminal)
    terminal.at("2025-07-15T10:00")
    because = "--because 'read on Saturday' --evidence sponsor.eml"
    assert terminal.run(f"engage correct 12 --at 2025-05-31 --party client {because}").code == 0
    return terminal


def section(terminal: Terminal, words: str) -> Mapping[str, Any]:
    answer = terminal.run(f"engage {words} --json")
    assert (answer.err, answer.code) == ("", 0)
    found: Mapping[str, Any] = json.loads(answer.out)["sections"][0]
    return found


def test_which_was_first_by_one_sides_word_alone_is_said_where_it_is_another(terminal: Terminal) -> None:
    found = section(terminal, "who-first northwind N1 S1")

    (told,) = [row["cells"] for row in found["rows"] if row["cells"]["Clock"] == "told"]
    assert told["First"] == "S1"
    assert (
        "Told, according to us alone: N1 Wed 28 May 2025 11:00 (#12), S1 Wed 28 May 2025 11:15 (#13). First: N1."
    ) in found["said"]


def test_nothing_is_said_of_one_sides_word_where_it_says_the_same(terminal: Terminal) -> None:
    found = section(terminal, "who-first northwind N1 S1 --as-known-on 2025-07-08")

    assert not [said for said in found["said"] if " alone: " in said]


def test_a_notice_shows_when_it_was_given_as_first_recorded_and_who_says_otherwise(terminal: Terminal) -> None:
    (row,) = section(terminal, "notices northwind")["rows"]

    assert row["cells"]["Given"] == (
        "Fri 30 May 2025 09:40 by email (#13, first recorded as Wed 28 May 2025 11:15, corrected by the client's #19), "
        "according to the client; acknowledged Mon 2 Jun 2025 09:30 (#15, first recorded as Thu 29 May 2025 16:00, corrected "
        "by the client's #20 #23 #24), according to the client"
    )
    assert {13, 15, 19, 20} <= set(row["entries"])
