"""A stranger, PyPI's scitt-cose, accepts our proofs on a tree of 1,000 entries and refuses them once altered."""

import pytest
from scitt_cose import merkle as stranger

from ledger.merkle import Hash, leaf_hashes, prove_consistency, prove_inclusion, root
from tests.forest import Memory, flipped

SIZE = 1_000
ENTRIES = [f"entry {n}".encode() for n in range(SIZE)]
LEAVES = leaf_hashes(ENTRIES)
NODES = Memory(LEAVES)
ROOT = root(LEAVES)
BLOCKS = [range(start, start + 100) for start in range(0, SIZE, 100)]


def accepts_inclusion(index: int, proof: list[Hash], entry: bytes, root: Hash = ROOT) -> bool:
    path = [node.hex() for node in proof]
    return bool(stranger.verify_inclusion(entry.hex(), index, SIZE, path, root.hex()))


def accepts_consistency(old: int, proof: list[Hash], new_root: Hash = ROOT) -> bool:
    path = [node.hex() for node in proof]
    return bool(stranger.verify_consistency(root(LEAVES[:old]).hex(), new_root.hex(), old, SIZE, path))


def one_hash_changed(proof: list[Hash]) -> list[list[Hash]]:
    return [[*proof[:i], flipped(node), *proof[i + 1 :]] for i, node in enumerate(proof)]


def test_a_stranger_finds_the_same_root() -> None:
    assert stranger.merkle_root([entry.hex() for entry in ENTRIES]) == ROOT.hex()


@pytest.mark.parametrize("block", BLOCKS, ids=str)
def test_a_stranger_accepts_the_inclusion_of_every_entry_and_no_altered_proof(block: range) -> None:
    for index in block:
        proof = prove_inclusion(index, SIZE, NODES)

        assert accepts_inclusion(index, proof, ENTRIES[index])
        assert not any(accepts_inclusion(index, changed, ENTRIES[index]) for changed in one_hash_changed(proof))


@pytest.mark.parametrize("block", BLOCKS, ids=str)
def test_a_stranger_accepts_the_growth_from_every_size_and_no_altered_proof(block: range) -> None:
    for old in range(block.start + 1, block.stop + 1):
        proof = prove_consistency(old, SIZE, NODES)

        assert accepts_consistency(old, proof)
        assert not any(accepts_consistency(old, changed) for changed in one_hash_changed(proof))


def test_a_stranger_refuses_another_entry_another_place_and_another_root() -> None:
    proof = prove_inclusion(500, SIZE, NODES)

    assert not accepts_inclusion(500, proof, ENTRIES[501])
    assert not accepts_inclusion(501, proof, ENTRIES[500])
    assert not accepts_inclusion(500, proof, ENTRIES[500], flipped(ROOT))
    assert not accepts_consistency(500, prove_consistency(500, SIZE, NODES), flipped(ROOT))
