"""Several appends as one commit: all of it stands when the commit is made, or none of it ever does."""

import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import cache

from eventsourcing.persistence import StoredEvent
from eventsourcing.sqlite import SQLiteCursor

from ledger.entry import LARGEST_BATCH, Proposal
from ledger.errors import TooLarge, Unreachable
from ledger.journal import Appended
from ledger.stores import rows
from ledger.stores.failures import explained, unreachable
from ledger.stores.finishing import check
from ledger.stores.reading import SqliteReader
from ledger.stores.recorder import LedgerRecorder
from ledger.stores.repeats import answer
from ledger.stores.sourcekeys import find
from ledger.values import Position, Stream


class SqliteWriter(SqliteReader):
    """A reader that knows what only writers need."""

    @property
    def secret(self) -> bytes:
        """The key of source keys (HMAC-SHA-256); it never leaves the ledger."""
        return bytes(self._setting("secret"))

    def seen(self, sourcekeys: Sequence[str]) -> Mapping[str, Position]:
        """Return those of *sourcekeys* that have been recorded, with their positions."""
        with explained(self.path, "read"):
            return find(self._db, sourcekeys)


class SqliteTransaction(SqliteWriter):
    """The journal inside one commit: what it appends it reads at once, and all others when the commit is made."""

    def __init__(
        self, path: str, origin: str, recorder: LedgerRecorder, cursor: SQLiteCursor, clock: Callable[[], datetime]
    ) -> None:
        self.path, self._origin, self._recorder, self._cursor = path, origin, recorder, cursor
        self._db: sqlite3.Connection = cursor.sqlite_cursor.connection
        self._clock = cache(clock)  # one commit, one recorded time
        self._failed: Unreachable | None = None

    def close(self) -> None:
        """Leave the connection to whoever began the transaction."""

    def append(self, proposals: Sequence[Proposal], expected: Mapping[Stream, int]) -> Sequence[Appended]:
        """Append all *proposals* or none, each stream at its *expected* version; one answer per proposal, in order."""
        states = ready(proposals, expected, self.origin)
        self.check_whole()
        try:
            return self.write(proposals, states, expected)
        except sqlite3.Error as error:
            self._failed = unreachable(self.path, "write to", error)
            raise self._failed from error

    def write(
        self, proposals: Sequence[Proposal], states: Sequence[bytes], expected: Mapping[Stream, int]
    ) -> Sequence[Appended]:
        """Append *proposals*, which are ready: *states* are their bytes."""
        head = rows.head(self._db)
        answers, new = answer(self._db, head[0], proposals)
        if new:
            events = _events(proposals, states, answers, expected)
            self._recorder._insert_events(self._cursor, events, head=head, proposals=new, clock=self._clock)
        return answers

    def erase(self, position: Position, digests: Collection[str]) -> int:
        """Delete those disclosures of the entry at *position* that have these digests; return how many there were."""
        from ledger.stores.erasing import erase

        self.check_whole()
        try:
            return erase(self._db, position, digests)
        except sqlite3.Error as error:
            self._failed = unreachable(self.path, "write to", error)
            raise self._failed from error

    def check_whole(self) -> None:
        """Refuse to go on after an append that failed half way."""
        if self._failed:
            raise self._failed


def ready(proposals: Sequence[Proposal], expected: Mapping[Stream, int], origin: str) -> list[bytes]:
    """Return the bytes of *proposals*; refuse what no entry of the ledger *origin* may be made of."""
    if len(proposals) > LARGEST_BATCH:
        raise TooLarge(f"{len(proposals):,} entries at once; the most is {LARGEST_BATCH:,}.", advice="Split them.")
    states = [check(proposal, origin) for proposal in proposals]
    for proposal in proposals:
        if proposal.stream not in expected:
            raise ValueError(f"No expected version is given for {proposal.stream}.")
    return states


def _events(
    proposals: Sequence[Proposal], states: Sequence[bytes], answers: Sequence[Appended], expected: Mapping[Stream, int]
) -> list[StoredEvent]:
    """Return the events that those of *proposals* become which *answers* say are new."""
    versions = dict(expected)
    events = []
    for proposal, state, answered in zip(proposals, states, answers, strict=True):
        if answered.new:
            stream = proposal.stream
            versions[stream] += 1
            events.append(StoredEvent(stream, versions[stream], str(proposal.attributes["type"]), state))
    return events
