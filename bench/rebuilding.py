"""T7 and T9 of a rebuild, beside what it cannot do without: the entries and texts read and parsed, and its rows written.

A rebuild is measured in a process of its own, in CPU seconds of all processes and by the wall: the machine is shared.
"""

from __future__ import annotations

import resource
import sqlite3
import time
from binascii import a2b_base64
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson
from ledger_projections.readmodel.rebuild import rebuild
from ledger_projections.tables import TABLES

from bench.harness import seconds
from ledger.stores.reading import SqliteReader
from ledger.values import Position

if TYPE_CHECKING:
    from collections.abc import Sequence

PLAIN = bytes.maketrans(b"-_", b"+/")
"""As the projections decode: quicker than urlsafe_b64decode."""
FEW = ("engagement_status", "milestones", "slips")
FEW_TARGETS, ALL_TARGETS = (1.5, 200_000), (2.5, 100_000)
"""Most times what reading and parsing takes, and fewest entries a second (T7)."""


def rebuilds(ledger: Path, folder: Path, as_of: str) -> None:
    """Print T7 and T9 for *ledger*, whose tables are made in *folder*."""
    path = str(folder / "projections.db")
    with SqliteReader(ledger) as reader:
        size, begun = int(reader.head()), _cpu()
        floor = seconds(lambda: read_and_parse(reader))
        parsing = _cpu() - begun
        texts = seconds(lambda: read_texts(reader), time.process_time)
    few = apart(ledger, str(folder / "few.db"), FEW, as_of)
    print(f"{size:>10,}  {', '.join(FEW)} alone: {few.said(size, floor, parsing, FEW_TARGETS)}")
    for again in ("made", "made again, compared"):
        cost = apart(ledger, path, list(TABLES), as_of)
        print(f"{size:>10,}  {len(TABLES)} tables {again}: {cost.said(size, floor, parsing, ALL_TARGETS)}")
    print(
        f"{'':>10}  the texts of the entries read and parsed, nothing else: {texts / parsing:.2f} of read + parse in CPU"
    )
    for what, names in (("all tables", list(TABLES)), ("entries", ["entries"]), (", ".join(FEW), FEW)):
        taken = write_again(path, str(folder / f"{what}.db"), names)
        print(f"{'':>10}  the rows of {what} written, nothing else: {taken / parsing:.2f} of read + parse in CPU")


class Cost(NamedTuple):
    """What a rebuild cost: seconds by the wall and of all CPUs, and the memory of its largest two processes."""

    wall: float
    cpu: float
    own_mb: int
    other_mb: int

    def said(self, size: int, floor: float, parsing: float, targets: tuple[float, int]) -> str:
        """Return the cost of a rebuild of *size* entries beside the wall and CPU time that reading and parsing them takes."""
        ratio, rate = targets
        return (
            f"{self.wall / floor:6.2f} of read + parse by the wall (target {ratio}), {self.cpu / parsing:6.2f} in CPU,"
            f" {size / self.wall:>9,.0f} entries/s (target {rate:,}), peak {self.own_mb} + {self.other_mb} MB (target 150)"
        )


def apart(ledger: Path, path: str, names: Sequence[str], as_of: str) -> Cost:
    """Rebuild the tables of these *names* in a new process, and return what that cost."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_rebuilt, args=(theirs, str(ledger), path, names, as_of))
    process.start()
    cost = Cost(*ours.recv())
    process.join()
    return cost


def write_again(path: str, new: str, names: Sequence[str]) -> float:
    """Write the rows of the tables at *path* once more, without an index; return the CPU seconds that SQLite takes for it."""
    old, db = sqlite3.connect(path), sqlite3.connect(new, isolation_level=None)
    db.execute("PRAGMA journal_mode = OFF")
    db.execute("PRAGMA synchronous = OFF")
    db.execute("BEGIN")
    taken = 0.0
    for name in names:
        (made,) = old.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()
        db.execute(made)
        rows = old.execute(f'SELECT * FROM "{name}"')
        insert = f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(rows.description))})'
        while some := rows.fetchmany(1_000):
            begun = _cpu()
            db.executemany(insert, some)
            taken += _cpu() - begun
    db.execute("COMMIT")
    old.close()
    db.close()
    return taken


def read_and_parse(reader: SqliteReader) -> None:
    at = 0
    while chunk := reader.since(at, 1_000):  # type: ignore[arg-type]  # positions are numbers here
        for stored in chunk:
            orjson.loads(stored.raw)
        at = chunk[-1].position


def read_texts(reader: SqliteReader) -> None:
    for first in range(1, reader.head() + 1, 1_000):
        for disclosures in reader.disclosures(map(Position, range(first, first + 1_000))).values():
            for disclosure in disclosures:
                orjson.loads(a2b_base64(disclosure.translate(PLAIN) + b"=="))


def _rebuilt(pipe: Any, ledger: str, path: str, names: Sequence[str], as_of: str) -> None:
    with SqliteReader(ledger) as reader:
        started, before = time.perf_counter(), _cpu()
        rebuild(reader, path, [TABLES[name] for name in names], as_of)
        wall, cpu = time.perf_counter() - started, _cpu() - before
    # a new process inherits the ru_maxrss of the one that forked it, but not its VmHWM
    (own,) = (
        line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")
    )
    pipe.send((wall, cpu, int(own) // 1024, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024))


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)
