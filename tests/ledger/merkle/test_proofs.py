"""Every proof of every tree of up to 300 leaves is accepted, and refused with any one of its hashes changed."""

from collections.abc import Callable

import pytest

from ledger.errors import Malformed, Tampered
from ledger.merkle import (
    Hash,
    check_consistency,
    check_inclusion,
    prove_consistency,
    prove_inclusion,
)
from tests.forest import LEAVES, NODES, flipped, naive_consistency, naive_inclusion, naive_root

BLOCKS = [range(1, 101), range(101, 151), range(151, 201), range(201, 231), range(231, 261), range(261, 281)]
SIZES = pytest.mark.parametrize("sizes", [*BLOCKS, range(281, 301)], ids=str)


def refused(check: Callable[..., None], proof: list[Hash], *facts: int | Hash) -> bool:
    try:  # pytest.raises costs more than the check, and there are 700,000 of them
        check(proof, *facts)
    except Tampered:
        return True
    return False


def assert_only_itself(check: Callable[..., None], proof: list[Hash], *facts: int | Hash) -> None:
    check(proof, *facts)
    for i, node in enumerate(proof):
        assert refused(check, [*proof[:i], flipped(node, 37 * i % 256), *proof[i + 1 :]], *facts)


@SIZES
def test_inclusion_is_proved_for_every_leaf_and_no_hash_can_be_changed(sizes: range) -> None:
    for size in sizes:
        root = naive_root(0, size)
        for index, leaf in enumerate(LEAVES[:size]):
            proof = prove_inclusion(index, size, NODES)
            assert_only_itself(check_inclusion, proof, index, size, leaf, root)


@SIZES
def test_consistency_is_proved_from_every_size_and_no_hash_can_be_changed(sizes: range) -> None:
    for new in sizes:
        roots = [naive_root(0, size) for size in range(new + 1)]
        for old in range(new + 1):
            proof = prove_consistency(old, new, NODES)
            assert_only_itself(check_consistency, proof, old, new, roots[old], roots[new])


@pytest.mark.parametrize("size", [*range(1, 40), 255, 256, 257, 300, 512, 65_535, 65_536, 65_537])
def test_proofs_are_those_of_the_recursive_definition(size: int) -> None:
    places = {n for n in (0, 1, 2, 3, 127, 128, 255, 256, 257, 511, 65_534, 65_535, 65_536, size - 1) if n < size}

    assert [prove_inclusion(n, size, NODES) for n in places] == [naive_inclusion(n, 0, size) for n in places]
    assert [prove_consistency(n + 1, size, NODES) for n in places] == [
        naive_consistency(n + 1, 0, size) for n in places
    ]


@pytest.mark.parametrize("bit", range(256))
def test_no_bit_of_leaf_or_root_can_be_changed(bit: int) -> None:
    leaf, root, proof = LEAVES[11], naive_root(0, 13), prove_inclusion(11, 13, NODES)

    for changed_leaf, changed_root in ((flipped(leaf, bit), root), (leaf, flipped(root, bit))):
        with pytest.raises(Tampered):
            check_inclusion(proof, 11, 13, changed_leaf, changed_root)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (8, 8), (-1, 8)])
def test_there_is_no_proof_of_an_entry_outside_the_tree(index: int, size: int) -> None:
    with pytest.raises(Malformed):
        prove_inclusion(index, size, NODES)


@pytest.mark.parametrize(("old", "new"), [(9, 8), (-1, 8)])
def test_there_is_no_proof_that_a_tree_shrank(old: int, new: int) -> None:
    with pytest.raises(Malformed):
        prove_consistency(old, new, NODES)
