"""How the tree is kept: C2SP tlog-tiles of height 8, full ones only.

Row 0 is the leaves. Row L holds the roots of complete subtrees of 256**L leaves. A tile is 256 neighbours of one row,
8,192 bytes; its root is one hash of the row above. What no full tile holds is at most 255 hashes a row: the edge.

    row 2   ■                                    1 of 65,536 leaves
    row 1   ■ ■ ■ … ■ | ■ ■                      a full tile, an edge of 2
    row 0   ■ ■ … ■ | … | ■ ■ … ■ | ■ ■ ■        258 full tiles, an edge of 3: 66,051 leaves

The root of the tree is the root of each edge with, as its last and smaller member, the root of the edges below.
"""

from collections.abc import Sequence
from typing import Protocol

from ledger.errors import Tampered
from ledger.merkle.tree import EMPTY_ROOT, HASH_SIZE, Hash, root

TILE_HEIGHT = 8
TILE_WIDTH = 1 << TILE_HEIGHT


class Nodes(Protocol):
    """The stored hashes of a tree: row *level* holds the roots of complete subtrees of 256**level leaves."""

    def row(self, level: int, first: int, count: int) -> Sequence[Hash]:
        """Read *count* hashes of row *level*, 1 to 256, from *first* on: all complete, all within one tile."""


def full_tiles(size: int) -> list[int]:
    """Count the full tiles of a tree of *size* leaves, row by row from the leaves up."""
    counts = []
    while size := size >> TILE_HEIGHT:
        counts.append(size)
    return counts


def tile_root(hashes: Sequence[Hash]) -> Hash:
    """Hash the 256 *hashes* of one tile into the hash that stands for it in the row above."""
    if len(hashes) != TILE_WIDTH:
        raise Tampered(0, f"a tile holds {len(hashes)} hashes, not {TILE_WIDTH}")
    return root(hashes)


def tree_root(size: int, nodes: Nodes) -> Hash:
    """Hash the tree of *size* leaves from its edge: one read of *nodes* a row."""
    below: list[Hash] = []
    for level in range(rows_of(size)):
        if edge := [*edge_row(size, level, nodes), *below]:
            below = [root(edge)]
    return below[0] if below else EMPTY_ROOT


def rows_of(size: int) -> int:
    """Count the rows that a tree of *size* leaves has."""
    return (size.bit_length() + TILE_HEIGHT - 1) // TILE_HEIGHT


def edge_row(size: int, level: int, nodes: Nodes) -> Sequence[Hash]:
    """Read what row *level* of a tree of *size* leaves has outside full tiles."""
    complete = size >> TILE_HEIGHT * level
    count = complete % TILE_WIDTH
    return read_row(nodes, level, complete - count, count) if count else ()


def read_row(nodes: Nodes, level: int, first: int, count: int) -> Sequence[Hash]:
    """Read hashes, and refuse to go on with fewer than were asked for."""
    row = nodes.row(level, first, count)
    if len(row) != count:
        raise Tampered(0, f"row {level} of the tree holds {len(row)} hashes from {first} on, not {count}")
    return row


def format_hashes(hashes: Sequence[Hash]) -> bytes:
    """Join *hashes* end to end, as a tile keeps them."""
    return b"".join(hashes)


def parse_hashes(row: bytes) -> list[Hash]:
    """Split *row* into the hashes that it joins."""
    if len(row) % HASH_SIZE:
        raise Tampered(0, f"a row of hashes has {len(row)} bytes, which {HASH_SIZE} does not divide")
    return [Hash(row[start : start + HASH_SIZE]) for start in range(0, len(row), HASH_SIZE)]
