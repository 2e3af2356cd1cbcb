"""What any store does with several appends in one transaction: they become one commit, or nothing."""

import pytest

from ledger import entry, merkle
from ledger.errors import Conflict, Malformed
from ledger.journal import Appended, Journal
from ledger.testing.proposals import STREAM, entry_id, proposal
from ledger.testing.store_reading import EVERYTHING, OTHER, START, Contract
from ledger.values import EntryId, Position


class Transacting(Contract):
    """Nothing is seen elsewhere before the end, and nothing is left after an error."""

    def test_what_a_transaction_appends_it_reads_at_once_and_others_at_its_end(self, journal: Journal) -> None:
        with journal.transaction() as within:
            within.append([proposal(1)], {STREAM: 0})
            answers = within.append([proposal(2), proposal(3, OTHER)], {STREAM: 1, OTHER: 0})
            seen_within = within.head(), within.version(STREAM), within.find(EntryId(entry_id(2)))
            seen_elsewhere = journal.head(), journal.version(STREAM), journal.find(EntryId(entry_id(2)))

        assert answers == [Appended(Position(2), new=True), Appended(Position(3), new=True)]
        assert (seen_within, seen_elsewhere) == ((3, 2, 2), (0, 0, None))
        assert (journal.head(), journal.version(STREAM), journal.find(EntryId(entry_id(2)))) == (3, 2, 2)

    def test_an_error_in_a_transaction_leaves_nothing_of_it(self, journal: Journal) -> None:
        journal.append([proposal(1)], {STREAM: 0})
        root = journal.root()

        with pytest.raises(Malformed), journal.transaction() as within:  # noqa: PT012 -- both stand in one commit
            within.append([proposal(n) for n in range(2, 600)], {STREAM: 1})
            within.append([proposal(600, colour="red")], {STREAM: 599})

        assert (journal.head(), journal.root()) == (1, root)
        assert journal.append([proposal(2)], {STREAM: 1}) == [Appended(Position(2), new=True)]

    def test_an_append_that_is_refused_within_takes_nothing_from_those_that_were_not(self, journal: Journal) -> None:
        with journal.transaction() as within:
            within.append([proposal(1)], {STREAM: 0})
            with pytest.raises(Conflict):
                within.append([proposal(2, OTHER), proposal(3)], {STREAM: 0, OTHER: 0})
            within.append([proposal(3)], {STREAM: 1})

        assert [entry.decode(*stored).id for stored in journal.since(START, 9)] == [entry_id(1), entry_id(3)]

    def test_a_transaction_has_one_recorded_time(self, journal: Journal) -> None:
        with journal.transaction() as within:
            within.append([proposal(1)], {STREAM: 0})
            within.append([proposal(2)], {STREAM: 1})

        assert len({entry.decode(*stored).recorded for stored in journal.since(START, 9)}) == 1

    def test_a_source_key_of_the_same_transaction_is_seen(self, journal: Journal) -> None:
        key = "ab" * 32
        with journal.transaction() as within:
            within.append([proposal(1, sourcekey=key)], {STREAM: 0})
            seen = within.seen([key]), journal.seen([key])
            again = within.append([proposal(2, sourcekey=key)], {STREAM: 1})

        assert (seen, again) == (({key: 1}, {}), [Appended(Position(1), new=False)])

    def test_the_tree_over_many_appends_of_one_transaction_is_that_of_their_entries(self, journal: Journal) -> None:
        with journal.transaction() as within:
            for first in range(1, 700, 100):
                within.append([proposal(n) for n in range(first, first + 100)], {STREAM: first - 1})
            root = within.root()

        leaves = [merkle.leaf_hash(raw) for _, raw in journal.since(START, EVERYTHING)]
        assert (journal.root(), root) == (merkle.root(leaves),) * 2
