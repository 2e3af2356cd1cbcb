"""T8: a catch-up after one append, and the check that nothing is new; the same in turn, in a small ledger and a large one."""

from __future__ import annotations

import statistics
import time
from contextlib import closing
from typing import TYPE_CHECKING

import orjson
from ledger_projections.readmodel.catchup import refresh
from ledger_projections.readmodel.file import connect, is_current
from ledger_projections.readmodel.store import current
from ledger_projections.readmodel.streams import StreamTables
from ledger_projections.tables import TABLES

from bench.harness import seconds
from bench.ledgers import AS_OF, entry, foreseen
from bench.proposed import Clock
from ledger.calendars import parse_instant
from ledger.stores.reading import SqliteReader
from ledger.stores.sqlite import SqliteJournal
from ledger.values import Stream

if TYPE_CHECKING:
    from pathlib import Path

APPENDS = 200
STREAMS = 20
"""Engagements that entries are appended to in turn."""


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
        nothing = [seconds(lambda: is_current(one.db, str(one.ledger), AS_OF)) for _ in range(APPENDS)]
        fresh = [seconds(lambda: current(one.ledger, one.tables, AS_OF).close()) for _ in range(APPENDS)]
    for what, times in (
        ("catch-up after one append, target 1.2 ms", then),
        ("the first of a stream", first),
        ("nothing new", nothing),
        ("opened and checked", fresh),
    ):
        print(f"{'':>10}  {what}: {statistics.median(times) * 1e3:.2f} ms, the least {min(times) * 1e3:.2f}")


def in_turn(small: Path, large: Path) -> None:
    """Print T8's growth: catch-ups of a *small* and a *large* ledger in turn, in CPU time, for the machine drifts."""
    with closing(CatchingUp(small)) as one, closing(CatchingUp(large)) as other:
        taken: dict[CatchingUp, list[float]] = {one: [], other: []}
        for _ in range(STREAMS + APPENDS):
            for each, times in taken.items():
                each.append()
                times.append(seconds(each.catch_up, time.process_time))
    few, many = (statistics.median(times[STREAMS:]) for times in taken.values())
    print(
        f"{'':>10}  in turn with the smallest: {many * 1e3:.2f} and {few * 1e3:.2f} ms of CPU, {many / few:.2f} of it"
    )


def _caught_up(one: CatchingUp) -> float:
    one.append()
    return seconds(one.catch_up)


def _clock_after(reader: SqliteReader) -> Clock:
    """Return a clock that is ahead of every entry: what is stamped alike is a batch, and costs what a batch costs."""
    newest, clock = reader.at(reader.head()), Clock()
    clock.now = parse_instant(orjson.loads(newest.raw)["recordedtime"]) if newest else clock.now
    return clock
