"""T3: a single durable append against the same raw rows; T5: growth of bytes written and of CPU with the size of the log.

python -m bench.appending              T3 on the disk and on tmpfs, syncs counted with strace if it is there
python -m bench.appending --growth N   T5 up to N entries (2,000,000 by default; 10,000,000 takes an hour)
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.harness import measure
from bench.proposed import THEN, Clock, proposed
from ledger.stores.sqlite import SqliteJournal
from ledger.values import Stream

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ledger.canonical import JSON
    from ledger.entry import Proposal

ORIGIN = "bench.example/engagements/growth"
BATCH = 10_000
ENTRIES_A_STREAM = 50


def proposal(number: int) -> Proposal:
    """Return a slip of 445 bytes or so, as an entry about to be appended."""
    data: Mapping[str, JSON] = {"slip_id": "S1", "milestone_id": "M2", "forecast": "2025-07-18", "causes": []}
    stream, texts = f"engagement/{number // ENTRIES_A_STREAM:012d}", {"why": "the vendor's interface is late"}
    return proposed(ORIGIN, number, stream, "slip-foreseen", data, texts, 3, occurred=THEN)


def expected(number: int) -> dict[Stream, int]:
    """Return the version of the stream that entry *number* goes to."""
    return {Stream(f"engagement/{number // ENTRIES_A_STREAM:012d}"): number % ENTRIES_A_STREAM}


def single(folder: Path, where: str, *, runs: int, appends: int) -> None:
    """Print T3: *appends* single appends against the same raw rows in the same kind of database."""
    journal = SqliteJournal.create(folder / "ledger.db", ORIGIN, Clock())
    raw = sqlite3.connect(folder / "raw.db", isolation_level=None)
    raw.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "CREATE TABLE entries (position INTEGER PRIMARY KEY, stream, version, previous, type, id, recorded, leaf, entry);"
        "CREATE TABLE disclosures (key INTEGER PRIMARY KEY, disclosure); CREATE TABLE heads (stream PRIMARY KEY, version);"
    )
    counters = {"ours": iter(range(10**9)), "raw": iter(range(1, 10**9))}
    made = {side: [proposal(n) for n in range(appends * (runs + 2))] for side in counters}

    def ours() -> None:
        for _ in range(appends):
            number = next(counters["ours"])
            journal.append([made["ours"][number]], expected(number))

    def bare() -> None:
        for _ in range(appends):
            raw_rows(raw, next(counters["raw"]), made["raw"])

    pair = measure(
        f"T3 single durable append on {where}", "raw rows", {"raw rows": bare, "append": ours}, runs=runs, units=appends
    )
    print(pair.report({"append": 3.0 if where == "tmpfs" else 1.5}))
    journal.close()
    raw.close()


def raw_rows(raw: sqlite3.Connection, number: int, made: list[Proposal]) -> None:
    """Insert what an append inserts, ready made."""
    entry, head = made[number - 1], b"x" * 800
    raw.execute("BEGIN IMMEDIATE")
    raw.execute(
        "INSERT INTO entries VALUES (?,?,?,?,?,?,?,?,?)", (number, "s", 1, 0, "t", entry.id, "r", head[:32], head)
    )
    rows = [(number << 6 | ordinal, text) for ordinal, text in enumerate(entry.disclosures)]
    raw.executemany("INSERT INTO disclosures VALUES (?,?)", rows)
    raw.execute("INSERT OR REPLACE INTO heads VALUES (?,?)", (number // ENTRIES_A_STREAM, number))
    raw.execute("COMMIT")


def syncs() -> None:
    """Print how many times one append asks the disk to keep what it has, counted with strace."""
    if shutil.which("strace") is None:
        print("T3 syncs: strace is not installed, so they were not counted")
        return
    with tempfile.TemporaryDirectory() as folder:
        counts = [_syncs_of(Path(folder), appends) for appends in (100, 600)]
    print(f"T3 syncs of one append: {(counts[1] - counts[0]) / 500:.2f}  target 1 (checkpoints of the WAL included)")


def _syncs_of(folder: Path, appends: int) -> int:
    log = folder / f"strace-{appends}"
    command = ["strace", "-f", "-e", "trace=fsync,fdatasync", "-o", str(log), sys.executable, "-m", "bench.appending"]
    subprocess.run([*command, "--appends", str(appends)], check=True)
    return sum("sync(" in line for line in log.read_text().splitlines())


def growth(most: int) -> None:
    """Print T5: bytes written an entry and CPU of a batch and of a single append, as the log grows."""
    with tempfile.TemporaryDirectory(dir="/dev/shm" if most <= 2_000_000 else None) as folder:
        journal = SqliteJournal.create(Path(folder) / "ledger.db", ORIGIN, Clock())
        print(f"{'entries':>12} {'bytes written an entry':>24} {'batch CPU an entry':>20} {'single append CPU':>18}")
        for size, written, batch_cpu in _grown(journal, most):
            print(
                f"{size:>12,} {written:>24,.0f} {batch_cpu * 1e6:>17.1f} us {_single_cpu(journal, size) * 1e6:>15.1f} us"
            )
        journal.close()


def _grown(journal: SqliteJournal, most: int) -> Iterator[tuple[int, float, float]]:
    marks = [n for n in (10_000, 50_000, 200_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000) if n <= most]
    size = int(journal.head())
    for mark in marks:
        written, cpu, begun = _written(), 0.0, size
        while size < mark:
            made = [proposal(n) for n in range(size, size + BATCH)]
            versions = {stream: 0 for n in range(size, size + BATCH, ENTRIES_A_STREAM) for stream in expected(n)}
            started = time.process_time()
            journal.append(made, versions)
            cpu += time.process_time() - started
            size += BATCH
        yield mark, (_written() - written) / (size - begun), cpu / (size - begun)


def _single_cpu(journal: SqliteJournal, size: int) -> float:
    """Return the CPU of one append, by a stream of its own, on top of *size* entries; the median of 200."""
    times = []
    for number in range(200):
        extra = proposal(10**9 + size * 1_000 + number * ENTRIES_A_STREAM)
        started = time.process_time()
        journal.append([extra], {extra.stream: 0})
        times.append(time.process_time() - started)
    return sorted(times)[100]


def _written() -> int:
    """Return the bytes this process has handed to write calls."""
    lines = Path("/proc/self/io").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("wchar")))


def main() -> None:
    """Run what the arguments ask for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--growth", type=int, nargs="?", const=2_000_000)
    parser.add_argument("--appends", type=int, help="only append, for strace")
    given = parser.parse_args()
    if given.growth:
        growth(given.growth)
        return
    if given.appends:
        with (
            tempfile.TemporaryDirectory() as folder,
            SqliteJournal.create(Path(folder) / "l.db", ORIGIN, Clock()) as journal,
        ):
            for number in range(given.appends):
                journal.append([proposal(number)], expected(number))
        return
    for where, parent in (("disk", None), ("tmpfs", "/dev/shm")):
        with tempfile.TemporaryDirectory(dir=parent) as folder:
            single(Path(folder), where, runs=7, appends=200)
    syncs()


if __name__ == "__main__":
    main()
