"""The entries that stand in one tile, or in what there is of it: their tree, their order, their content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from ledger.audit.accept import Accepted, Row, accept
from ledger.audit.explain import digests_in, explain
from ledger.audit.keys import missing_key
from ledger.audit.reading import Reading
from ledger.audit.report import Fault, first, short
from ledger.entry import decode
from ledger.merkle import HASH_SIZE, TILE_WIDTH, Hash, leaf_hashes, root
from ledger.stores.schema import ORDINAL_BITS

if TYPE_CHECKING:
    import sqlite3

    from ledger.audit.task import Part, Task
    from ledger.audit.texts import Text

ACCEPTED_AT_ONCE = 64
"""Entries parsed at a time: what they take stays in a processor's cache. A whole tile takes a fifth longer."""


def audit_page(db: sqlite3.Connection, task: Task, part: Part, start: int, stop: int, known: Sequence[Hash]) -> None:
    """Find the first fault of the entries *start* to *stop*; *known* are the leaves before them in their tile."""
    reading = Reading(db, task.path, start, stop)
    rows = reading.hashed() if task.tree_only else reading.rows()
    if isinstance(rows, Fault):
        part.fault = rows
        return
    gap = _gap(rows, start, stop)
    rows = rows[: gap.position - start] if gap else rows
    fault = _wrong_tree(rows, known, None if gap else reading, stop)
    part.fault = first(fault, gap) if task.tree_only else first(fault, _wrong_entry(db, task, part, rows), gap)


def _gap(rows: list[Row], start: int, stop: int) -> Fault | None:
    if len(rows) == stop - start + 1:
        return None  # whole numbers in order, as many as there can be
    there = {row[0] for row in rows}
    return Fault(next(p for p in range(start, stop + 1) if p not in there), "it is missing")


def _wrong_tree(rows: list[Row], known: Sequence[Hash], reading: Reading | None, stop: int) -> Fault | None:
    """Hold the leaves against the bytes, and against their tile if it is full and its rows are all there."""
    leaves = leaf_hashes([row[8] if type(row[8]) is bytes else b"" for row in rows])
    if [row[7] for row in rows] != leaves:
        row, leaf = next((row, leaf) for row, leaf in zip(rows, leaves, strict=True) if row[7] != leaf)
        return Fault(row[0], _hashes(leaf, row[7]))
    full = len(known) + len(leaves) == TILE_WIDTH
    return _wrong_tile(reading, [*known, *leaves], stop) if reading and full else None


def _wrong_tile(reading: Reading, leaves: list[Hash], stop: int) -> Fault | None:
    number = (stop - 1) // TILE_WIDTH
    begin = number * TILE_WIDTH + 1
    tiles = reading.tile(number)
    if isinstance(tiles, Fault):
        return tiles
    if not tiles:
        return Fault(begin, f"the tile of entries #{begin} to #{stop} is missing")
    above, hashes = tiles[0]
    if hashes != b"".join(leaves):
        return _leaf_that_differs(begin, leaves, hashes)
    found = root(leaves)
    if above != found:
        what = f"the tile of entries #{begin} to #{stop} has root {short(found)}, its row says {short(above)}"
        return Fault(begin, what)
    return None


def _leaf_that_differs(begin: int, leaves: list[Hash], hashes: object) -> Fault:
    if type(hashes) is not bytes or len(hashes) != TILE_WIDTH * HASH_SIZE:
        return Fault(begin, f"the tile that begins with it is not {TILE_WIDTH} hashes long")
    kept = [hashes[at : at + HASH_SIZE] for at in range(0, len(hashes), HASH_SIZE)]
    n = next(n for n in range(TILE_WIDTH) if kept[n] != leaves[n])
    return Fault(begin + n, _hashes(leaves[n], kept[n]))


def _hashes(found: Hash, kept: object) -> str:
    return (
        f"its bytes hash to {short(found)}, the tree holds {short(kept)}: the entry was changed after it was recorded"
    )


def _wrong_entry(db: sqlite3.Connection, task: Task, part: Part, rows: list[Row]) -> Fault | None:
    """Hold the order of *rows*, and their content with that of their texts; both are read as far as a fault."""
    order = part.order.follow(rows)
    for some in _batches(rows):
        accepted = _accepted(db, task, some)
        if isinstance(accepted, Fault):
            return first(accepted, order)
        part.digests += accepted.digests
        part.sourcekeys += len(accepted.sourcekeys)
        part.erased += accepted.erased
        if lost := missing_key(db, accepted.sourcekeys):
            return first(lost, order)
    return order


def _batches(rows: list[Row]) -> Iterator[list[Row]]:
    return (rows[n : n + ACCEPTED_AT_ONCE] for n in range(0, len(rows), ACCEPTED_AT_ONCE))


def _accepted(db: sqlite3.Connection, task: Task, rows: list[Row]) -> Accepted | Fault:
    texts = Reading(db, task.path, rows[0][0], rows[-1][0]).texts()
    if isinstance(texts, Fault):
        return texts
    return accept(rows, texts, task.origin) or _one_by_one(rows, texts, task)


def _one_by_one(rows: Sequence[Row], texts: Sequence[Text], task: Task) -> Accepted | Fault:
    own = {position: [*some] for position, some in groupby(texts, lambda text: text[0] >> ORDINAL_BITS)}
    keyed, digests = [], 0
    for row in rows:
        if what := explain(row, own.get(row[0], ()), task.origin, task.erased):
            return Fault(row[0], what)
        entry = decode(row[0], row[8])
        digests += len(digests_in(entry))
        if key := entry.text("sourcekey"):
            keyed.append((row[0], key))
    return Accepted(digests, keyed, digests - len(texts))
