"""The right edge of a growing tree: all that must be remembered to add leaves, at most 255 hashes a row.

edge = Edge()
for page in pages:                      # any number of leaf hashes a page
    for tile in edge.extend(page):      # a tile comes out when it is full, and never again
        keep(tile.level, tile.number, tile.root, tile.hashes)
edge.size, edge.root()
"""

from collections.abc import Sequence
from typing import Self

from ledger.merkle.tiles import TILE_HEIGHT, TILE_WIDTH, Nodes, edge_row, format_hashes, rows_of
from ledger.merkle.tree import EMPTY_ROOT, Hash, root
from ledger.values.named import NamedTuple


class Tile(NamedTuple):
    """A full tile: the 256 *hashes* of row *level* from 256 * *number* on, end to end, and their root."""

    level: int
    number: int
    root: Hash
    hashes: bytes


class Edge:
    """The hashes that stand in no full tile yet; *size* counts the leaves of the whole tree."""

    def __init__(self) -> None:
        self.size = 0
        self._rows: list[list[Hash]] = [[]]

    @classmethod
    def at(cls, size: int, nodes: Nodes) -> Self:
        """Read the edge of the tree of *size* leaves back from *nodes*: one read a row."""
        edge = cls()
        edge.size = size
        edge._rows = [[*edge_row(size, level, nodes)] for level in range(rows_of(size))] or [[]]
        return edge

    def copy(self) -> Self:
        """Copy the edge, to adopt once what was added to the copy is safely kept."""
        twin = type(self)()
        twin.size, twin._rows = self.size, [row.copy() for row in self._rows]
        return twin

    def add(self, leaf: Hash) -> list[Tile]:
        """Add one *leaf*, and list the tiles that it fills, row by row from the leaves up."""
        return self.extend((leaf,))

    def extend(self, leaves: Sequence[Hash]) -> list[Tile]:
        """Add *leaves* in order, and list the tiles that they fill, row by row from the leaves up."""
        tiles = self._fill(0, leaves)
        self.size += len(leaves)
        return tiles

    def root(self) -> Hash:
        """Hash the tree into its root."""
        below: list[Hash] = []
        for row in self._rows:
            if row or below:
                below = [root([*row, *below])]
        return below[0] if below else EMPTY_ROOT

    def _fill(self, level: int, hashes: Sequence[Hash]) -> list[Tile]:
        if level == len(self._rows):
            self._rows.append([])
        row = self._rows[level]
        row.extend(hashes)
        full = len(row) // TILE_WIDTH
        if not full:
            return []
        first = self.size >> TILE_HEIGHT * (level + 1)
        tiles = [_tile(level, first + n, row[n * TILE_WIDTH : (n + 1) * TILE_WIDTH]) for n in range(full)]
        del row[: full * TILE_WIDTH]
        return tiles + self._fill(level + 1, [tile.root for tile in tiles])


def _tile(level: int, number: int, hashes: list[Hash]) -> Tile:
    return Tile(level, number, root(hashes), format_hashes(hashes))
