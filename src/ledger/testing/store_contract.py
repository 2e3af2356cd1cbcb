"""What every store must do, as tests that any store runs.

class TestOurStore(StoreContract):
    @pytest.fixture
    def journal(self, clock: FakeClock) -> Iterator[Journal]:
        yield …  # an empty one, whose origin is ORIGIN and whose clock is *clock*
"""

from ledger import merkle
from ledger.journal import Journal
from ledger.testing.proposals import STREAM, proposal
from ledger.testing.store_erasing import Erasing
from ledger.testing.store_reading import EVERYTHING, START, Appending, Contract, Reading
from ledger.testing.store_refusing import Limiting, Repeating, Timing
from ledger.testing.store_transactions import Transacting


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


class StoreContract(Appending, Reading, Repeating, Timing, Limiting, Transacting, Proving, Erasing):
    """The whole contract."""
