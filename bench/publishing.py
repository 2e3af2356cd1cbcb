"""T9: what publishing takes: rows a second and the memory of all processes, format by format, beside making the rows.

python -m bench.publishing                     10,000 and 100,000 entries
python -m bench.publishing --most 1000000      and a million, for T9
python -m bench.publishing --reader analyst    for a reader from whom one entry in a hundred is withheld

Each format is published in a process of its own, which makes the rows as well: that is what a user waits for. A second
process may help it; the memory is the most that both held at once, and of either alone where they did not overlap.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import threading
import time
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger_projections.publishing.formats import at_hand
from ledger_projections.publishing.making import Times
from ledger_projections.publishing.publication import Wanted, publish
from ledger_projections.publishing.seen import seen_by
from ledger_projections.readers import audience
from ledger_projections.tables import READABLE

from bench.appending import Clock
from bench.projections import AS_OF, ORIGIN, fill
from ledger.stores.reading import SqliteReader
from ledger.stores.sqlite import SqliteJournal

if TYPE_CHECKING:
    from collections.abc import Iterator

EVERY = 0.05
"""Seconds between two looks at how much memory is held."""


class Cost(NamedTuple):
    """What a publication took: seconds, rows, bytes on the disk, and the most memory in megabytes."""

    seconds: float
    rows: int
    bytes: int
    peak_mb: int

    def said(self, name: str) -> str:
        return (
            f"{name:<28} {self.seconds:>8.1f} s {self.rows / self.seconds:>10,.0f} rows/s"
            f" {self.bytes / 1e6:>9,.1f} MB   peak {self.peak_mb} MB (target 150)"
        )


def measure_at(folder: Path, size: int, reader: str, formats: list[str]) -> None:
    """Print what publishing a ledger of *size* entries takes in each of *formats*."""
    ledger = folder / "ledger.db"
    with SqliteJournal.create(ledger, ORIGIN, Clock()) as journal:
        fill(journal, size)
    print(f"{size:,} entries, for the {reader}")
    for name in formats:
        print(f"  {apart(ledger, folder / name, reader, name).said(name)}", flush=True)


def apart(ledger: Path, to: Path, reader: str, name: str) -> Cost:
    """Publish in a new process, and return what that took."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_published, args=(theirs, str(ledger), str(to), reader, name))
    process.start()
    watch = _Watch(process.pid or 0)
    seconds, rows, written = ours.recv()
    peak = watch.peak()
    process.join()
    return Cost(seconds, rows, written, peak)


def _published(pipe: Any, ledger: str, to: str, reader: str, name: str) -> None:
    started = time.perf_counter()
    with SqliteReader(ledger) as journal:
        excerpt = seen_by(journal, audience(reader))
        wanted = Wanted(excerpt, READABLE.values(), reader, name.split(","), Times(AS_OF, AS_OF))
        stamp = publish(Path(to), wanted).stamp
    written = sum(file["bytes"] for file in stamp["files"].values())
    pipe.send((time.perf_counter() - started, sum(stamp["tables"].values()), written))


class _Watch:
    """The most memory that a process and its children hold, looked at twenty times a second."""

    def __init__(self, pid: int) -> None:
        self._pid, self._peak, self._over = pid, 0, threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def peak(self) -> int:
        self._over.set()
        self._thread.join()
        return self._peak // 1024

    def _look(self) -> None:
        while not self._over.wait(EVERY):
            self._peak = max(self._peak, sum(_held(pid) for pid in (self._pid, *_children(self._pid))))


def _held(pid: int) -> int:
    """Return the kilobytes that a process holds for itself (`Rss` less what is of files that others map too)."""
    with suppress(OSError):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return 0


def _children(pid: int) -> Iterator[int]:
    with suppress(OSError):
        yield from map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())


def main() -> None:
    """Run what the arguments ask for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--most", type=int, default=100_000)
    parser.add_argument("--least", type=int, default=10_000)
    parser.add_argument("--reader", default="consultant")
    parser.add_argument("--format", default=" ".join(at_hand()))
    asked = parser.parse_args()
    for size in (10**power for power in range(4, 8)):
        if asked.least <= size <= asked.most:
            with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_FOLDER")) as folder:
                measure_at(Path(folder), size, asked.reader, asked.format.split(" "))


if __name__ == "__main__":
    main()
