"""The SQLite store against a plain model: a dict of lists, and one list of everything."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from ledger import entry, merkle
from ledger.entry import Proposal
from ledger.errors import Conflict, IdConflict
from ledger.journal import Appended
from ledger.stores.reading import SqliteReader
from ledger.stores.sqlite import SqliteJournal
from ledger.testing.proposals import ORIGIN, FakeClock, entry_id, proposal
from ledger.values import EntryId, Position, Stream

STREAMS = [Stream(f"engagement/s{n:03}") for n in range(4)]
streams = st.sampled_from(STREAMS)
START = Position(0)


class JournalAgainstModel(RuleBasedStateMachine):
    """A journal is a dict of lists, plus one list of everything."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.clock = FakeClock()
        self.journal = SqliteJournal.create(self.folder / "ledger.db", ORIGIN, self.clock)
        self.log: list[Proposal] = []
        self.model: dict[Stream, list[Position]] = {}

    @rule(batch=st.lists(streams, min_size=1, max_size=4), copies=st.sampled_from([1, 1, 1, 70]))
    def append(self, batch: list[Stream], copies: int) -> None:
        new = [proposal(len(self.log) + n, stream) for n, stream in enumerate(batch * copies, start=1)]

        answers = self.journal.append(new, self.versions())

        assert answers == [Appended(Position(len(self.log) + n), new=True) for n in range(1, len(new) + 1)]
        self.remember(new)

    @rule(stream=streams, others=st.lists(streams, max_size=2), off=st.sampled_from([-1, 1, 5]))
    def append_at_another_version(self, stream: Stream, others: list[Stream], off: int) -> None:
        batch = [proposal(len(self.log) + n, s) for n, s in enumerate([*others, stream], start=1)]
        expected = {**self.versions(), stream: self.versions()[stream] + off}

        with pytest.raises(Conflict):
            self.journal.append(batch, expected)

    @precondition(lambda self: self.log)
    @rule(data=st.data(), fresh=st.lists(streams, max_size=2))
    def append_again(self, data: st.DataObject, fresh: list[Stream]) -> None:
        old = data.draw(st.lists(st.integers(1, len(self.log)), min_size=1, max_size=3))
        new = [proposal(len(self.log) + n, stream) for n, stream in enumerate(fresh, start=1)]
        repeated = [proposal(n, self.log[n - 1].stream) for n in old]

        answers = self.journal.append([*repeated, *new], self.versions())

        assert [(a.position, a.new) for a in answers[: len(old)]] == [(n, False) for n in old]
        self.remember(new)

    @precondition(lambda self: self.log)
    @rule(data=st.data())
    def append_an_id_for_something_else(self, data: st.DataObject) -> None:
        number = data.draw(st.integers(1, len(self.log)))

        with pytest.raises(IdConflict):
            self.journal.append([proposal(number, self.log[number - 1].stream, text="other")], self.versions())

    @rule()
    def reopen(self) -> None:
        self.journal.close()
        self.journal = SqliteJournal.open(self.folder / "ledger.db", self.clock)

    @invariant()
    def reads_agree(self) -> None:
        everything = self.journal.since(START, len(self.log) + 1)
        assert [entry.decode(*stored).id for stored in everything] == [said.id for said in self.log]
        assert {s.stream: s.version for s in self.journal.streams()} == {s: len(p) for s, p in self.model.items()}
        for stream in STREAMS:
            own = [entry.decode(*stored) for stored in self.journal.read(stream)]
            assert [(e.position, e.version) for e in own] == list(
                zip(self.model.get(stream, []), range(1, len(own) + 1), strict=True)
            )

    @invariant()
    def the_tree_agrees(self) -> None:
        leaves = [merkle.leaf_hash(raw) for _, raw in self.journal.since(START, len(self.log) + 1)]
        assert self.journal.root() == merkle.root(leaves)

    @invariant()
    def a_reader_of_its_own_agrees(self) -> None:
        with SqliteReader(self.folder / "ledger.db") as reader:
            assert (reader.head(), reader.root()) == (len(self.log), self.journal.root())
            assert reader.find(EntryId(entry_id(len(self.log)))) == (len(self.log) or None)

    def teardown(self) -> None:
        self.journal.close()
        shutil.rmtree(self.folder)

    def versions(self) -> dict[Stream, int]:
        return {stream: len(self.model.get(stream, [])) for stream in STREAMS}

    def remember(self, new: list[Proposal]) -> None:
        for said in new:
            self.log.append(said)
            self.model.setdefault(said.stream, []).append(Position(len(self.log)))


TestJournalAgainstModel = JournalAgainstModel.TestCase
TestJournalAgainstModel.settings = settings(max_examples=30, stateful_step_count=20, deadline=None)
