"""T7 beside its peers: a rebuild of so many entries, mostly talk, and a balance of as many transactions by ledger and hledger.

python -m bench.peers                          100,000; a peer that is not installed is left out
python -m bench.peers --ledger FILE            a ledger that is there
                      --times 10               so many times its engagements

A transaction has a day, a payee and two postings, to an account of its engagement and to one of its client. The memory is
the most that each process held, added up.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ledger_projections.tables import TABLES

from bench.morning import ENGAGEMENTS, fill
from bench.multiplied import multiply
from bench.rebuilding import FEW, apart
from ledger.calendars import instant
from ledger.stores.reading import SqliteReader

if TYPE_CHECKING:
    from collections.abc import Iterator

MEMORY = "/dev/shm"
TARGETS = "target below 1, and a fiftieth"


class Side(NamedTuple):
    """What one side took: seconds by the wall, and megabytes of all its processes."""

    name: str
    seconds: float
    megabytes: int

    def said(self, size: int) -> str:
        """Return what *size* transactions or entries took."""
        return f"{self.name:<36} {self.seconds:>7.2f} s {size / self.seconds:>10,.0f}/s {self.megabytes:>7,} MB"

    def beside(self, peer: Side) -> str:
        """Return how that stands beside a peer."""
        return f"{self.seconds / peer.seconds:.2f} of its time, 1/{peer.megabytes / self.megabytes:.0f} of its memory"


def peers(journal: Path) -> Iterator[Side]:
    """Yield what a balance of *journal* takes in each peer that is here."""
    for name in ("ledger", "hledger"):
        if program := shutil.which(name):
            yield _balanced(f"{name} balance", [program, "-f", str(journal), "balance"])


def ours(ledger: Path, folder: Path) -> Iterator[Side]:
    """Yield what a rebuild of *ledger* takes: of three tables, and of all."""
    as_of = instant(datetime.now(UTC))
    for what, names in ((", ".join(FEW), FEW), (f"all {len(TABLES)} tables", tuple(TABLES))):
        cost = apart(ledger, str(folder / f"{len(names)}.db"), names, as_of)
        yield Side(what, cost.wall, cost.own_mb + cost.other_mb)


def write(journal: Path, size: int) -> None:
    """Write *size* transactions in the language that both peers read."""
    with journal.open("w", encoding="utf-8") as lines:
        for number in range(size):
            client = number % ENGAGEMENTS
            lines.write(
                f"2025-{1 + number * 12 // size:02}-{1 + number % 28:02} * a call of {number}\n"
                f"    Work:e{client}  {1 + number % 90} GBP\n    Clients:client-{client}\n\n"
            )


def _balanced(name: str, command: list[str]) -> Side:
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{name} ended with {process.returncode}")
    return Side(name, time.perf_counter() - started, used.ru_maxrss // 1024)


def main() -> None:
    """Run what the arguments ask for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--ledger", type=Path)
    parser.add_argument("--times", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=MEMORY if os.path.isdir(MEMORY) else None) as scratch:
        folder = Path(scratch)
        ledger = asked.ledger or folder / "once.db"
        if asked.ledger is None:
            fill(ledger)
        if asked.times > 1:
            multiply(ledger, asked.times, folder / "ledger.db")
            ledger = folder / "ledger.db"
        with SqliteReader(ledger) as reader:
            size = int(reader.head())
        write(folder / "transactions.journal", size)
        others = list(peers(folder / "transactions.journal"))
        print("\n".join(side.said(size) for side in others))
        for side in ours(ledger, folder):
            print(side.said(size), *(f"\n  {peer.name}: {side.beside(peer)} ({TARGETS})" for peer in others))


if __name__ == "__main__":
    main()
