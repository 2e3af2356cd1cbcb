"""What is recorded afterwards holds from when it happened: who may sign by a letter could sign on its day."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.transcripts import Terminal

if TYPE_CHECKING:
    from pathlib import Path

THEN = ("2026-09-01", "2026-09-01T10:00")


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """Return a terminal in November, at which an engagement of September is brought in."""
    terminal = Terminal(tmp_path)
    terminal.at("2026-11-23T09:00")
    terminal.runs(
        "engage init --zone Europe/London",
        "engage open acme --account 'Acme' --at 2026-09-01",
        "engage agreed --template > letter.toml",
    )
    return terminal


@pytest.mark.parametrize("then", THEN)
def test_whoever_a_letter_lets_sign_could_sign_on_the_day_it_was_agreed(terminal: Terminal, then: str) -> None:
    assert terminal.run(f"engage agreed acme letter.toml --at {then}").code == 0
    terminal.runs(
        "engage signed acme --version 1 --by lead --at 2026-09-01T12:00",
        "engage signed acme --version 1 --by sponsor --at 2026-09-02T12:00",
    )

    (row,) = json.loads(terminal.run("engage table agreements --json").out)["rows"]

    assert (row["state"], row["signed_by_both_at"]) == ("signed by both", "2026-09-02T11:00:00.000000Z")


@pytest.mark.parametrize("then", THEN)
def test_somebody_may_sign_from_the_day_that_it_was_so(terminal: Terminal, then: str) -> None:
    who = "engage person acme 'Vera Klein' --side client --level executive --may sign"

    assert "Vera Klein may sign from 1 Sep" in terminal.run(f"{who} --at {then}").out


def test_without_a_day_somebody_may_sign_from_today(terminal: Terminal) -> None:
    who = "engage person acme 'Vera Klein' --side client --level executive --may sign"

    assert "Vera Klein may sign from 23 Nov" in terminal.run(who).out
