"""Two processes that make pages make those that one makes, and whatever becomes of the second, they are made."""

from __future__ import annotations

import os
import subprocess
import sys
from errno import ENOSPC
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from ledger_cli.picturing import apart, making
from ledger_cli.picturing.making import Made, made_of

from ledger.errors import Malformed
from tests.pictured import busy
from tests.transcripts import Terminal

if TYPE_CHECKING:
    from collections.abc import Mapping

ENGAGEMENTS = 3
"""Beside the one of which every picture has something to show."""


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    folder = tmp_path_factory.mktemp("apart")
    world = busy(folder)
    for number in range(ENGAGEMENTS):
        stream = f"engagement/later{number}"
        world.record("engagement-opened", stream, account="acme", alias=f"later{number}")
        world.record("milestone-agreed", stream, milestone_id="M1", due="2025-07-27", title="opening night")
    opened = world.record("engagement-opened", "engagement/hidden", account="acme", alias="hidden")
    terminal = Terminal(folder.resolve(), settings={"ENGAGE_LEDGER": "ledger.db"})
    terminal.at("2025-06-27T17:00")
    assert terminal.run(f"engage correct {opened.position} --visibility private --because 'only for us'").code == 0
    return terminal


@pytest.fixture(scope="module")
def alone(terminal: Terminal) -> Mapping[str, str]:
    """Return the pages that one process makes."""
    return written(terminal, "alone")


@pytest.fixture
def began(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Have all pages made in two processes, however few; return those that began."""
    began, start = list[subprocess.Popen[bytes]](), subprocess.Popen

    def started(*args: Any, **options: Any) -> subprocess.Popen[bytes]:
        began.append(start(*args, **options))
        return began[-1]

    monkeypatch.setattr(apart, "WORTH_A_PROCESS", 2)
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 1}, raising=False)
    monkeypatch.setattr(subprocess, "Popen", started)
    return began


def test_two_processes_make_the_pages_that_one_makes(
    terminal: Terminal,
    alone: Mapping[str, str],
    began: list[subprocess.Popen[bytes]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here: list[Made] = []

    def counted(*args: Any) -> Made:
        here.append(made_of(*args))
        return here[-1]

    monkeypatch.setattr(apart, "made_of", counted)

    assert written(terminal, "both") == alone
    assert [process.returncode for process in began] == [0]
    assert len(here) == 3  # of five, one of which is hidden


def test_a_second_process_that_ends_at_once_leaves_all_to_the_first(
    terminal: Terminal,
    alone: Mapping[str, str],
    began: list[subprocess.Popen[bytes]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")

    assert written(terminal, "ended") == alone
    assert [process.returncode for process in began] == [1]


def test_a_second_process_that_cannot_begin_leaves_all_to_the_first(
    terminal: Terminal,
    alone: Mapping[str, str],
    began: list[subprocess.Popen[bytes]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")

    assert written(terminal, "nowhere") == alone
    assert began == []


def test_without_a_folder_for_what_it_makes_there_is_no_second_process(
    terminal: Terminal,
    alone: Mapping[str, str],
    began: list[subprocess.Popen[bytes]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(**asked: object) -> None:
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr(apart, "TemporaryDirectory", full)

    assert written(terminal, "full") == alone
    assert began == []


def test_where_there_is_no_room_to_say_what_to_make_there_is_none_either(
    terminal: Terminal,
    alone: Mapping[str, str],
    began: list[subprocess.Popen[bytes]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write = Path.write_text

    def full(path: Path, *said: Any, **options: Any) -> int:
        if path.name == "task":
            raise OSError(ENOSPC, "No space left on device")
        return write(path, *said, **options)

    monkeypatch.setattr(Path, "write_text", full)

    assert written(terminal, "no room") == alone
    assert began == []


def test_what_cannot_be_drawn_is_refused_and_not_said_to_be_hidden(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def beyond(source: object) -> None:
        raise Malformed("The calendar is not open that often.")

    monkeypatch.setattr(making, "shown", beyond)

    answer = terminal.run("engage report --html beyond")

    assert (answer.code, answer.err) == (3, "The calendar is not open that often.\n")


def test_what_cannot_be_written_ends_the_second_process_too(
    terminal: Terminal, began: list[subprocess.Popen[bytes]]
) -> None:
    folder = terminal.folder / "mine"
    folder.mkdir()
    (folder / "northwind.html").write_text("<p>my own page</p>")

    assert terminal.run("engage report --html mine").code == 3
    assert [process.poll() is not None for process in began] == [True]


def written(terminal: Terminal, name: str) -> dict[str, str]:
    """Return the pages of all engagements, by the names of their files."""
    answer = terminal.run(f"engage report --html '{name}'")
    assert answer.code == 0, answer.err
    return {path.name: path.read_text("utf-8") for path in Path(terminal.folder, name).iterdir()}
