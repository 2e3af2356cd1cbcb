"""The hashes of RFC 6962 §2.1: a leaf, a node, and the root of a list.

    leaf   SHA-256(0x00 || entry)
    node   SHA-256(0x01 || left || right)
    root   of no leaves SHA-256(""); of one, itself; of n, the node over the first k and the other n-k,
           where k is the largest power of two below n

Pairing neighbours row by row, the odd one out carried up as it is, makes the same root without recursion.
"""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from typing import NewType

Hash = NewType("Hash", bytes)

HASH_SIZE = 32
EMPTY_ROOT = Hash(sha256(b"").digest())


def leaf_hash(data: bytes) -> Hash:
    """Hash one entry, *data*, into its leaf."""
    return Hash(sha256(b"\x00" + data).digest())


def node_hash(left: Hash, right: Hash) -> Hash:
    """Hash two children into their parent."""
    return Hash(sha256(b"\x01" + left + right).digest())


def root(hashes: Sequence[Hash]) -> Hash:
    """Hash a list of leaves, or of equal complete subtrees of which the last may be smaller, into its root."""
    return joined_root(b"".join(hashes))


def joined_root(row: bytes) -> Hash:
    """Hash *row*, hashes end to end, into its root."""
    while len(row) > HASH_SIZE:
        row = _parents(row)
    return Hash(row) if row else EMPTY_ROOT


@lru_cache(maxsize=256)  # at most 4 MiB; keyed by the hashes themselves, so it cannot be out of date
def rows_up(row: bytes) -> tuple[bytes, ...]:
    """List *row* and every row above it, the root last."""
    rows = [row]
    while len(rows[-1]) > HASH_SIZE:
        rows.append(_parents(rows[-1]))
    return tuple(rows)


def _parents(row: bytes) -> bytes:
    paired = len(row) // 64 * 64
    nodes = [sha256(b"\x01" + row[start : start + 64]).digest() for start in range(0, paired, 64)]
    return b"".join(nodes) + row[paired:]
