"""Eight processes append to one file at once: nothing is lost, nothing is doubled."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ledger import entry, merkle
from ledger.drafts import Draft, Identity
from ledger.service import Ledger
from ledger.stores.sqlite import SqliteJournal, system_clock
from ledger.testing.proposals import ORIGIN, proposal
from ledger.values import Position, Stream
from tests.appending import SHARED
from tests.places import ROOT

WRITERS, TIMES = 8, 40


def test_eight_processes_at_once_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with SqliteJournal.create(path, ORIGIN, system_clock) as journal:
        append = [sys.executable, "-m", "tests.appending", "shared", str(path)]
        writers = [subprocess.Popen([*append, str(name), str(TIMES)], cwd=ROOT) for name in range(WRITERS)]
        ended = [writer.wait() for writer in writers]
        entries = [entry.decode(*stored) for stored in journal.since(Position(0), 10**6)]
        heads = {head.stream: head.version for head in journal.streams()}
        root = journal.root()
        versions = [(s, [entry.decode(*stored).version for stored in journal.read(s)]) for s in heads]

    own = {f"engagement/own{name}": TIMES for name in range(WRITERS)}
    assert ended == [0] * WRITERS
    assert len({e.id for e in entries}) == len(entries) == 2 * WRITERS * TIMES
    assert heads == {**own, SHARED: WRITERS * TIMES}
    assert versions == [(s, [*range(1, n + 1)]) for s, n in heads.items()]
    assert [e.recorded for e in entries] == sorted(e.recorded for e in entries)
    assert root == merkle.root([merkle.leaf_hash(entry.encode(e.attributes)) for e in entries])


def test_six_processes_that_open_the_same_client_at_once_open_one(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with SqliteJournal.create(path, ORIGIN, system_clock) as journal:
        lead = Identity("lead@example.org", "Lead")
        Ledger(journal, lead).record(Draft("policy-set", "practice", {"valid_from": "2025-01-01"}))
        start = time.time() + 2
        opening = [sys.executable, "-m", "tests.appending", "opening", str(path), str(start)]
        writers = [subprocess.Popen(opening, cwd=ROOT) for _ in range(6)]
        ended = [writer.wait() for writer in writers]
        heads = {head.stream.partition("/")[0]: head.version for head in journal.streams()}
        count = sum(1 for _ in journal.streams())

    assert ended == [0] * 6
    assert (count, heads) == (3, {"practice": 2, "account": 1, "engagement": 1})


def test_threads_that_share_a_journal_take_turns(tmp_path: Path) -> None:
    with SqliteJournal.create(tmp_path / "ledger.db", ORIGIN, system_clock) as journal:

        def append(name: int) -> None:
            own = Stream(f"engagement/own{name}")
            for n in range(TIMES):
                journal.append([proposal(name << 20 | n, own)], {own: n})

        with ThreadPoolExecutor(4) as threads:
            list(threads.map(append, range(4)))
        versions = {head.stream: head.version for head in journal.streams()}

    assert versions == {f"engagement/own{name}": TIMES for name in range(4)}
