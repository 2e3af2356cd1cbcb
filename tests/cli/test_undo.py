"""What `undo` takes back: my last entry, and never one that merely stands before it."""

from pathlib import Path

import pytest

from tests.transcripts import Terminal


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """A ledger with somebody who may sign and accept."""
    terminal = Terminal(tmp_path)
    for words in ("init", "open northwind --account acme", "person ann --side client --level senior --may sign"):
        assert terminal.run(f"engage {words}").code == 0
    return terminal


@pytest.mark.parametrize("words", ["policy --set floor=70", "key new", "clock --from 3 --offset -1h --because x"])
def test_what_governs_the_ledger_is_not_taken_back_in_passing_nor_what_stands_before_it(
    terminal: Terminal, words: str
) -> None:
    assert terminal.run(f"engage {words}").code == 0

    answer = terminal.run("engage undo")

    assert (answer.code, "governs the ledger" in answer.err) == (3, True)
    assert "withdraws" not in terminal.run("engage log").out


def test_what_governs_the_ledger_is_passed_over_once_it_was_taken_back(terminal: Terminal) -> None:
    terminal.run("engage policy --set floor=70")
    terminal.run("engage undo --entry 7")

    assert "Took back #6" in terminal.run("engage undo").out


def test_what_was_said_of_our_own_side_is_taken_back_like_everything_else(terminal: Terminal) -> None:
    terminal.run("engage record capacity-stated --from-on 2025-01-06 --to-on 2025-01-10 --days 3")

    assert "Took back #7" in terminal.run("engage undo").out
