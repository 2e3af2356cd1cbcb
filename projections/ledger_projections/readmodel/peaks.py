"""The peaks of a growing tree: the roots of its largest complete subtrees, from which the next root takes a few hashes.

    size 11 = 8 + 2 + 1     [root of leaves 0 to 7, root of 8 and 9, leaf 10]

The root is the node over the first peak and the root of the others, RFC 6962 §2.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.merkle import EMPTY_ROOT, HASH_SIZE, TILE_WIDTH, node_hash, parse_hashes, root

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ledger.merkle import Hash, Nodes

TILE_HEIGHT = TILE_WIDTH.bit_length() - 1
FEW = 1_000
"""With more new leaves than this the peaks are read from the stored hashes again."""


def peaks_at(size: int, nodes: Nodes) -> list[Hash]:
    """Return the peaks of the tree of *size* leaves, from its stored hashes."""
    found, first = [], 0
    for height in reversed(range(size.bit_length())):
        if size >> height & 1:
            level, width = height // TILE_HEIGHT, 1 << height % TILE_HEIGHT
            found.append(root(nodes.row(level, first >> TILE_HEIGHT * level, width)))
            first += 1 << height
    return found


def peaks_after(kept: bytes, size: int, last: int, nodes: Nodes) -> tuple[list[Hash], Hash | None]:
    """Return the peaks at *last* leaves and the last leaf, from peaks *kept* at *size* leaves if not too far behind."""
    if not size < last <= size + FEW or len(kept) != size.bit_count() * HASH_SIZE:
        return peaks_at(last, nodes), nodes.row(0, last - 1, 1)[0] if last else None
    peaks, leaf = parse_hashes(kept), None
    while size < last:
        leaves = nodes.row(0, size, min(last - size, TILE_WIDTH - size % TILE_WIDTH))
        peaks, leaf = grown(peaks, size, leaves), leaves[-1]
        size += len(leaves)
    return peaks, leaf


def grown(peaks: Sequence[Hash], size: int, leaves: Iterable[Hash]) -> list[Hash]:
    """Return the *peaks* of a tree of *size* leaves once *leaves* are added."""
    made = [*peaks]
    for ordinal, leaf in enumerate(leaves, size):
        peak, left = leaf, ordinal
        while left & 1:
            peak, left = node_hash(made.pop(), peak), left >> 1
        made.append(peak)
    return made


def root_of(peaks: Sequence[Hash]) -> Hash:
    """Return the root of the tree that has these *peaks*."""
    if not peaks:
        return EMPTY_ROOT
    below = peaks[-1]
    for peak in peaks[-2::-1]:
        below = node_hash(peak, below)
    return below
