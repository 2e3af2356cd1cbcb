"""The vectors published with certificate-transparency (merkle_tree_test.cc)."""

import pytest

from ledger.merkle import Hash, leaf_hashes, prove_consistency, prove_inclusion, root, tree_root
from tests.forest import Memory

ENTRIES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
N0 = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
N1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
N01 = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
N23 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
N4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
N45 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
N67 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
N0123 = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
N4567 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"

INCLUSION: dict[tuple[int, int], list[str]] = {
    (0, 1): [],
    (0, 8): [N1, N23, N4567],
    (5, 8): [N4, N67, N0123],
    (2, 3): [N01],
    (1, 5): [N0, N23, N4],
}
CONSISTENCY: dict[tuple[int, int], list[str]] = {
    (1, 1): [],
    (1, 8): [N1, N23, N4567],
    (6, 8): [N45, N67, N0123],
    (2, 5): [N23, N4],
}

LEAVES = leaf_hashes(map(bytes.fromhex, ENTRIES))


@pytest.mark.parametrize("size", range(9))
def test_the_root_is_the_published_one(size: int) -> None:
    expected = Hash(bytes.fromhex(ROOTS[size]))

    assert (root(LEAVES[:size]), tree_root(size, Memory(LEAVES[:size]))) == (expected, expected)


@pytest.mark.parametrize(("index", "size"), INCLUSION)
def test_the_inclusion_proof_is_the_published_one(index: int, size: int) -> None:
    assert [node.hex() for node in prove_inclusion(index, size, Memory(LEAVES))] == INCLUSION[index, size]


@pytest.mark.parametrize(("old", "new"), CONSISTENCY)
def test_the_consistency_proof_is_the_published_one(old: int, new: int) -> None:
    assert [node.hex() for node in prove_consistency(old, new, Memory(LEAVES))] == CONSISTENCY[old, new]
