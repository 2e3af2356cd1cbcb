"""The hashes of RFC 6962 §2.1: a leaf, a node, and the root of a list.

    leaf   SHA-256(0x00 || entry)
    node   SHA-256(0x01 || left || right)
    root   of no leaves SHA-256(""); of one, itself; of n, the node over the first k and the other n-k,
           where k is the largest power of two below n

Pairing neighbours row by row, the odd one out carried up as it is, makes the same root without recursion.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import NewType, cast

Hash = NewType("Hash", bytes)

HASH_SIZE = 32
EMPTY_ROOT = Hash(sha256(b"").digest())


def leaf_hash(data: bytes) -> Hash:
    """Hash one entry, *data*, into its leaf."""
    return Hash(sha256(b"\x00" + data).digest())


def leaf_hashes(entries: Iterable[bytes]) -> list[Hash]:
    """Hash *entries* into their leaves: a tenth faster than one by one."""
    return cast("list[Hash]", [sha256(b"\x00" + data).digest() for data in entries])


def node_hash(left: Hash, right: Hash) -> Hash:
    """Hash two children into their parent."""
    return Hash(sha256(b"\x01" + left + right).digest())


def root(hashes: Sequence[Hash]) -> Hash:
    """Hash a list of leaves, or of equal complete subtrees of which the last may be smaller, into its root."""
    row = hashes
    while len(row) > 1:
        row = _parents(row)
    return row[0] if row else EMPTY_ROOT


@lru_cache(maxsize=64)  # about 2 MiB; keyed by the hashes themselves, so it cannot be out of date
def rows_up(hashes: tuple[Hash, ...]) -> Sequence[Sequence[Hash]]:
    """List the row of *hashes* and every row above it, that of the root last."""
    rows: list[Sequence[Hash]] = [hashes]
    while len(rows[-1]) > 1:
        rows.append(_parents(rows[-1]))
    return rows


def _parents(row: Sequence[Hash]) -> Sequence[Hash]:
    children = iter(row)
    parents = [sha256(b"\x01" + left + right).digest() for left, right in zip(children, children, strict=False)]
    if len(row) % 2:
        parents.append(row[-1])
    return cast("list[Hash]", parents)  # once a row: a call of Hash for each would cost a tenth of the hashing
