"""Proofs that are false in other ways than one changed hash."""

import pytest

from ledger.errors import Tampered
from ledger.merkle import (
    EMPTY_ROOT,
    Hash,
    check_consistency,
    check_inclusion,
    node_hash,
    prove_consistency,
    prove_inclusion,
)
from tests.forest import LEAVES, NODES, naive_root

LEAF, ROOT, PROOF = LEAVES[5], naive_root(0, 8), prove_inclusion(5, 8, NODES)
_, N67, N0123 = PROOF
TAIL = Hash(LEAF[1:])
SHORT_ROOT, SHORT = Hash(ROOT[:31]), Hash(PROOF[0][:31])
FALSE_INCLUSION: dict[str, tuple[list[Hash], int, int, Hash, Hash]] = {
    "a hash missing at the end": (PROOF[:-1], 5, 8, LEAF, ROOT),
    "a hash missing at the start": (PROOF[1:], 5, 8, LEAF, ROOT),
    "no hash": ([], 5, 8, LEAF, ROOT),
    "a hash too many": ([*PROOF, ROOT], 5, 8, LEAF, ROOT),
    "two hashes exchanged": ([PROOF[1], PROOF[0], PROOF[2]], 5, 8, LEAF, ROOT),
    "the neighbour's index": (PROOF, 4, 8, LEAF, ROOT),
    "an index that is the size": (PROOF, 8, 8, LEAF, ROOT),
    "an index that is the size of a tree of one": ([], 1, 1, LEAVES[0], LEAVES[0]),
    "an index below zero": (PROOF, -1, 8, LEAF, ROOT),
    "another size": (PROOF, 5, 6, LEAF, ROOT),
    "an empty tree": ([], 0, 0, LEAF, EMPTY_ROOT),
    "the neighbour's leaf": (PROOF, 5, 8, LEAVES[4], ROOT),
    "the root of another size": (PROOF, 5, 8, LEAF, naive_root(0, 7)),
    "a short root": (PROOF, 5, 8, LEAF, SHORT_ROOT),
    "a short leaf": (PROOF, 5, 8, Hash(LEAF[:31]), ROOT),
    "a short hash": ([SHORT, *PROOF[1:]], 5, 8, LEAF, ROOT),
    "a long hash": ([Hash(PROOF[0] + b"\0"), *PROOF[1:]], 5, 8, LEAF, ROOT),
    "a path that stops at a node below the root": (PROOF[:-1], 5, 8, LEAF, naive_root(4, 8)),
    "a path that climbs past the root": ([LEAVES[0]], 0, 1, LEAVES[1], naive_root(0, 2)),
    "a byte moved from a hash to its neighbour": ([TAIL, N67, N0123], 4, 8, Hash(LEAVES[4] + LEAF[:1]), ROOT),
    "a node in place of a leaf": (PROOF[1:], 2, 4, naive_root(4, 6), naive_root(0, 7)),
}


@pytest.mark.parametrize("case", FALSE_INCLUSION.values(), ids=FALSE_INCLUSION)
def test_a_false_inclusion_is_refused(case: tuple[list[Hash], int, int, Hash, Hash]) -> None:
    with pytest.raises(Tampered):
        check_inclusion(*case)


SIX, EIGHT, GROWTH = naive_root(0, 6), naive_root(0, 8), prove_consistency(6, 8, NODES)
PAST_THREE, PAST_FOUR = node_hash(SIX, naive_root(0, 3)), node_hash(SIX, naive_root(0, 4))
N4567_TAIL = Hash(naive_root(4, 8)[1:])
FALSE_CONSISTENCY: dict[str, tuple[list[Hash], int, int, Hash, Hash]] = {
    "a hash missing at the end": (GROWTH[:-1], 6, 8, SIX, EIGHT),
    "a hash missing at the start": (GROWTH[1:], 6, 8, SIX, EIGHT),
    "no hash": ([], 6, 8, SIX, EIGHT),
    "no hash from a power of two": ([], 4, 8, naive_root(0, 4), EIGHT),
    "a hash too many": ([*GROWTH, SIX], 6, 8, SIX, EIGHT),
    "two hashes exchanged": ([GROWTH[1], GROWTH[0], GROWTH[2]], 6, 8, SIX, EIGHT),
    "another old root": (GROWTH, 6, 8, naive_root(0, 5), EIGHT),
    "another new root": (GROWTH, 6, 8, SIX, naive_root(0, 7)),
    "another old size": (GROWTH, 5, 8, SIX, EIGHT),
    "another new size": (GROWTH, 6, 20, SIX, EIGHT),
    "a tree that shrank": (GROWTH, 8, 6, EIGHT, SIX),
    "a size below zero": ([], -1, 8, SIX, EIGHT),
    "other roots of one size": ([], 8, 8, SIX, EIGHT),
    "a proof between equals": (GROWTH, 8, 8, EIGHT, EIGHT),
    "a proof from the empty tree": (GROWTH, 0, 8, EMPTY_ROOT, EIGHT),
    "a false root of the empty tree": ([], 0, 8, SIX, EIGHT),
    "a false root of two empty trees": ([], 0, 0, SIX, SIX),
    "a path that stops below the root": (GROWTH[:-1], 6, 8, naive_root(4, 6), naive_root(4, 8)),
    "a path that climbs past the root": ([*prove_consistency(3, 4, NODES), SIX], 3, 4, PAST_THREE, PAST_FOUR),
    "a byte moved from a hash to its neighbour": ([N4567_TAIL], 4, 8, Hash(N0123 + naive_root(4, 8)[:1]), EIGHT),
    "a short hash": ([SHORT, *GROWTH[1:]], 6, 8, SIX, EIGHT),
    "a short root": (GROWTH, 6, 8, Hash(SIX[:31]), EIGHT),
}


@pytest.mark.parametrize("case", FALSE_CONSISTENCY.values(), ids=FALSE_CONSISTENCY)
def test_a_false_consistency_is_refused_and_no_one_entry_blamed(case: tuple[list[Hash], int, int, Hash, Hash]) -> None:
    with pytest.raises(Tampered) as refused:
        check_consistency(*case)

    assert refused.value.position == 0


@pytest.mark.parametrize("proof", [[*PROOF, ROOT], PROOF[:-1], [SHORT, *PROOF[1:]], [PROOF[0], *PROOF[:2]]])
def test_a_refused_inclusion_names_the_entry_by_its_position_from_one(proof: list[Hash]) -> None:
    with pytest.raises(Tampered) as refused:
        check_inclusion(proof, 5, 8, LEAF, ROOT)

    assert refused.value.position == 6


@pytest.mark.parametrize(
    ("old", "new", "saying"),
    [
        (LEAF, EIGHT, f"the tree of 6 entries has root {SIX.hex()}"),
        (SIX, LEAF, f"the tree of 8 entries has root {EIGHT.hex()}"),
        (LEAF, LEAVES[0], f"the tree of 6 entries has root {SIX.hex()}"),
    ],
    ids=["old", "new", "both"],
)
def test_a_refused_consistency_names_the_tree_whose_root_is_another(old: Hash, new: Hash, saying: str) -> None:
    with pytest.raises(Tampered) as refused:
        check_consistency(GROWTH, 6, 8, old, new)

    assert refused.value.what == f"by the consistency proof {saying}"
