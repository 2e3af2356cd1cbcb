"""The morning screen on a terminal: it fits, the worst stands first, what is left out is counted; watched, it changes."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.transcripts import Terminal

RUN = """\
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # as in a terminal: a shell's background is deaf to Ctrl-C
sys.argv = ['engage', *sys.argv[1:]]
from ledger_cli.main import run
run()
"""
PATIENCE = 20


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a ledger in which forty milestones are overdue and one slip is not told."""
    desk = Terminal(tmp_path_factory.mktemp("screen"))
    desk.at("2025-03-03T09:00")
    lines = ["engage init --zone Europe/London", "engage open northwind --account Northwind"]
    lines += [f'engage agreed M{number} "part {number} of it" --due 2025-03-05' for number in range(1, 41)]
    desk.runs(*lines, "engage slipped M40 --forecast 2025-03-20")
    return desk.folder / "ledger"


class Window:
    """A terminal of a size with `engage` in it."""

    def __init__(self, ledger: Path, words: Sequence[str], rows: int, columns: int) -> None:
        self.ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "ENGAGE_LEDGER": str(ledger)}
        environment |= {"PAGER": "cat", "TERM": "xterm", "NO_COLOR": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", RUN, *words],
            env=environment,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            close_fds=True,
        )
        os.close(theirs)
        self.said = ""

    def resize(self, rows: int, columns: int) -> None:
        """Give the window another size."""
        fcntl.ioctl(self.ours, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def until(self, text: str) -> str:
        """Read until *text* was said; return all that was."""
        ends = time.monotonic() + PATIENCE
        while text not in self.said and time.monotonic() < ends and (more := self._read()):
            self.said += more
        assert text in self.said, self.said
        return self.said

    def rest(self) -> list[str]:
        """Read to the end; return the lines."""
        while more := self._read():
            self.said += more
        self.process.wait(PATIENCE)
        os.close(self.ours)
        return self.said.replace("\r\n", "\n").splitlines()

    def _read(self) -> str:
        try:
            ready, _, _ = select.select([self.ours], [], [], PATIENCE)
            return os.read(self.ours, 65_536).decode() if ready else ""
        except OSError:  # the other end closed
            return ""


@pytest.mark.parametrize(("rows", "columns"), [(24, 80), (40, 100), (12, 80)])
def test_the_screen_fits_and_counts_what_it_leaves_out(ledger: Path, rows: int, columns: int) -> None:
    lines = Window(ledger, ["status"], rows, columns).rest()

    assert len(lines) < rows
    assert max(map(len, lines)) <= columns
    assert "M40 slip S1 not told" in next(line for line in lines if line.startswith(" NOW "))
    assert [line for line in lines if line.startswith("and ")] == [f"and {lines_left(lines)} more: engage signals"]


def lines_left(lines: Sequence[str]) -> int:
    """Return how many of the needs of the ledger *lines* do not show."""
    return 41 - sum(line.startswith((" NOW ", " TODAY ", " SOON ")) for line in lines)


def test_watched_it_shows_an_entry_that_somebody_else_records_and_leaves_at_ctrl_c(tmp_path: Path) -> None:
    desk = Terminal(tmp_path)
    desk.at("2025-03-03T09:00")
    for line in ("engage init --zone Europe/London", "engage open northwind --account Northwind"):
        desk.run(line)
    window = Window(desk.folder / "ledger", ["status", "--watch"], 24, 80)
    first = window.until("Nothing needs you")

    desk.run('engage bad-news "the hall is taken"')
    window.until("N1 bad news not told")
    window.process.send_signal(signal.SIGINT)
    window.rest()

    assert first.startswith("\x1b[?1049h")
    assert window.said.endswith("\x1b[?25h\x1b[?1049l")
    assert window.process.returncode == 0


def test_watched_in_a_window_of_another_size_it_is_painted_from_nothing(ledger: Path) -> None:
    window = Window(ledger, ["status", "--watch"], 24, 80)
    window.until("more: engage signals")
    window.said = ""

    window.resize(12, 80)
    said = window.until("more: engage signals")
    window.process.send_signal(signal.SIGINT)
    window.rest()

    assert said.startswith("\x1b[2J\x1b[1;1H")


def test_watching_is_for_somebody_at_a_terminal(tmp_path: Path) -> None:
    desk = Terminal(tmp_path)
    desk.run("engage init --zone Europe/London")

    said = [desk.run(f"engage status --watch {flag}") for flag in ("", "--json", "--check", "--as-known-on 2025-01-01")]

    assert [answer.code for answer in said] == [2, 2, 2, 2]


def test_a_check_says_nothing_while_all_is_well_and_only_what_needs_somebody_else(tmp_path: Path) -> None:
    desk = Terminal(tmp_path)
    desk.at("2025-03-03T09:00")
    for line in ("engage init --zone Europe/London", "engage open northwind --account Northwind"):
        desk.run(line)
    quiet = desk.run("engage status --check")
    desk.run('engage bad-news "the hall is taken"')

    loud = desk.run("engage status --check")

    assert (quiet.out, quiet.code) == ("", 0)
    assert (loud.out.splitlines()[0].split("  ")[0], loud.code) == (" SOON", 6)
