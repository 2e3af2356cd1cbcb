"""A concern may be named before or behind what is said to become of it, and its number is never taken for a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.transcripts import Terminal


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """A terminal at whose ledger a concern was felt."""
    terminal = Terminal(tmp_path)
    for line in ("init", "open northwind --account acme", 'concern "too many calls"'):
        assert terminal.run(f"engage {line}").code == 0
    return terminal


@pytest.mark.parametrize(
    ("line", "said"),
    {
        'concern C1 "fewer calls" --raised': "concern C1 raised by us",
        'concern northwind C1 "fewer calls" --raised': "concern C1 raised by us",
        "concern C1 --resolved": "concern C1 resolved",
        'concern northwind C1 "agreed on one call" --resolved': "concern C1 resolved",
    }.items(),
)
def test_a_concern_may_be_named_first(terminal: Terminal, line: str, said: str) -> None:
    answer = terminal.run(f"engage {line}")

    assert (answer.code, said in answer.out) == (0, True)


@pytest.mark.parametrize("line", ["concern C1", "concern northwind C7", "concern C1 --raised", "concern C7 --resolved"])
def test_the_number_of_a_concern_is_no_text(terminal: Terminal, line: str) -> None:
    answer = terminal.run(f"engage {line}")

    assert (answer.code != 0, answer.out) == (True, "")


def test_an_engagement_that_is_called_like_a_concern_is_none(terminal: Terminal) -> None:
    terminal.run("engage open c1 --account acme")

    assert "C1 felt" in terminal.run('engage concern c1 "too few calls"').out
    assert "C2 raised by us" in terminal.run('engage concern c1 "fewer calls" --raised').out
