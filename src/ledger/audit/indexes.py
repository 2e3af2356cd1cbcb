"""What stands beside the entries: stream heads, the rows of the tree above the leaves, and rows that belong to none."""

import sqlite3
from collections.abc import Iterator, Mapping

from ledger.audit.order import Head
from ledger.audit.report import Fault, short
from ledger.merkle import HASH_SIZE, TILE_WIDTH, Hash, full_tiles, root
from ledger.stores.schema import ORDINAL_BITS


def wrong_stream(db: sqlite3.Connection, heads: Mapping[str, Head], opened: Mapping[str, int]) -> Fault | None:
    """Compare the table of streams with what the entries say: *heads*, and the positions that *opened* streams."""
    faults = [f for row in db.execute("SELECT * FROM streams") if (f := _stream_row(row, heads, opened))]
    there = {stream for (stream,) in db.execute("SELECT stream FROM streams")}
    faults += [Fault(heads[stream][1], f"the table of streams lacks {stream}") for stream in heads.keys() - there]
    return min(faults, key=lambda fault: fault.position, default=None)


def stray_text(db: sqlite3.Connection, head: int) -> Fault | None:
    """Return a disclosure that belongs to no entry."""
    least, most = db.execute("SELECT min(key), max(key) FROM disclosures").fetchone()
    for key in (least, most):
        if key is not None and not 0 < key >> ORDINAL_BITS <= head:
            return Fault(max(key >> ORDINAL_BITS, 0), "a disclosure stands there, and no entry")
    return None


def wrong_tile(db: sqlite3.Connection, after: int, size: int) -> Fault | None:
    """Compare the tiles above the leaves with the roots below them, and their number with the size of the tree."""
    expected = dict(enumerate(full_tiles(size)))
    for level in range(1, len(expected)):
        for number in range(after >> 8 * (level + 1), expected[level]):
            if fault := _upper_tile(db, level, number):
                return fault
    for level, number in db.execute("SELECT level, number FROM tiles ORDER BY level DESC, number DESC"):
        if not 0 <= number < expected.get(level, 0):
            return Fault(0, f"tile {number} of row {level} is there, and {size} entries do not fill it")
        if number < expected[level] - 1 or level == 0:
            break
    return _count(db, expected)


def _count(db: sqlite3.Connection, expected: Mapping[int, int]) -> Fault | None:
    found = dict(db.execute("SELECT level, count(*) FROM tiles GROUP BY level"))
    for level in sorted(found.keys() | expected.keys()):
        if found.get(level, 0) != expected.get(level, 0):
            what = f"row {level} of the tree has {found.get(level, 0)} tiles, its entries fill {expected.get(level, 0)}"
            return Fault(0, what)
    return None


def _stream_row(
    row: tuple[object, object, object, object], heads: Mapping[str, Head], opened: Mapping[str, int]
) -> Fault | None:
    stream, version, position, first = row
    head = heads.get(stream) if isinstance(stream, str) else None
    if head is None:
        at = position if isinstance(position, int) else 0
        return Fault(at, f"the table of streams has {short(stream)}, which no entry belongs to")
    said = {"version": (version, head[0]), "position": (position, head[1])}
    if stream in opened:
        said["opened"] = (first, opened[str(stream)])
    for name, (kept, found) in said.items():
        if type(kept) is not int or kept != found:
            what = f"the table of streams says {name} {short(kept)} of {stream}, its entries say {found}"
            return Fault(head[1], what)
    return None


def _upper_tile(db: sqlite3.Connection, level: int, number: int) -> Fault | None:
    begin = (number << 8 * (level + 1)) + 1
    name = f"tile {number} of row {level}, over entries #{begin} to #{number + 1 << 8 * (level + 1)},"
    row = db.execute("SELECT root, hashes FROM tiles WHERE level = ? AND number = ?", (level, number)).fetchone()
    if row is None:
        return Fault(begin, f"{name} is missing")
    below = [*_roots(db, level - 1, number * TILE_WIDTH)]
    for n, found in enumerate(below):
        kept = row[1][n * HASH_SIZE : (n + 1) * HASH_SIZE] if type(row[1]) is bytes else b""
        if kept != found:
            at = begin + (n << 8 * level)
            return Fault(at, f"{name} holds {short(kept)} where the entries hash to {short(found)}")
    if len(row[1]) != TILE_WIDTH * HASH_SIZE or row[0] != root(below):
        return Fault(begin, f"{name} has root {short(row[0])}, its hashes have {short(root(below))}")
    return None


def _roots(db: sqlite3.Connection, level: int, first: int) -> Iterator[Hash]:
    sql = "SELECT root FROM tiles WHERE level = ? AND number >= ? AND number < ? ORDER BY number"
    return (Hash(found) for (found,) in db.execute(sql, (level, first, first + TILE_WIDTH)))
