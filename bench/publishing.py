"""T9: what publishing takes: rows a second and the memory of all processes, format by format, beside making the rows.

python -m bench.publishing                     10,000 and 100,000 entries
python -m bench.publishing --most 1000000      and a million, for T9
python -m bench.publishing --reader analyst    for a reader from whom one entry in a hundred is withheld
python -m bench.publishing --format sqlite,csv,jsonl,parquet,duckdb      all of them in one publication
python -m bench.publishing --ledgers DIR       keep the ledgers there, and take those that are there

Each format is published in a process of its own, which makes the rows as well: that is what a user waits for. Others help
it; the memory is the most that all held at once, stage by stage.
"""

from __future__ import annotations

import argparse
import os
import re
import tempfile
import threading
import time
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger_projections.publishing.folding import Times
from ledger_projections.publishing.formats import at_hand
from ledger_projections.publishing.publication import publish
from ledger_projections.publishing.seen import seen_by
from ledger_projections.publishing.wanted import Wanted
from ledger_projections.readers import audience
from ledger_projections.tables import READABLE

from bench.ledgers import AS_OF, make
from ledger.stores.reading import SqliteReader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

EVERY = 0.05
"""Seconds between two looks at how much memory is held."""
MAPPING = re.compile(r"^[0-9a-f]+-[0-9a-f]+ \S+ (\S+ \S+ \d+)", re.ASCII)
"""The first line of a mapping in /proc/PID/smaps: where in which file, if in one."""


class Cost(NamedTuple):
    """What a publication took: seconds, rows, bytes on the disk, and the most memory of each stage in megabytes."""

    seconds: float
    rows: int
    bytes: int
    peaks: Mapping[str, int]

    def said(self, name: str) -> str:
        stages = ", ".join(f"{stage.lower()} {peak}" for stage, peak in self.peaks.items())
        return (
            f"{name:<28} {self.seconds:>8.1f} s {self.rows / self.seconds:>10,.0f} rows/s"
            f" {self.bytes / 1e6:>9,.1f} MB   peak {max(self.peaks.values())} MB (target 150): {stages}"
        )


def measure_at(folder: Path, ledgers: Path, size: int, reader: str, formats: list[str]) -> None:
    """Print what publishing a ledger of *size* entries, which may be among *ledgers*, takes in each of *formats*."""
    ledger = ledgers / f"{size}.db"
    if not ledger.exists():
        make(ledger, size)
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
    while isinstance(said := ours.recv(), str):
        watch.stage = said
    peaks = watch.peaks()
    process.join()
    seconds, rows, written = said
    return Cost(seconds, rows, written, peaks)


def _published(pipe: Any, ledger: str, to: str, reader: str, name: str) -> None:
    started = time.perf_counter()
    with SqliteReader(ledger) as journal:
        excerpt = seen_by(journal, audience(reader))
        wanted = Wanted(excerpt, READABLE.values(), reader, name.split(","), Times(AS_OF, AS_OF))
        stamp = publish(Path(to), wanted, tell=lambda what, done, of: pipe.send(what)).stamp
    written = sum(file["bytes"] for file in stamp["files"].values())
    pipe.send((time.perf_counter() - started, sum(stamp["tables"].values()), written))


class _Watch:
    """The most memory that a process and all below it hold, looked at twenty times a second."""

    stage = "Starting"

    def __init__(self, pid: int) -> None:
        self._pid, self._over = pid, threading.Event()
        self._peaks: dict[str, int] = {}
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def peaks(self) -> Mapping[str, int]:
        self._over.set()
        self._thread.join()
        return {stage: peak // 1024 for stage, peak in self._peaks.items()}

    def _look(self) -> None:
        while not self._over.wait(EVERY):
            self._peaks[self.stage] = max(self._peaks.get(self.stage, 0), _held(_family(self._pid)))


def _held(pids: Iterable[int]) -> int:
    """Return the kilobytes that processes hold: what each has for itself, and once what of a file several of them map."""
    own, files = 0, dict[str, int]()
    for pid in pids:
        for place, resident, anonymous in _mappings(pid):
            own += anonymous
            files[place] = max(files.get(place, 0), resident - anonymous)
    return own + sum(files.values())


def _mappings(pid: int) -> Iterator[tuple[str, int, int]]:
    """Yield the mappings of a process: of what, the kilobytes that are in memory, and those of them that are of no file."""
    place, resident = "", 0
    for line in _read(f"/proc/{pid}/smaps").splitlines():
        if found := MAPPING.match(line):
            place = found[1]
        elif line.startswith("Rss:"):
            resident = int(line.split()[1])
        elif line.startswith("Anonymous:"):
            yield place, resident, int(line.split()[1])


def _family(pid: int) -> Iterator[int]:
    yield pid
    for child in _read(f"/proc/{pid}/task/{pid}/children").split():
        yield from _family(int(child))


def _read(path: str) -> str:
    """Return what the kernel says of a process, nothing if it has ended."""
    with suppress(OSError):
        return Path(path).read_text()
    return ""


def main() -> None:
    """Run what the arguments ask for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--most", type=int, default=100_000)
    parser.add_argument("--least", type=int, default=10_000)
    parser.add_argument("--reader", default="consultant")
    parser.add_argument("--format", default=" ".join(at_hand()))
    parser.add_argument("--ledgers", type=Path)
    asked = parser.parse_args()
    for size in (10**power for power in range(4, 8)):
        if asked.least <= size <= asked.most:
            with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_FOLDER")) as folder:
                ledgers = asked.ledgers or Path(folder)
                measure_at(Path(folder), ledgers, size, asked.reader, asked.format.split(" "))


if __name__ == "__main__":
    main()
