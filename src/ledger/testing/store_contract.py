"""What every store must do, as tests that any store runs.

class TestOurStore(StoreContract):
    @pytest.fixture
    def journal(self, clock: FakeClock) -> Iterator[Journal]:
        yield …  # an empty one, whose origin is ORIGIN and whose clock is *clock*
"""

# ruff: noqa: D102, S101 -- a test says in its name what it asserts

from datetime import timedelta

import pytest

from ledger import canonical, disclosures, entry, merkle
from ledger.canonical import JSON
from ledger.entry import Proposal
from ledger.errors import ClockBehind, Conflict, IdConflict, LedgerError, Malformed, TooLarge
from ledger.journal import Appended, Journal, Stored, StreamHead
from ledger.testing.proposals import ORIGIN, STREAM, FakeClock, entry_id, proposal
from ledger.values import EntryId, Position, Stream

OTHER = Stream("account/m3x9")
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

        kept = journal.disclosures(Position(2), Position(3))

        assert kept == {2: [*batch[1].disclosures], 3: [*batch[2].disclosures]}
        assert [disclosures.digest(d) for d in kept[Position(3)]] == _digests(journal, 3)


class Repeating(Contract):
    """Asked again, a journal answers with what it recorded first (design 2.6)."""

    def test_the_same_proposal_is_answered_with_the_first_entry(self, journal: Journal) -> None:
        journal.append([proposal(1), proposal(2)], {STREAM: 0})

        again = journal.append([proposal(2), proposal(1)], {STREAM: 0})

        assert (again, journal.head()) == ([Appended(Position(2), new=False), Appended(Position(1), new=False)], 2)

    def test_a_repeated_proposal_takes_no_version(self, journal: Journal) -> None:
        journal.append([proposal(1)], {STREAM: 0})

        answers = journal.append([proposal(2), proposal(1), proposal(2), proposal(3)], {STREAM: 1})

        assert [(a.position, a.new) for a in answers] == [(2, True), (1, False), (2, False), (3, True)]
        assert [entry.decode(*stored).version for stored in journal.read(STREAM)] == [1, 2, 3]

    @pytest.mark.parametrize("together", [False, True])
    @pytest.mark.parametrize(
        "other",
        {
            "another text": proposal(1, text="early"),
            "no text": proposal(1, text=""),
            "another stream": proposal(1, OTHER),
            "another actor": proposal(1, actor="a2"),
            "one attribute more": proposal(1, privileged=True),
            "a truth for a number": proposal(1, fields={"number": True}),
        }.items(),
        ids=lambda case: case[0],
    )
    def test_an_id_used_for_something_else_is_a_conflict(
        self, journal: Journal, other: tuple[str, Proposal], together: bool
    ) -> None:
        first, expected = [proposal(1)], {STREAM: 0, OTHER: 0}
        if not together:
            journal.append(first, expected)

        with pytest.raises(IdConflict) as caught:
            journal.append([*first, other[1]] if together else [other[1]], expected)

        assert (caught.value.entry_id, caught.value.position) == (entry_id(1), 1)
        assert journal.head() == (0 if together else 1)

    def test_a_source_key_seen_before_adds_nothing(self, journal: Journal) -> None:
        key = "ab" * 32
        journal.append([proposal(1, sourcekey=key)], {STREAM: 0})

        answers = journal.append([proposal(2, sourcekey=key), proposal(3)], {STREAM: 1})

        assert [(a.position, a.new) for a in answers] == [(1, False), (2, True)]
        assert journal.seen([key, "cd" * 32]) == {key: 1}

    def test_a_source_key_repeated_in_one_batch_adds_one_entry(self, journal: Journal) -> None:
        batch = [proposal(n, sourcekey=f"{n % 2:064x}") for n in range(1, 6)]

        answers = journal.append(batch, {STREAM: 0})

        assert [(a.position, a.new) for a in answers] == [(1, True), (2, True), (1, False), (2, False), (1, False)]

    def test_source_keys_that_begin_alike_are_told_apart(self, journal: Journal) -> None:
        alike = [f"{'ff' * 8}{n:048x}" for n in range(5)]
        journal.append([proposal(n, sourcekey=key) for n, key in enumerate(alike[:3], start=1)], {STREAM: 0})
        journal.append([proposal(4, sourcekey=alike[3])], {STREAM: 3})

        assert journal.seen(alike) == {key: n for n, key in enumerate(alike[:4], start=1)}


