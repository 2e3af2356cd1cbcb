"""A counter of entries run over a ledger file, in this process or in one that is killed: python -m tests.counting."""

import os
import signal
import sqlite3
import sys
from collections.abc import Mapping
from pathlib import Path

from ledger_projections.readmodel.filling import start
from ledger_projections.readmodel.runner import catch_up

from ledger.journal import Journal
from ledger.stores.reading import SqliteReader
from ledger.stores.sqlite import SqliteJournal
from ledger.testing.projection_contract import Counter

AS_OF = "2025-07-01T00:00:00.000000Z"


class Killed(Counter):
    """A counter that has its process killed."""

    def die(self) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


class Counting:
    """A counter over the ledger in *folder*, its counts beside it."""

    def __init__(self, folder: Path, journal: SqliteJournal) -> None:
        self.ledger, self.counted = folder / "ledger.db", folder / "counts.db"
        self._journal = journal
        if not self.counted.exists():
            with sqlite3.connect(self.counted, isolation_level=None) as db, SqliteReader(self.ledger) as reader:
                db.execute("PRAGMA journal_mode = WAL")
                start(db, reader, [], AS_OF)
                db.execute(Counter.table)
            db.close()

    @property
    def journal(self) -> Journal:
        return self._journal

    def catch_up(self, *, page: int, dying_in: int | None = None) -> None:
        run(self.ledger, self.counted, Counter(dying_in), page)

    def counts(self) -> Mapping[str, int]:
        db = sqlite3.connect(self.counted)
        try:
            return dict(db.execute("SELECT * FROM counts"))
        finally:
            db.close()


def run(ledger: Path, counted: Path, counter: Counter, page: int) -> None:
    """Catch *counter* up with the log, its counts in the file *counted*."""
    db = sqlite3.connect(counted, isolation_level=None, timeout=30)
    try:
        with SqliteReader(ledger) as reader:
            catch_up(db, reader, [counter], AS_OF, page=page)
    finally:
        db.close()


if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]), Killed(int(sys.argv[4]) or None), int(sys.argv[3]))
