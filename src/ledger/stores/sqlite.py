"""The journal in one SQLite file, as its writer sees it."""

import os
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Self

from eventsourcing.persistence import PersistenceError

from ledger.entry import Proposal
from ledger.errors import Unreachable
from ledger.journal import Appended
from ledger.stores.failures import unreachable
from ledger.stores.locking import PATIENCE, WriteLock
from ledger.stores.recorder import LedgerDatastore, LedgerRecorder
from ledger.stores.transaction import SqliteTransaction, SqliteWriter, ready
from ledger.uncollected import uncollected
from ledger.values import Position, Stream

Clock = Callable[[], datetime]
_FEW = 100
"""Up to so many proposals the garbage collector may as well run."""


def system_clock() -> datetime:
    """Tell the time of this machine."""
    return datetime.now(UTC)


class SqliteJournal(SqliteWriter):
    """The ledger at *path*; *clock* gives the recorded time, *patience* the seconds to wait for other writers."""

    def __init__(self, path: str | os.PathLike[str], clock: Clock, *, patience: float = PATIENCE) -> None:
        super().__init__(path)
        self._lock = WriteLock(self.path, patience)
        self._datastore = LedgerDatastore(self.path, patience)
        self._recorder, self._clock = LedgerRecorder(self._datastore, clock), clock

    @classmethod
    def create(cls, path: str | os.PathLike[str], origin: str, clock: Clock) -> Self:
        """Make an empty ledger named *origin* at *path*, where nothing may stand yet, and open it."""
        from ledger.stores.creating import create_file

        create_file(path, origin, clock)
        return cls(path, clock)

    @classmethod
    def open(cls, path: str | os.PathLike[str], clock: Clock, *, patience: float = PATIENCE) -> Self:
        """Open the ledger at *path*."""
        return cls(path, clock, patience=patience)

    def close(self) -> None:
        """Let go of the file; whoever lets go last folds SQLite's log into it."""
        super().close()
        self._datastore.close()
        self._lock.close()

    def append(self, proposals: Sequence[Proposal], expected: Mapping[Stream, int]) -> Sequence[Appended]:
        """Append all *proposals* or none, each stream at its *expected* version; one answer per proposal, in order."""
        with uncollected() if len(proposals) > _FEW else nullcontext():
            states = ready(proposals, expected, self.origin)
            if not proposals:
                return []
            with self.transaction() as within:
                return within.write(proposals, states, expected)

    def erase(self, position: Position, digests: Collection[str]) -> int:
        """Delete those disclosures of the entry at *position* that have these digests; return how many there were."""
        with self.transaction() as within:
            return within.erase(position, digests)

    @contextmanager
    def transaction(self) -> Iterator[SqliteTransaction]:
        """Make one commit of all that is appended within; other writers wait."""
        try:
            with self._lock, self._datastore.transaction(commit=True) as cursor:
                within = SqliteTransaction(self.path, self.origin, self._recorder, cursor, self._clock)
                yield within
                within.check_whole()
        except Unreachable:
            self._datastore.drop()
            raise
        except (PersistenceError, sqlite3.Error) as error:
            self._datastore.drop()
            raise unreachable(self.path, "write to", error) from error
