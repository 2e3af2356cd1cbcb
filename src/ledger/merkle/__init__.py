"""The tree over all entries: RFC 6962 hashes kept in C2SP tlog-tiles, and proofs that anybody can check."""

from ledger.merkle.edge import Edge, Tile
from ledger.merkle.proofs import check_consistency, check_inclusion, prove_consistency, prove_inclusion
from ledger.merkle.tiles import TILE_WIDTH, Nodes, format_hashes, full_tiles, parse_hashes, tile_root, tree_root
from ledger.merkle.tree import EMPTY_ROOT, HASH_SIZE, Hash, leaf_hash, leaf_hashes, node_hash, root

__all__ = [
    "EMPTY_ROOT",
    "HASH_SIZE",
    "TILE_WIDTH",
    "Edge",
    "Hash",
    "Nodes",
    "Tile",
    "check_consistency",
    "check_inclusion",
    "format_hashes",
    "full_tiles",
    "leaf_hash",
    "leaf_hashes",
    "node_hash",
    "parse_hashes",
    "prove_consistency",
    "prove_inclusion",
    "root",
    "tile_root",
    "tree_root",
]
