"""The runner delivers every entry exactly once: in one process, in several at once, and in some that are killed."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.stores.sqlite import SqliteJournal
from ledger.testing.projection_contract import ProjectionContract, append
from ledger.testing.proposals import ORIGIN, FakeClock
from tests.counting import Counting
from tests.places import ROOT


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Counting]:
    with SqliteJournal.create(tmp_path / "ledger.db", ORIGIN, FakeClock()) as journal:
        yield Counting(tmp_path, journal)


class TestOurRunner(ProjectionContract):
    @pytest.fixture
    def running(self, running: Counting) -> Counting:
        return running


def test_four_runners_at_once_count_every_entry_once(running: Counting) -> None:
    append(running.journal, 60)

    ended = [runner.wait() for runner in [_runner(running, page=1 + n) for n in range(4)]]

    assert (ended, sum(running.counts().values())) == ([0] * 4, 60)


def test_runners_killed_in_one_page_after_another_count_every_entry_once(running: Counting) -> None:
    append(running.journal, 12)

    ended = [_runner(running, page=3, dying_in=2).wait() for _ in range(3)]
    running.catch_up(page=5)

    assert (ended, sum(running.counts().values())) == ([-signal.SIGKILL] * 3, 12)


def _runner(running: Counting, *, page: int, dying_in: int = 0) -> subprocess.Popen[bytes]:
    paths = [str(running.ledger), str(running.counted)]
    return subprocess.Popen([sys.executable, "-m", "tests.counting", *paths, str(page), str(dying_in)], cwd=ROOT)
