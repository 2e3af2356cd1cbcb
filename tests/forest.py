"""Trees to try the tile-backed code on: leaves in memory, and beside them RFC 6962 §2.1 word by word."""

from collections.abc import Sequence
from functools import cache

from ledger.merkle import EMPTY_ROOT, Hash, leaf_hash, node_hash, tile_root

LEAVES = [leaf_hash(n.to_bytes(4, "big")) for n in range(65_537)]


class Memory:
    """The rows of a tree, complete subtrees only."""

    def __init__(self, leaves: Sequence[Hash]) -> None:
        self.rows, self.reads = [leaves], 0
        while tiles := len(self.rows[-1]) // 256:
            self.rows.append([tile_root(self.rows[-1][256 * n : 256 * n + 256]) for n in range(tiles)])

    def row(self, level: int, first: int, count: int) -> Sequence[Hash]:
        assert first // 256 == (first + count - 1) // 256, "a read crosses no tile"
        assert 0 <= first < first + count <= len(self.rows[level]), "a read asks for complete subtrees only"
        self.reads += 1
        return self.rows[level][first : first + count]


NODES = Memory(LEAVES)


@cache
def naive_root(start: int, end: int) -> Hash:
    """MTH(D[start:end]), word by word."""
    if start == end:
        return EMPTY_ROOT
    if end - start == 1:
        return LEAVES[start]
    split = start + _split(end - start)
    return node_hash(naive_root(start, split), naive_root(split, end))


def naive_inclusion(index: int, start: int, end: int) -> list[Hash]:
    """PATH(index, D[start:end]), word by word."""
    if end - start == 1:
        return []
    split = start + _split(end - start)
    if index < split:
        return [*naive_inclusion(index, start, split), naive_root(split, end)]
    return [*naive_inclusion(index, split, end), naive_root(start, split)]


def naive_consistency(old: int, start: int, end: int, whole: bool = True) -> list[Hash]:
    """SUBPROOF(old - start, D[start:end], whole), word by word."""
    if old == end:
        return [] if whole else [naive_root(start, end)]
    split = start + _split(end - start)
    if old <= split:
        return [*naive_consistency(old, start, split, whole), naive_root(split, end)]
    return [*naive_consistency(old, split, end, False), naive_root(start, split)]


def flipped(value: Hash, bit: int = 0) -> Hash:
    """Change one *bit* of *value*."""
    at = bit // 8
    return Hash(value[:at] + bytes((value[at] ^ 1 << bit % 8,)) + value[at + 1 :])


def _split(count: int) -> int:
    return 1 << (count - 1).bit_length() - 1