class Timing(Contract):
    """Recorded time never goes back, and a clock far behind is refused (design 2.4)."""

    def test_one_batch_has_one_recorded_time(self, journal: Journal) -> None:
        journal.append([proposal(1), proposal(2, OTHER)], {STREAM: 0, OTHER: 0})

        assert len(set(_recorded(journal))) == 1

    def test_a_clock_a_little_behind_records_the_time_of_the_newest_entry(
        self, journal: Journal, clock: FakeClock
    ) -> None:
        journal.append([proposal(1)], {STREAM: 0})
        clock.now -= timedelta(minutes=5, seconds=1)

        journal.append([proposal(2)], {STREAM: 1})

        first, second = _recorded(journal)
        assert first == second

    def test_a_clock_more_than_five_minutes_behind_is_refused(self, journal: Journal, clock: FakeClock) -> None:
        journal.append([proposal(1)], {STREAM: 0})
        clock.now -= timedelta(minutes=5, seconds=2)

        with pytest.raises(ClockBehind):
            journal.append([proposal(2)], {STREAM: 1})

        assert journal.head() == 1
        assert journal.append([proposal(1)], {STREAM: 1}) == [Appended(Position(1), new=False)]


class Limiting(Contract):
    """What is refused before anything is written."""

    def test_what_makes_no_entry_is_refused(self, journal: Journal) -> None:
        cases: dict[str, tuple[list[Proposal], type[LedgerError]]] = {
            "of another ledger": ([proposal(1, source="ledger.example/other")], Malformed),
            "an unknown attribute": ([proposal(1, colour="red")], Malformed),
            "a time of its own": ([proposal(1, recordedtime="2025-06-06T08:00:00.000000Z")], Malformed),
            "digests of nothing": ([Proposal(proposal(1).attributes)], Malformed),
            "too large": ([_sized(65_535 - entry.FINISH + 1)], TooLarge),
            "too large a text": ([proposal(1, text="x" * entry.LARGEST_DISCLOSURE)], TooLarge),
            "too many": ([proposal(1)] * (entry.LARGEST_BATCH + 1), TooLarge),
        }
        for name, (batch, error) in cases.items():
            with pytest.raises(error):
                journal.append([proposal(2), *batch], {STREAM: 0})
            assert (name, journal.head()) == (name, 0)

    def test_the_largest_proposal_makes_an_entry(self, journal: Journal) -> None:
        journal.append([_sized(65_535 - entry.FINISH)], {STREAM: 0})

        assert journal.head() == 1


class Proving(Contract):
    """The tree of the entries, and its proofs (RFC 6962)."""

    def test_every_size_around_a_full_tile_has_its_root_and_its_proofs(self, journal: Journal) -> None:
        for size in (1, 2, 3, 255, 256, 257, 511, 512, 513, 770):
            head = journal.head()
            journal.append([proposal(n) for n in range(head + 1, size + 1)], {STREAM: head})
            leaves = [merkle.leaf_hash(raw) for _, raw in journal.since(START, EVERYTHING)]
            root = journal.root()
            assert root == merkle.root(leaves)
            for index in {0, size // 2, max(size - 2, 0), size - 1, min(255, size - 1), min(256, size - 1)}:
                proof = merkle.prove_inclusion(index, size, journal.nodes())
                merkle.check_inclusion(proof, index, size, leaves[index], root)

    def test_a_tree_is_the_beginning_of_every_later_one(self, journal: Journal) -> None:
        journal.append([proposal(n) for n in range(1, 258)], {STREAM: 0})
        old = journal.root()
        journal.append([proposal(n) for n in range(258, 700)], {STREAM: 257})

        proof = merkle.prove_consistency(257, 699, journal.nodes())

        merkle.check_consistency(proof, 257, 699, old, journal.root())


class StoreContract(Appending, Reading, Repeating, Timing, Limiting, Proving):
    """The whole contract."""


def _head(stream: Stream, version: int, position: int, opened: int) -> StreamHead:
    return StreamHead(stream, version, Position(position), Position(opened))


def _digests(journal: Journal, position: int) -> JSON:
    stored = journal.at(Position(position))
    assert stored is not None
    return entry.decode(*stored).data["_sd"]


def _recorded(journal: Journal) -> list[str]:
    return [entry.decode(*stored).recorded for stored in journal.since(START, EVERYTHING)]


def _sized(size: int) -> Proposal:
    data: dict[str, JSON] = {"_sd": [], "filling": ""}
    empty = len(canonical.encode({**proposal(1).attributes, "data": data}))
    return Proposal({**proposal(1).attributes, "data": {**data, "filling": "x" * (size - empty)}})
