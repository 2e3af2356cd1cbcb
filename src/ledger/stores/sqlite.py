"""The journal in one SQLite file, as its writer sees it."""

import gc
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from eventsourcing.persistence import PersistenceError, StoredEvent

from ledger.entry import LARGEST_BATCH, Proposal
from ledger.errors import TooLarge
from ledger.journal import Appended
from ledger.stores import rows
from ledger.stores.creating import create_file
from ledger.stores.failures import explained, unreachable
from ledger.stores.finishing import check
from ledger.stores.locking import PATIENCE, WriteLock
from ledger.stores.reading import SqliteReader
from ledger.stores.recorder import LedgerDatastore, LedgerRecorder
from ledger.stores.repeats import answer
from ledger.stores.sourcekeys import find
from ledger.values import Position, Stream

Clock = Callable[[], datetime]
_FEW = 100
"""Up to so many proposals the garbage collector may as well run."""


def system_clock() -> datetime:
    """Tell the time of this machine."""
    return datetime.now(UTC)


class SqliteJournal(SqliteReader):
    """The ledger at *path*; *clock* gives the recorded time, *patience* the seconds to wait for other writers."""

    def __init__(self, path: Path | str, clock: Clock, *, patience: float = PATIENCE) -> None:
        super().__init__(path)
        self._lock = WriteLock(self.path, patience)
        self._datastore = LedgerDatastore(self.path, patience)
        self._recorder = LedgerRecorder(self._datastore, clock)

    @classmethod
    def create(cls, path: Path | str, origin: str, clock: Clock) -> Self:
        """Make an empty ledger named *origin* at *path*, where nothing may stand yet, and open it."""
        create_file(path, origin, clock)
        return cls(path, clock)

    @classmethod
    def open(cls, path: Path | str, clock: Clock, *, patience: float = PATIENCE) -> Self:
        """Open the ledger at *path*."""
        return cls(path, clock, patience=patience)

    @property
    def secret(self) -> bytes:
        """The key of source keys (HMAC-SHA-256); it never leaves the ledger."""
        return bytes(self._setting("secret"))

    def close(self) -> None:
        """Let go of the file; whoever lets go last folds SQLite's log into it."""
        super().close()
        self._datastore.close()
        self._lock.close()

    def seen(self, sourcekeys: Sequence[str]) -> Mapping[str, Position]:
        """Return those of *sourcekeys* that have been recorded, with their positions."""
        with explained(self.path, "read"):
            return find(self._db, sourcekeys)

    def append(self, proposals: Sequence[Proposal], expected: Mapping[Stream, int]) -> Sequence[Appended]:
        """Append all *proposals* or none, each stream at its *expected* version; one answer per proposal, in order."""
        if len(proposals) > LARGEST_BATCH:
            raise TooLarge(f"{len(proposals):,} entries at once; the most is {LARGEST_BATCH:,}.", advice="Split them.")
        with _without_collector() if len(proposals) > _FEW else nullcontext():
            states = {id(proposal): check(proposal, self.origin) for proposal in proposals}
            for proposal in proposals:
                if proposal.stream not in expected:
                    raise ValueError(f"No expected version is given for {proposal.stream}.")
            return self._write(proposals, states, expected) if proposals else []

    def _write(
        self, proposals: Sequence[Proposal], states: Mapping[int, bytes], expected: Mapping[Stream, int]
    ) -> Sequence[Appended]:
        try:
            with self._lock, self._datastore.transaction(commit=True) as cursor:
                db = cursor.sqlite_cursor.connection
                head = rows.head(db)
                answers, new = answer(db, head[0], proposals)
                if new:
                    self._recorder._insert_events(cursor, _events(new, states, expected), head=head, proposals=new)
        except (PersistenceError, sqlite3.Error) as error:
            self._datastore.drop()
            raise unreachable(self.path, "write to", error) from error
        return answers


def _events(new: Sequence[Proposal], states: Mapping[int, bytes], expected: Mapping[Stream, int]) -> list[StoredEvent]:
    versions = dict(expected)
    events = []
    for proposal in new:
        stream = proposal.stream
        versions[stream] += 1
        events.append(
            StoredEvent(
                originator_id=stream,
                originator_version=versions[stream],
                topic=str(proposal.attributes["type"]),
                state=states[id(proposal)],
            )
        )
    return events


@contextmanager
def _without_collector() -> Iterator[None]:
    """Keep the garbage collector from walking a batch again and again: it holds no cycles."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
