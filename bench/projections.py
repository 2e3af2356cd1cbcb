"""T8: catch-up after one append and the check that nothing is new; T7: a rebuild, beside reading and parsing; T9: its memory.

python -m bench.projections               T8 and T7 at 10,000 and 100,000 entries
python -m bench.projections --most N      and at every power of ten up to N: 1000000 for T7
python -m bench.projections --ledger F    T7 of a ledger that is there: that of bench.morning is mostly talk
                            --times 10    and of so many times its engagements

A rebuild is measured in a process of its own, in CPU seconds of all processes and by the wall: the machine is shared. Beside
it stands what no table of them in SQLite can be made in less than: reading the texts, and writing the rows, those of all tables
and those of the audit trail alone. In the ledgers that are made here each entry makes a row of milestones or
slips, which is as many as there can be.
"""

from __future__ import annotations

import argparse
import os
import resource
import sqlite3
import statistics
import tempfile
import time
from binascii import a2b_base64
from collections import defaultdict
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson
from ledger_projections.readmodel.catchup import refresh
from ledger_projections.readmodel.file import connect, is_current
from ledger_projections.readmodel.rebuild import rebuild
from ledger_projections.readmodel.store import current
from ledger_projections.readmodel.streams import StreamTables
from ledger_projections.tables import TABLES

from bench.appending import Clock
from bench.multiplied import multiply
from ledger.calendars import instant, parse_instant
from ledger.disclosures import protect
from ledger.entry import Proposal
from ledger.stores.reading import SqliteReader
from ledger.stores.sqlite import SqliteJournal
from ledger.values import Position, Stream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ledger.canonical import JSON

ORIGIN = "bench.example/engagements/tables"
AS_OF = "2025-07-01T00:00:00.000000Z"
ENTRIES_A_STREAM = 20
STREAMS_AN_ACCOUNT = 10
BATCH = 10_000
APPENDS = 200
MEMORY = "/dev/shm"
PLAIN = bytes.maketrans(b"-_", b"+/")
"""As the projections decode: quicker than urlsafe_b64decode."""
STREAMS = 20
"""Engagements that entries are appended to in turn."""
FEW = ("engagement_status", "milestones", "slips")
FEW_TARGETS, ALL_TARGETS = (1.5, 200_000), (2.5, 100_000)
"""Most times what reading and parsing takes, and fewest entries a second (T7)."""


def entry(
    number: int, stream: str, kind: str, data: Mapping[str, JSON], texts: Mapping[str, JSON], places: int
) -> Proposal:
    """Return one entry of *kind* about to be appended."""
    digests, disclosures = protect(dict(texts), places, os.urandom)
    attributes: dict[str, JSON] = {
        "specversion": "1.0",
        "id": f"{number >> 16:08x}-{number & 0xFFFF:04x}-7000-8000-000000000000",
        "source": ORIGIN,
        "type": f"engagement.{kind}.v1",
        "subject": stream,
        "actor": "a1",
        "party": "provider",
        "visibility": "shared",
        "provenance": "api",
        "occurred": "2025-01-01T00:00:00.000000Z",
        "aware": "2025-01-01T00:00:00.000000Z",
        "data": {**data, "_sd": list(digests)},
    }
    return Proposal(attributes, disclosures)


def entries(most: int) -> Iterator[Proposal]:
    """Yield an actor, then accounts with a contact, each with ten engagements of twenty entries."""
    yield entry(0, "practice", "actor-added", {"actor": "a1"}, {"name": "Ann"}, 5)
    number, serial = 1, 0
    while number < most:
        for proposal in account(serial, number):
            if number < most:
                yield proposal
                number += 1
        serial += 1


