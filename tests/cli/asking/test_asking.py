"""What a command lacks: asked for at a terminal, a real one too; elsewhere refused with the whole command to type."""

from __future__ import annotations

import io
import os
import pty
import select
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from ledger_cli.keyboard import keyboard

from tests.transcripts import Terminal

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 20
"""So many seconds a terminal is waited for."""
CTRL_C, CTRL_D = b"\x03", b"\x04"
BEGUN = (
    "engage init --zone Europe/London --holidays GB-ENG",
    'engage open northwind --account "Northwind Theatre"',
    'engage person northwind "Client sponsor" --side client --level executive',
    'engage agreed M1 "get-in plan" --due 2025-05-16',
)
LACKING = {
    "engage slipped": "engage slipped MILESTONE --forecast WHEN",
    "engage slipped northwind": "engage slipped northwind MILESTONE --forecast WHEN",
    'engage slipped M1 --because "it\'s late"': 'engage slipped M1 --because "it\'s late" --forecast WHEN',
    "engage --ledger ledger told M1 --by call": "engage --ledger ledger told M1 WHO --by call",
    "engage told --impact 'told them'": 'engage told SLIP WHO --impact "told them"',
    "engage bad-news --told 'Client sponsor'": 'engage bad-news "TEXT" --told "Client sponsor"',
    "engage bad-news --source '$HOME'": "engage bad-news \"TEXT\" --source '$HOME'",
}


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    made = Terminal(tmp_path)
    made.at("2025-05-12T09:00")
    made.runs(*BEGUN)
    return made


@pytest.mark.parametrize("typed", LACKING)
def test_in_a_pipe_the_whole_command_is_printed_for_one_that_lacks_something(terminal: Terminal, typed: str) -> None:
    answer = terminal.run(typed)

    assert (answer.code, answer.err.splitlines()[1]) == (2, f"  {LACKING[typed]}")


def test_whoever_leaves_has_recorded_nothing_and_added_nobody(terminal: Terminal) -> None:
    before = terminal.run("engage log --everything --json").out
    terminal.attended = True

    answer = terminal.run('engage bad-news "x" --told "Ann Ojo"', ["y", "client"])

    assert (answer.code, answer.err) == (2, "Nothing was recorded.\n")
    assert terminal.run("engage log --everything --json").out == before


def test_two_newcomers_of_one_command_get_an_id_each(terminal: Terminal) -> None:
    terminal.attended = True

    answer = terminal.run("engage bad-news x --told 'Ann Ojo' --told 'Bo Lind' --told 'Ann Ojo'", [""] * 8)

    assert [line.split("  ")[1][:24] for line in answer.out.splitlines() if line.startswith("Recorded")] == [
        "contact c2 added: Ann Oj",
        "contact c3 added: Bo Lin",
        'bad news N1 "x" learned,',
        "told Ann Ojo, Bo Lind an",
    ]


def test_what_is_asked_about_a_hostile_name_moves_no_cursor(terminal: Terminal) -> None:
    terminal.attended = True

    answer = terminal.run("engage bad-news x --told '\x1b[2J\u202egnp.exe'", ["y", "client", "senior"])

    assert "\\x1b[2J\\u202egnp.exe" in answer.out
    assert not {"\x1b", "\u202e"} & set(answer.out + answer.err)


def test_nobody_is_asked_where_a_stream_is_closed_or_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = io.StringIO()
    closed.close()

    for stdin in (None, closed, io.StringIO()):
        monkeypatch.setattr(sys, "stdin", stdin)
        assert keyboard() is None


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        (b"The hall is double-booked.\n", 0, 'bad news N1 "The hall is double-booked." learned'),
        (CTRL_C, 2, "Nothing was recorded."),
        (CTRL_D, 2, "Nothing was recorded."),
    ],
)
def test_the_installed_command_asks_at_a_real_terminal(terminal: Terminal, typed: bytes, code: int, said: str) -> None:
    ours, theirs = pty.openpty()
    process = _started("bad-news", terminal.folder, theirs)
    os.close(theirs)

    shown = _shown(ours, b"What is the news? ")
    os.write(ours, typed)
    shown += _shown(ours, None, again=typed if typed == CTRL_C else b"")

    os.close(ours)
    assert (process.wait(PATIENCE), said in shown.decode()) == (code, True), shown


def _started(word: str, folder: Path, terminal: int) -> subprocess.Popen[bytes]:
    """Start `engage` at *terminal*, which is its own: Ctrl-C is for it alone."""
    settings = {"ENGAGE_LEDGER": str(folder / "ledger"), "PYTHONPATH": os.pathsep.join(sys.path), "TERM": "dumb"}
    return subprocess.Popen(
        [sys.executable, "-c", _RUN, word],
        env={**os.environ, **settings},
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
    )


_RUN = """
import fcntl, runpy, signal, sys, termios
signal.signal(signal.SIGINT, signal.default_int_handler)  # as in a terminal: a shell's background is deaf to Ctrl-C
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
runpy.run_module("ledger_cli", run_name="__main__", alter_sys=True)
"""


def _shown(terminal: int, end: bytes | None, *, again: bytes = b"") -> bytes:
    """Return what *terminal* shows up to *end*, or until it is let go of; type *again* what it may have been too early for."""
    shown = b""
    for _ in range(10 * PATIENCE):
        if not select.select([terminal], [], [], 0.1)[0]:
            os.write(terminal, again)
            continue
        try:
            shown += os.read(terminal, 4096)
        except OSError:  # the other end closed
            return shown
        if end and end in shown:
            return shown
    pytest.fail(f"the terminal shows no more than {shown!r}")
