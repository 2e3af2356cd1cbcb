"""Trees read from tiles, and the edge that fills them, around the sizes at which tiles become full."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import Tampered
from ledger.merkle import (
    EMPTY_ROOT,
    Edge,
    Hash,
    Tile,
    format_hashes,
    full_tiles,
    parse_hashes,
    prove_consistency,
    prove_inclusion,
    root,
    tile_root,
    tree_root,
)
from tests.forest import LEAVES, NODES, Memory, naive_root

SIZES = [0, 1, 2, 3, 254, 255, 256, 257, 511, 512, 513, 65_279, 65_280, 65_535, 65_536, 65_537]


def tiles_of(size: int) -> list[Tile]:
    expected = []
    for level, count in enumerate(full_tiles(size)):
        for index in range(count):
            hashes = NODES.rows[level][256 * index : 256 * index + 256]
            expected.append(Tile(level, index, tile_root(hashes), format_hashes(hashes)))
    return expected


@pytest.mark.parametrize("size", SIZES)
def test_the_root_from_tiles_is_that_of_the_recursive_definition(size: int) -> None:
    roots = {tree_root(size, NODES), root(LEAVES[:size]), Edge.at(size, NODES).root()}

    assert roots == {naive_root(0, size)}


@pytest.mark.parametrize("size", SIZES)
def test_an_edge_that_took_all_leaves_gave_every_full_tile_once(size: int) -> None:
    edge = Edge()
    tiles = edge.extend(LEAVES[:size])

    assert (tiles, edge.size, edge.root()) == (tiles_of(size), size, naive_root(0, size))


@pytest.mark.parametrize("size", SIZES)
def test_an_edge_that_grew_remembers_no_more_than_one_that_was_read_back(size: int) -> None:
    edge = Edge()
    for start in range(0, size, 1_000):
        edge.extend(LEAVES[start : min(start + 1_000, size)])

    assert vars(edge) == vars(Edge.at(size, NODES))


@given(st.lists(st.integers(0, 600), max_size=6))
def test_the_pages_in_which_leaves_come_change_nothing(pages: list[int]) -> None:
    edge, tiles = Edge(), []
    for count in pages:
        tiles += edge.extend(LEAVES[edge.size : edge.size + count])

    size = sum(pages)
    in_order = sorted(tiles, key=lambda tile: (tile.level, tile.number))
    assert (in_order, edge.size, edge.root()) == (tiles_of(size), size, naive_root(0, size))


@pytest.mark.parametrize("size", SIZES[:-1])
def test_an_edge_read_back_goes_on_as_if_it_had_never_stopped(size: int) -> None:
    edge = Edge.at(size, NODES)
    tiles = edge.add(LEAVES[size])

    new = [tile for tile in tiles_of(size + 1) if tile.number >= ([*full_tiles(size), 0, 0, 0])[tile.level]]
    assert (tiles, edge.size, edge.root()) == (new, size + 1, naive_root(0, size + 1))


def test_a_copy_of_an_edge_grows_alone() -> None:
    edge = Edge.at(255, NODES)
    twin = edge.copy()
    twin.extend(LEAVES[255:300])

    assert (edge.size, edge.root(), twin.root()) == (255, naive_root(0, 255), naive_root(0, 300))


def test_the_empty_edge_has_the_empty_root() -> None:
    assert (Edge().root(), tree_root(0, Memory([])), root([])) == (EMPTY_ROOT, EMPTY_ROOT, EMPTY_ROOT)


@pytest.mark.parametrize(
    ("size", "counts"),
    [(0, []), (255, []), (256, [1]), (511, [1]), (65_535, [255]), (65_536, [256, 1]), (2**24, [2**16, 2**8, 1])],
)
def test_full_tiles_are_counted_row_by_row(size: int, counts: list[int]) -> None:
    assert full_tiles(size) == counts


def test_a_proof_reads_at_most_two_pieces_of_each_row() -> None:
    nodes = Memory(LEAVES)
    prove_inclusion(300, 65_537, nodes)
    inclusion, nodes.reads = nodes.reads, 0
    prove_consistency(301, 65_537, nodes)

    assert (inclusion, nodes.reads) == (4, 5)


class Forgetful:
    def row(self, level: int, first: int, count: int) -> Sequence[Hash]:
        return NODES.row(level, first, count)[1:]


def test_a_store_that_lost_a_hash_is_named() -> None:
    with pytest.raises(Tampered, match="row 0 of the tree holds 43 hashes from 256 on, not 44"):
        tree_root(300, Forgetful())


def test_a_tile_of_another_width_has_no_root() -> None:
    with pytest.raises(Tampered, match="a tile holds 255 hashes, not 256"):
        tile_root(LEAVES[:255])


def test_a_tile_is_its_hashes_end_to_end() -> None:
    assert parse_hashes(format_hashes(LEAVES[:256])) == LEAVES[:256]


def test_a_tile_cut_short_is_refused() -> None:
    with pytest.raises(Tampered, match="8191 bytes, which 32 does not divide"):
        parse_hashes(format_hashes(LEAVES[:256])[:-1])
