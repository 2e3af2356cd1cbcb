"""What any store does not do: record twice, go back in time, or take what makes no entry."""

from datetime import timedelta

import pytest

from ledger import canonical, entry
from ledger.canonical import JSON
from ledger.entry import Proposal
from ledger.errors import ClockBehind, IdConflict, LedgerError, Malformed, TooLarge
from ledger.journal import Appended, Journal
from ledger.testing.proposals import STREAM, FakeClock, entry_id, proposal
from ledger.testing.store_reading import EVERYTHING, OTHER, START, Contract
from ledger.values import Position


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


def _recorded(journal: Journal) -> list[str]:
    return [entry.decode(*stored).recorded for stored in journal.since(START, EVERYTHING)]


def _sized(size: int) -> Proposal:
    data: dict[str, JSON] = {"_sd": [], "filling": ""}
    empty = len(canonical.encode({**proposal(1).attributes, "data": data}))
    return Proposal({**proposal(1).attributes, "data": {**data, "filling": "x" * (size - empty)}})
