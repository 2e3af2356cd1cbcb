"""A process killed at any moment loses no entry that was acknowledged, and leaves a ledger that verifies."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ledger import entry, merkle
from ledger.stores.reading import SqliteReader
from ledger.stores.sqlite import SqliteJournal, system_clock
from ledger.testing.proposals import ORIGIN, entry_id, proposal
from ledger.values import Position
from tests.places import ROOT


@pytest.mark.parametrize("kills", [20, pytest.param(200, marks=pytest.mark.slow)])
def test_killing_a_writer_at_any_moment_loses_nothing_it_acknowledged(tmp_path: Path, kills: int) -> None:
    path, moments = tmp_path / "ledger.db", random.Random(kills)
    SqliteJournal.create(path, ORIGIN, system_clock).close()
    acknowledged = verified = 0
    for _ in range(kills):
        promised = _append_and_die(path, moments.uniform(0.002, 0.06))
        acknowledged += len(promised)
        verified = _verify(path, verified, promised[-1])

    with SqliteJournal.open(path, system_clock) as journal:
        journal.append([proposal(verified + 1)], {proposal(1).stream: 0})
    assert acknowledged >= kills
    assert verified > 256 * 3


def _append_and_die(path: Path, seconds: float) -> list[int]:
    append = [sys.executable, "-m", "tests.appending", "alone", str(path)]
    with subprocess.Popen(append, stdout=subprocess.PIPE, text=True, cwd=ROOT) as writer:
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep(seconds)
        writer.send_signal(signal.SIGKILL)
        return [int(line) for line in [first, *writer.stdout] if line.endswith("\n")]


def _verify(path: Path, verified: int, promised: int) -> int:
    """Return the new head, having seen that all that was *promised* is there and the tree is the entries'."""
    with SqliteReader(path) as reader:
        head = reader.head()
        leaves = [merkle.leaf_hash(raw) for _, raw in reader.since(Position(0), head)]
        assert head >= promised
        assert len(leaves) == head
        assert reader.root() == merkle.root(leaves)
        for stored in reader.since(Position(verified), head):
            read = entry.decode(*stored)
            assert (read.version, read.id) == (stored.position, entry_id(stored.position))
            assert len(reader.disclosures([stored.position])[stored.position]) == 3
        return head
