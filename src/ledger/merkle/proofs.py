"""Proofs that an entry is in the tree, and that a tree only grew.

An inclusion proof (RFC 6962 §2.1.1) is the sibling of each node on the way from the leaf to the root, lowest first.
A consistency proof (§2.1.2) from *old* to *new* leaves is the same path in the new tree, begun not at a leaf but at the
largest complete subtree that ends the old tree; that subtree's own hash comes first, unless it is the whole old tree.
Checking is RFC 9162 §2.1.3.2 and §2.1.4.2, step by step: each `check_…` returns nothing or raises `Tampered`.
"""

from collections.abc import Sequence
from hashlib import sha256

from ledger.errors import Malformed, Tampered
from ledger.merkle.tiles import TILE_HEIGHT, TILE_WIDTH, Nodes, edge_row, read_row, rows_of
from ledger.merkle.tree import EMPTY_ROOT, HASH_SIZE, Hash, node_hash, rows_up


def prove_inclusion(index: int, size: int, nodes: Nodes) -> list[Hash]:
    """Prove that the leaf at *index* is in the tree of *size* leaves: at most two reads of *nodes* a row."""
    if not 0 <= index < size:
        raise Malformed(f"Entry #{index + 1} is not in a tree of {size} entries.")
    proof: list[Hash] = []
    below: Sequence[Hash] = ()
    for level in range(rows_of(size)):
        at, tile = index >> TILE_HEIGHT * level, index >> TILE_HEIGHT * (level + 1)
        edge = rows_up((*edge_row(size, level, nodes), *below))
        is_edge = tile == size >> TILE_HEIGHT * (level + 1)
        rows = edge if is_edge else rows_up(tuple(read_row(nodes, level, tile * TILE_WIDTH, TILE_WIDTH)))
        proof += _siblings(at % TILE_WIDTH, rows)
        below = edge[-1]
    return proof


def check_inclusion(proof: Sequence[Hash], index: int, size: int, leaf: Hash, root: Hash) -> None:
    """Refuse unless *proof* leads from *leaf* at *index* to the *root* of a tree of *size* (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size:
        raise Tampered(0, f"index {index} is not in a tree of {size} entries")
    _must_be_hashes(index + 1, (leaf, root, *proof))
    fn, sn = index, size - 1
    r: bytes = leaf
    for p in proof:
        if sn == 0:
            raise Tampered(index + 1, f"its inclusion proof of {len(proof)} hashes is too long for {size} entries")
        if fn & 1 or fn == sn:
            r = sha256(b"\x01" + p + r).digest()
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = sha256(b"\x01" + r + p).digest()
        fn, sn = fn >> 1, sn >> 1
    if sn:
        raise Tampered(index + 1, f"its inclusion proof of {len(proof)} hashes is too short for {size} entries")
    if r != root:
        raise Tampered(index + 1, f"its inclusion proof leads to root {r.hex()}, not {root.hex()}")


def prove_consistency(old: int, new: int, nodes: Nodes) -> list[Hash]:
    """Prove that the first *old* of *new* leaves were the whole tree once; nothing to show from 0 or between equals."""
    if not 0 <= old <= new:
        raise Malformed(f"A tree of {new} entries does not contain one of {old}.")
    if old in (0, new):
        return []
    path = prove_inclusion(old - 1, new, nodes)
    if old & (old - 1) == 0:  # a power of two: the old tree is that subtree, and the verifier has its root
        return path[old.bit_length() - 1 :]
    height = (old & -old).bit_length() - 1
    (seed,) = read_row(nodes, 0, old - 1, 1)
    for left in path[:height]:
        seed = node_hash(left, seed)
    return [seed, *path[height:]]


def check_consistency(proof: Sequence[Hash], old: int, new: int, old_root: Hash, new_root: Hash) -> None:
    """Refuse unless *proof* shows the tree of *old* leaves to be the beginning of that of *new* (RFC 9162 §2.1.4.2)."""
    if not 0 <= old <= new:
        raise Tampered(0, f"a tree of {new} entries cannot contain one of {old}")
    _must_be_hashes(0, (old_root, new_root, *proof))
    if old in (0, new):
        _check_trivial(proof, old, new, old_root, new_root)
        return
    path = [old_root, *proof] if old & (old - 1) == 0 else [*proof]
    if not path:
        raise Tampered(0, f"the consistency proof from {old} to {new} entries is empty")
    first, second = _both_roots(path, old, new)
    if (first, second) != (old_root, new_root):
        size, found = (old, first) if first != old_root else (new, second)
        raise Tampered(0, f"by the consistency proof the tree of {size} entries has root {found.hex()}")


def _both_roots(path: Sequence[Hash], old: int, new: int) -> tuple[Hash, Hash]:
    fn, sn = old - 1, new - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            raise Tampered(0, f"the consistency proof from {old} to {new} entries is too long")
        if fn & 1 or fn == sn:
            fr, sr = node_hash(c, fr), node_hash(c, sr)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, c)
        fn, sn = fn >> 1, sn >> 1
    if sn:
        raise Tampered(0, f"the consistency proof from {old} to {new} entries is too short")
    return fr, sr


def _check_trivial(proof: Sequence[Hash], old: int, new: int, old_root: Hash, new_root: Hash) -> None:
    if proof:
        raise Tampered(0, f"the consistency proof from {old} to {new} entries should be empty")
    if old == 0 and old_root != EMPTY_ROOT:
        raise Tampered(0, f"the empty tree has root {EMPTY_ROOT.hex()}, not {old_root.hex()}")
    if old == new and old_root != new_root:
        raise Tampered(0, f"the tree of {old} entries has two roots, {old_root.hex()} and {new_root.hex()}")


def _siblings(at: int, rows: Sequence[Sequence[Hash]]) -> list[Hash]:
    places = [(at >> height) ^ 1 for height in range(len(rows))]
    return [row[place] for place, row in zip(places, rows, strict=True) if place < len(row)]


def _must_be_hashes(position: int, hashes: Sequence[Hash]) -> None:
    for value in hashes:
        if len(value) != HASH_SIZE:
            raise Tampered(position, f"a proof or root holds {len(value)} bytes where a hash has {HASH_SIZE}")
