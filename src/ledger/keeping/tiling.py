"""The log as a folder of files that anybody can serve and audit, up to a checkpoint (c2sp.org/tlog-tiles).

    checkpoint                the note, as it was signed
    tile/entries/x001/234     the bytes of entries 315,905 to 316,160, each behind its length in two bytes
    tile/0/x001/234           their hashes: 256 neighbours of row 0
    tile/1/004.p/210          the 210 hashes of row 1 that the last tile of it has so far

Every tile is derived from the bytes again, and held against the tree that leads to the root of the checkpoint.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.entry import decode
from ledger.errors import Refused, Tampered
from ledger.keeping.proving import last_checkpoint
from ledger.merkle import TILE_WIDTH, Hash, format_hashes, leaf_hashes, tile_root, tree_root
from ledger.values import Position

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.checkpoint import Checkpoint
    from ledger.journal import Reader, Stored
    from ledger.merkle import Nodes
    from ledger.practice import Practice


def tiles_for(
    reader: Reader, practice: Practice, *, private: bool = False
) -> tuple[Checkpoint, Iterator[tuple[str, bytes]]]:
    """Return the last checkpoint, and the path and content of each file up to it.

    Raises Refused where there is no checkpoint, or where entries are private and *private* is not said.
    """
    found = last_checkpoint(practice)
    if found is None:
        raise Refused("There is no checkpoint yet, which tiles are made for.", advice="engage checkpoint")
    note, checkpoint = found
    if not private and (hidden := _private(reader, checkpoint.size)):
        what = f"{hidden:,} of the {checkpoint.size:,} entries are private, and a tree is shown whole or not at all."
        raise Refused(what, advice="Private entries too: --all      Single entries: engage prove ENTRY")
    return checkpoint, _files(reader, note, checkpoint)


def tile_name(number: int, width: int = TILE_WIDTH) -> str:
    """Return the path of a tile below its row: three digits an element, and how many hashes it has if not all."""
    elements = [f"{number % 1000:03}"]
    while number := number // 1000:
        elements.insert(0, f"x{number % 1000:03}")
    return "/".join(elements) + (f".p/{width}" if width < TILE_WIDTH else "")


def tiled(reader: Reader, checkpoint: Checkpoint) -> Iterator[tuple[str, bytes]]:
    """Yield the path and content of each tile and bundle of entries below *checkpoint*."""
    nodes, roots = reader.nodes(), list[Hash]()
    if tree_root(checkpoint.size, nodes) != checkpoint.root:
        raise Tampered(0, "its tree does not lead to the root of its checkpoint", advice="engage verify")
    for number, width in _spans(checkpoint.size):
        page = reader.since(Position(number * TILE_WIDTH), width)
        yield f"tile/entries/{tile_name(number, width)}", _bundle(page)
        yield _tile(nodes, 0, number, leaf_hashes([stored.raw for stored in page]), roots)
    level = 0
    while below := roots:
        level, roots = level + 1, []
        for number, width in _spans(len(below)):
            yield _tile(nodes, level, number, below[number * TILE_WIDTH :][:width], roots)


def _files(reader: Reader, note: str, checkpoint: Checkpoint) -> Iterator[tuple[str, bytes]]:
    yield from tiled(reader, checkpoint)
    yield "checkpoint", note.encode()  # last: whoever sees it finds what it commits to


def _private(reader: Reader, size: int) -> int:
    pages = (reader.since(Position(number * TILE_WIDTH), width) for number, width in _spans(size))
    return sum(decode(*stored).attributes["visibility"] == "private" for page in pages for stored in page)


def _spans(count: int) -> Iterator[tuple[int, int]]:
    """Yield the number and the width of each tile that *count* neighbours fill."""
    return ((first // TILE_WIDTH, min(TILE_WIDTH, count - first)) for first in range(0, count, TILE_WIDTH))


def _bundle(page: Sequence[Stored]) -> bytes:
    return b"".join(len(stored.raw).to_bytes(2) + stored.raw for stored in page)


def _tile(nodes: Nodes, level: int, number: int, hashes: Sequence[Hash], roots: list[Hash]) -> tuple[str, bytes]:
    """Return a tile as a file, and put its root to *roots* if it is full."""
    if [*nodes.row(level, number * TILE_WIDTH, len(hashes))] != [*hashes]:
        raise Tampered(0, f"tile {number} of row {level} is not that of the entries below it", advice="engage verify")
    if len(hashes) == TILE_WIDTH:
        roots.append(tile_root(hashes))
    return f"tile/{level}/{tile_name(number, len(hashes))}", format_hashes(hashes)
