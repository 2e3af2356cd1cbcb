"""What any store does when texts are erased: they are gone, with what says so, and nothing else changes."""

import pytest

from ledger.disclosures import digests_of
from ledger.errors import Malformed
from ledger.journal import Journal
from ledger.testing.proposals import STREAM, proposal
from ledger.testing.store_reading import Contract
from ledger.values import Position

FIRST, SECOND = Position(1), Position(2)


class Erasing(Contract):
    """The bytes stay, and with them the tree; only disclosures go."""

    def test_what_is_erased_is_gone_and_the_rest_is_as_it_was(self, journal: Journal) -> None:
        late, early = proposal(1, text="late"), proposal(2, text="early")
        journal.append([late, early], {STREAM: 0})
        root = journal.root()

        gone = journal.erase(FIRST, digests_of(late.disclosures)[1:])

        assert (gone, journal.root()) == (2, root)
        assert journal.disclosures([FIRST, SECOND]) == {1: [late.disclosures[0]], 2: [*early.disclosures]}

    def test_erasing_again_finds_nothing(self, journal: Journal) -> None:
        late = proposal(1)
        journal.append([late], {STREAM: 0})
        journal.erase(FIRST, digests_of(late.disclosures))

        assert journal.erase(FIRST, digests_of(late.disclosures)) == 0

    def test_a_digest_of_another_entry_erases_nothing(self, journal: Journal) -> None:
        late, early = proposal(1), proposal(2)
        journal.append([late, early], {STREAM: 0})

        assert journal.erase(FIRST, digests_of(early.disclosures)) == 0

    def test_a_text_stays_where_what_says_that_it_went_is_refused(self, journal: Journal) -> None:
        late = proposal(1)
        journal.append([late], {STREAM: 0})

        with pytest.raises(Malformed), journal.transaction() as within:  # noqa: PT012 -- both stand in one commit
            within.erase(FIRST, digests_of(late.disclosures))
            within.append([proposal(2, colour="red")], {STREAM: 1})

        assert journal.disclosures([FIRST]) == {1: [*late.disclosures]}
