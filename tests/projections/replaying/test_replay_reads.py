"""A replay of one engagement reads its entries, those of its account and ours, its own once, and no other entry."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import pytest
from ledger_projections.differing import TABLES, Moments, difference
from ledger_projections.replaying.growing import Histories
from ledger_projections.replaying.snapshot import snapshot

from ledger.journal import Reader, Stored, StreamHead
from ledger.merkle import Hash, Nodes
from ledger.replay import Replay
from ledger.testing.fakes import MemoryJournal
from ledger.values import EntryId, Position, Stream
from tests.histories import Step, told

BUSY: Sequence[Step] = [
    *[("open", 0, 0)] * 4,
    *[(kind, which, 0) for which in range(6) for kind in ("foreseen", "reported", "report", "spoke", "gift-recorded")],
    ("aware", 0, 3),
    ("withdraw", 2, 0),
]
THEN = "2025-06-04T00:00:00.000000Z"

ASKED: Mapping[str, Callable[[Reader, str], object]] = {
    "what was known": lambda reader, name: snapshot(reader, Replay(THEN), THEN, [*TABLES.values()], engagement=name),
    "what has changed": lambda reader, name: difference(reader, name, Moments(THEN, None, THEN, THEN)),
    "entry by entry": lambda reader, name: Histories.read(reader, name).ordered(),
}


class Counting:
    """A reader that notes which streams are read, and how many entries in all."""

    def __init__(self, journal: MemoryJournal) -> None:
        self._journal, self.streams_read, self.entries = journal, list[Stream](), 0

    @property
    def origin(self) -> str:
        return self._journal.origin

    def head(self) -> Position:
        return self._journal.head()

    def streams(self) -> Sequence[StreamHead]:
        raise AssertionError("a replay of one engagement asks for no other streams")

    def version(self, stream: Stream) -> int:
        return self._journal.version(stream)

    def read(self, stream: Stream) -> Sequence[Stored]:
        found = self._journal.read(stream)
        self.streams_read.append(stream)
        self.entries += len(found)
        return found

    def read_but(self, stream: Stream, types: Collection[str]) -> tuple[Sequence[Stored], int]:
        raise AssertionError("all tables together leave no type of entry out")

    def since(self, after: Position, limit: int) -> Sequence[Stored]:
        raise AssertionError("a replay of one engagement does not go through the log")

    def at(self, position: Position) -> Stored | None:
        self.entries += 1
        return self._journal.at(position)

    def find(self, entry_id: EntryId) -> Position | None:
        return self._journal.find(entry_id)

    def disclosures(self, positions: Iterable[Position]) -> Mapping[Position, Sequence[bytes]]:
        return self._journal.disclosures(positions)

    def nodes(self) -> Nodes:
        return self._journal.nodes()

    def root(self) -> Hash:
        return self._journal.root()


@pytest.mark.parametrize("asked", ASKED)
def test_no_stream_but_those_that_concern_the_engagement_is_read(asked: str) -> None:
    journal = told(BUSY)
    own = next(head.stream for head in journal.streams() if head.stream.startswith("engagement/"))
    account = next(head.stream for head in journal.streams() if head.stream.startswith("account/"))
    reader = Counting(journal)

    ASKED[asked](reader, own.partition("/")[2])  # type: ignore[arg-type]  # streams() raises, and yields none

    assert set(reader.streams_read) == {own, account, "practice"}
    assert reader.streams_read.count(own) == 1


@pytest.mark.parametrize("asked", ASKED)
def test_as_many_entries_are_read_however_long_the_ledger_is(asked: str) -> None:
    counts = []
    for others in (0, 100):
        journal = told([*[("open", 0, 0)] * 2, *[("news", 1, 0)] * others, ("foreseen", 0, 0)])
        own = next(head.stream for head in journal.streams() if head.stream.startswith("engagement/"))
        reader = Counting(journal)
        ASKED[asked](reader, own.partition("/")[2])  # type: ignore[arg-type]  # streams() raises, and yields none
        counts.append(reader.entries)

    assert counts[0] == counts[1]
