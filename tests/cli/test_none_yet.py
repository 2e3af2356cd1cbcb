"""Whoever names what is not there is told what there is, or how the first comes to be."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.transcripts import Terminal


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    terminal = Terminal(tmp_path)
    for words in ("init", "open oxford --account acme"):
        assert terminal.run(f"engage {words}").code == 0
    return terminal


@pytest.mark.parametrize(("name", "kind"), [("M1", "milestone"), ("O1", "obligation")])
def test_where_none_is_there_the_first_is_offered(terminal: Terminal, name: str, kind: str) -> None:
    answer = terminal.run(f'engage bad-news oxford "the hall is shut" --about {name}')

    assert answer.err.splitlines() == [
        f'No {kind} "{name}". Nothing was recorded.',
        f'  There is no {kind} yet: engage agreed {name} "TITLE" --due WHEN, or leave {name} out.',
    ]


def test_where_some_are_they_are_named(terminal: Terminal) -> None:
    terminal.run('engage agreed oxford M2 "opening" --due 2025-06-27')

    answer = terminal.run('engage bad-news oxford "the hall is shut" --about M71')

    assert answer.err.splitlines()[1:] == ["  There are: M2."]


def test_of_what_gets_its_number_here_nobody_is_told_to_make_one(terminal: Terminal) -> None:
    answer = terminal.run('engage bad-news oxford "the hall is shut" --about S1')

    assert answer.err.splitlines()[1:] == ["  There is no slip yet."]