def account(serial: int, number: int) -> Iterator[Proposal]:
    """Yield an account, its contact and its engagements."""
    name = f"a{serial:011d}"
    stream = f"account/{name}"
    yield entry(
        number, stream, "account-opened", {"kind": "organisation", "key": False}, {"alias": name, "name": name}, 4
    )
    contact: dict[str, JSON] = {"contact_id": "c1", "side": "client", "level": "executive"}
    yield entry(number + 1, stream, "contact-added", contact, {"name": "Ann", "role": "sponsor"}, 7)
    number += 2
    for ordinal in range(STREAMS_AN_ACCOUNT):
        engagement = f"engagement/e{serial * STREAMS_AN_ACCOUNT + ordinal:011d}"
        opened: dict[str, JSON] = {"account": name, "sensitive": False}
        yield entry(number, engagement, "engagement-opened", opened, {"alias": engagement[11:]}, 4)
        number += 1
        for milestone in range(1, ENTRIES_A_STREAM // 2 + 1):
            agreed: dict[str, JSON] = {"milestone_id": f"M{milestone}", "due": "2025-06-27", "depends_on": []}
            yield entry(number, engagement, "milestone-agreed", agreed, {"title": "dress rehearsal"}, 4)
            if milestone < ENTRIES_A_STREAM // 2:
                yield entry(number + 1, engagement, "slip-foreseen", foreseen(milestone), {"why": "late"}, 3)
            number += 2 if milestone < ENTRIES_A_STREAM // 2 else 1


def foreseen(milestone: int) -> dict[str, JSON]:
    """Return the data of a slip of *milestone*."""
    return {"slip_id": f"S{milestone}", "milestone_id": f"M{milestone}", "forecast": "2025-07-18", "causes": []}


def fill(journal: SqliteJournal, most: int) -> None:
    """Append *most* entries in batches."""
    versions: dict[Stream, int] = defaultdict(int)
    batch: list[Proposal] = []
    for proposal in entries(most):
        batch.append(proposal)
        if len(batch) == BATCH:
            _append(journal, batch, versions)
            batch = []
    _append(journal, batch, versions)


def _append(journal: SqliteJournal, batch: list[Proposal], versions: dict[Stream, int]) -> None:
    if batch:
        journal.append(batch, {p.stream: versions[p.stream] for p in batch})
        for proposal in batch:
            versions[proposal.stream] += 1


def measure_at(folder: Path, size: int) -> None:
    """Print T7, T8 and T9 for a ledger of *size* entries."""
    ledger = folder / "ledger.db"
    with SqliteJournal.create(ledger, ORIGIN, Clock()) as journal:
        fill(journal, size)
    rebuilds(ledger, folder, AS_OF)
    catch_ups(folder)


def rebuilds(ledger: Path, folder: Path, as_of: str) -> None:
    """Print T7 and T9 for *ledger*, whose tables are made in *folder*."""
    path = str(folder / "projections.db")
    with SqliteReader(ledger) as reader:
        size, begun = int(reader.head()), _cpu()
        floor = _seconds(lambda: read_and_parse(reader))
        parsing = _cpu() - begun
        texts = _seconds(lambda: read_texts(reader), time.process_time)
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


class CatchingUp:
    """The ledger and the tables in a folder, to which an entry is appended at a time."""

    def __init__(self, folder: Path) -> None:
        self.ledger, self.tables = folder / "ledger.db", str(folder / "projections.db")
        self.reader = SqliteReader(self.ledger)
        self.journal = SqliteJournal.open(self.ledger, _clock_after(self.reader))
        self.db = connect(self.tables)
        self.db.execute("PRAGMA synchronous = OFF")
        self._projection, self._done = StreamTables(list(TABLES.values())), int(self.reader.head())

    def append(self) -> None:
        """Append a slip to one of the engagements, in turn."""
        self._done += 1
        engagement = f"engagement/e{self._done % STREAMS:011d}"
        slip = entry((1 << 40) + self._done, engagement, "slip-foreseen", foreseen(1), {"why": "late"}, 3)
        self.journal.append([slip], {slip.stream: self.reader.version(Stream(engagement))})

    def catch_up(self) -> None:
        """Bring the tables up to date."""
        refresh(self.db, self.reader, self._projection, AS_OF)

    def close(self) -> None:
        """Let go of the files."""
        for each in (self.db, self.reader, self.journal):
            each.close()


def catch_ups(folder: Path) -> None:
    """Print T8: catch-ups after one append each, and the check that nothing is new.

    The first catch-up of each of twenty streams folds it from the beginning, as a new process does; after that it goes on.
    """
    with closing(CatchingUp(folder)) as one:
        first, then = ([_caught_up(one) for _ in range(count)] for count in (STREAMS, APPENDS))
        nothing = [_seconds(lambda: is_current(one.db, str(one.ledger), AS_OF)) for _ in range(APPENDS)]
        fresh = [_seconds(lambda: current(one.ledger, one.tables, AS_OF).close()) for _ in range(APPENDS)]
    for what, times in (
        ("catch-up after one append, target 1.2 ms", then),
        ("the first of a stream", first),
        ("nothing new", nothing),
        ("opened and checked", fresh),
    ):
        print(f"{'':>10}  {what}: {statistics.median(times) * 1e3:.2f} ms, the least {min(times) * 1e3:.2f}")


def _caught_up(one: CatchingUp) -> float:
    one.append()
    return _seconds(one.catch_up)


def in_turn(small: Path, large: Path) -> None:
    """Print T8's growth: catch-ups of a *small* and a *large* ledger in turn, in CPU time, for the machine drifts."""
    with closing(CatchingUp(small)) as one, closing(CatchingUp(large)) as other:
        taken: dict[CatchingUp, list[float]] = {one: [], other: []}
        for _ in range(STREAMS + APPENDS):
            for each, times in taken.items():
                each.append()
                times.append(_seconds(each.catch_up, time.process_time))
    few, many = (statistics.median(times[STREAMS:]) for times in taken.values())
    print(
        f"{'':>10}  in turn with the smallest: {many * 1e3:.2f} and {few * 1e3:.2f} ms of CPU, {many / few:.2f} of it"
    )


def _clock_after(reader: SqliteReader) -> Clock:
    """Return a clock that is ahead of every entry: what is stamped alike is a batch, and costs what a batch costs."""
    newest, clock = reader.at(reader.head()), Clock()
    clock.now = parse_instant(orjson.loads(newest.raw)["recordedtime"]) if newest else clock.now
    return clock


def read_and_parse(reader: SqliteReader) -> None:
    at = 0
    while chunk := reader.since(at, 1_000):  # type: ignore[arg-type]  # positions are numbers here
        for stored in chunk:
            orjson.loads(stored.raw)
        at = chunk[-1].position


def read_texts(reader: SqliteReader) -> None:
    for first in range(1, reader.head() + 1, 1_000):
        for disclosures in reader.disclosures(Position(first), Position(first + 999)).values():
            for disclosure in disclosures:
                orjson.loads(a2b_base64(disclosure.translate(PLAIN) + b"=="))


def _seconds(act: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    started = clock()
    act()
    return clock() - started


def main() -> None:
    """Run what the arguments ask for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--most", type=int, default=100_000)
    parser.add_argument("--ledger", type=Path)
    parser.add_argument("--times", type=int, default=1)
    asked = parser.parse_args()
    most = 0 if asked.ledger else asked.most
    with ExitStack() as folders:
        if asked.ledger:
            folder = Path(folders.enter_context(tempfile.TemporaryDirectory(dir=MEMORY)))
            ledger = asked.ledger
            if asked.times > 1:
                ledger = folder / "ledger.db"
                multiply(asked.ledger, asked.times, ledger)
            rebuilds(ledger, folder, instant(datetime.now(UTC)))
        made: list[Path] = []
        for size in (10**power for power in range(4, 8) if 10**power <= most):
            where = MEMORY if size <= 1_000_000 else None
            made.append(Path(folders.enter_context(tempfile.TemporaryDirectory(dir=where))))
            measure_at(made[-1], size)
            if len(made) > 1:
                in_turn(made[0], made[-1])


if __name__ == "__main__":
    main()
