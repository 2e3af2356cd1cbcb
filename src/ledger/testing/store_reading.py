"""What any store does first: append, whole or not at all, and read back."""

import pytest

from ledger import disclosures, entry, merkle
from ledger.canonical import JSON
from ledger.errors import Conflict
from ledger.journal import Appended, Journal, Stored, StreamHead
from ledger.testing.proposals import ORIGIN, STREAM, FakeClock, entry_id, proposal
from ledger.values import EntryId, Position, Stream

OTHER = Stream("account/m3x9")
"""A second stream."""
START = Position(0)
EVERYTHING = 1_000_000


class Contract:
    """What all parts of the contract stand on."""

    @pytest.fixture
    def clock(self) -> FakeClock:
        """Give the clock that the journal is handed."""
        return FakeClock()

    @pytest.fixture
    def journal(self, clock: FakeClock) -> Journal:
        """Give an empty journal; the subclass says how."""
        raise NotImplementedError


class Appending(Contract):
    """All or nothing, each stream at the version that was expected."""

    def test_an_empty_journal_holds_nothing(self, journal: Journal) -> None:
        assert (journal.head(), [*journal.streams()], journal.since(START, 9)) == (0, [], [])
        assert (journal.origin, journal.root()) == (ORIGIN, merkle.EMPTY_ROOT)

    def test_what_is_appended_is_read_back_with_its_version_and_time(self, journal: Journal, clock: FakeClock) -> None:
        said = proposal(1)

        journal.append([said], {STREAM: 0})

        recorded = clock.now.isoformat(timespec="microseconds").replace("+00:00", "Z")
        finished = {**said.attributes, "recordedtime": recorded, "streamversion": 1}
        assert journal.read(STREAM) == [Stored(Position(1), entry.encode(finished))]

    def test_appending_nothing_changes_nothing(self, journal: Journal) -> None:
        assert (journal.append([], {}), journal.head()) == ([], 0)

    def test_versions_are_contiguous_in_each_stream_and_positions_in_all(self, journal: Journal) -> None:
        for number, stream in enumerate([STREAM, OTHER, STREAM, STREAM, OTHER], start=1):
            journal.append([proposal(number, stream)], {stream: journal.version(stream)})

        entries = [entry.decode(*stored) for stored in journal.since(START, 9)]
        assert [(e.position, e.stream, e.version) for e in entries] == [
            (1, STREAM, 1),
            (2, OTHER, 1),
            (3, STREAM, 2),
            (4, STREAM, 3),
            (5, OTHER, 2),
        ]

    def test_a_batch_over_many_streams_stands_in_its_own_order(self, journal: Journal) -> None:
        batch = [proposal(1), proposal(2, OTHER), proposal(3), proposal(4, OTHER)]

        answers = journal.append(batch, {STREAM: 0, OTHER: 0})

        assert answers == [Appended(Position(n), new=True) for n in (1, 2, 3, 4)]
        assert [*journal.streams()] == [StreamHead(STREAM, 2, Position(3), Position(1)), _head(OTHER, 2, 4, 2)]

    @pytest.mark.parametrize("expected", [0, 1, 3, 9])
    def test_a_stale_version_is_a_conflict_and_adds_nothing(self, journal: Journal, expected: int) -> None:
        journal.append([proposal(1), proposal(2)], {STREAM: 0})
        root = journal.root()

        with pytest.raises(Conflict) as caught:
            journal.append([proposal(3, OTHER), proposal(4)], {STREAM: expected, OTHER: 0})

        assert (caught.value.stream, caught.value.expected, caught.value.actual) == (STREAM, expected, 2)
        assert (journal.head(), journal.root(), journal.version(OTHER)) == (2, root, 0)

    def test_a_stream_without_an_expected_version_is_our_own_mistake(self, journal: Journal) -> None:
        with pytest.raises(ValueError, match=OTHER):
            journal.append([proposal(1), proposal(2, OTHER)], {STREAM: 0})

        assert journal.head() == 0


class Reading(Contract):
    """By stream, by position, by id, and onwards from a position."""

    def test_since_excludes_the_position_it_is_given(self, journal: Journal) -> None:
        journal.append([proposal(1), proposal(2)], {STREAM: 0})

        first, second = journal.since(START, 9)

        assert journal.since(first.position, 9) == [second]
        assert journal.since(second.position, 9) == []

    def test_since_gives_no_more_than_its_limit(self, journal: Journal) -> None:
        journal.append([proposal(n) for n in range(1, 6)], {STREAM: 0})

        assert [[s.position for s in journal.since(Position(1), limit)] for limit in (0, 1, 3)] == [[], [2], [2, 3, 4]]

    def test_an_entry_is_found_by_its_position_and_by_its_id(self, journal: Journal) -> None:
        journal.append([proposal(1), proposal(2)], {STREAM: 0})

        (second,) = journal.since(Position(1), 9)

        assert (journal.at(Position(2)), journal.find(EntryId(entry_id(2)))) == (second, 2)
        assert (journal.at(Position(0)), journal.at(Position(3)), journal.find(EntryId(entry_id(3)))) == (None,) * 3

    def test_a_stream_is_read_without_its_neighbours(self, journal: Journal) -> None:
        batch = [proposal(n, STREAM if n % 3 else OTHER) for n in range(1, 10)]
        journal.append(batch, {STREAM: 0, OTHER: 0})

        assert [s.position for s in journal.read(OTHER)] == [3, 6, 9]
        assert journal.read(Stream("engagement/none")) == []

    def test_disclosures_are_kept_in_the_order_of_their_digests(self, journal: Journal) -> None:
        batch = [proposal(1), proposal(2, text=""), proposal(3)]
        journal.append(batch, {STREAM: 0})

        kept = journal.disclosures([Position(3), Position(2), Position(3), Position(99), Position(0)])

        assert kept == {2: [*batch[1].disclosures], 3: [*batch[2].disclosures]}
        assert [disclosures.digest(d) for d in kept[Position(3)]] == _digests(journal, 3)


def _head(stream: Stream, version: int, position: int, opened: int) -> StreamHead:
    return StreamHead(stream, version, Position(position), Position(opened))


def _digests(journal: Journal, position: int) -> JSON:
    stored = journal.at(Position(position))
    assert stored is not None
    return entry.decode(*stored).data["_sd"]
