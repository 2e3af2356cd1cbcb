"""One range of entries, audited by one process on a connection of its own, a tile's width at a time."""

from __future__ import annotations

import gc
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from ledger.audit.accept import Accepted, Row, Text, accept
from ledger.audit.explain import explain
from ledger.audit.keys import missing_key
from ledger.audit.report import Fault, first, short
from ledger.entry import decode
from ledger.merkle import HASH_SIZE, TILE_WIDTH, Hash, leaf_hashes, root
from ledger.stores.failures import unreachable
from ledger.stores.opening import connect_reading
from ledger.stores.schema import ORDINAL_BITS

PAGES = 64
"""Pages of a range: large enough to be worth a message between processes, small enough to show progress."""
_ROWS = "SELECT * FROM entries WHERE position >= ? AND position <= ? ORDER BY position"
_HASHED = (
    "SELECT position, 0, 0, 0, 0, 0, 0, leaf_hash, entry FROM entries"
    " WHERE position >= ? AND position <= ? ORDER BY position"
)
"""The same rows, with only what the tree is made of."""
_TEXTS = "SELECT key, disclosure FROM disclosures WHERE key >= ? AND key < ? ORDER BY key"
_connections: dict[str, sqlite3.Connection] = {}
_CANNOT_READ = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_MISMATCH}


Head = tuple[int, int]
"""Where a stream stands: version and position. Plain tuples, for a million of them go from process to process."""
Link = tuple[int, int, int]
"""The first entry of a stream in a range: version, position, and the position it names as the one before."""


@dataclass(slots=True)
class Part:
    """What a range of entries amounts to: the first fault in it, or what the next range must go on from."""

    last: int
    fault: Fault | None = None
    digests: int = 0
    sourcekeys: int = 0
    opened: str = ""
    """When its first entry was recorded."""
    closed: str = ""
    """When its last entry was recorded."""
    links: dict[str, Link] = field(default_factory=dict)
    heads: dict[str, Head] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Task:
    """The entries *first* to *last* of the ledger at *path*; *known* are the leaves before them in the same tile."""

    path: str
    origin: str
    first: int
    last: int
    known: Sequence[Hash] = ()
    tree_only: bool = False


def audit_elsewhere(task: Task) -> Part:
    """Audit one range in a process of its own, which keeps its connection for the next."""
    gc.disable()  # what an audit makes holds no cycles, and this process does nothing else
    if task.path not in _connections:
        _connections[task.path] = connect_reading(task.path)
    return audit_part(task, _connections[task.path])


def audit_part(task: Task, db: sqlite3.Connection) -> Part:
    """Audit one range, up to its first fault."""
    part, known = Part(task.last), [*task.known]
    start = task.first - len(known)
    while start <= task.last and part.fault is None:
        stop = min(start + TILE_WIDTH - 1, task.last)
        _Page(db, task, part, start + len(known), stop).audit(known)
        start, known = stop + 1, []
    return part


@dataclass(slots=True)
class _Page:
    """The entries that stand in one tile, or in what there is of it."""

    db: sqlite3.Connection
    task: Task
    part: Part
    start: int
    stop: int

    def audit(self, known: list[Hash]) -> None:
        """Find the first fault of the page, if there is one; *known* are the tile's leaves before it."""
        rows = self._read(_HASHED if self.task.tree_only else _ROWS, self.start, self.stop)
        if isinstance(rows, Fault):
            self.part.fault = rows
            return
        gap = _gap(rows, self.start, self.stop)
        rows = rows[: gap.position - self.start] if gap else rows
        leaves = leaf_hashes([row[8] if type(row[8]) is bytes else b"" for row in rows])
        tree = self._tree(rows, leaves, known, whole=gap is None)
        self.part.fault = first(tree, gap) if self.task.tree_only else first(tree, self._entries(rows), gap)

    def _read(self, sql: str, low: int, high: int) -> list[Row] | Fault:
        try:
            return self._fetch(sql, low, high)
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _CANNOT_READ:
                raise unreachable(self.task.path, "read", error) from error
            return Fault(self.start, f"it, or one of the {self.stop - self.start} after it, cannot be read: {error}")

    def _fetch(self, sql: str, low: int, high: int) -> list[Row]:
        try:
            return self.db.execute(sql, (low, high)).fetchall()
        except sqlite3.OperationalError as error:
            if "decode" not in str(error):
                raise
        self.db.text_factory = _legible  # a text is no UTF-8: read it as something else than its bytes say
        try:
            return self.db.execute(sql, (low, high)).fetchall()
        finally:
            self.db.text_factory = str

    def _tree(self, rows: list[Row], leaves: list[Hash], known: list[Hash], *, whole: bool) -> Fault | None:
        if [row[7] for row in rows] != leaves:
            row, leaf = next((row, leaf) for row, leaf in zip(rows, leaves, strict=True) if row[7] != leaf)
            return Fault(row[0], _hashes(leaf, row[7]))
        width = len(known) + len(leaves)
        return self._tile([*known, *leaves]) if whole and width == TILE_WIDTH else None

    def _tile(self, leaves: list[Hash]) -> Fault | None:
        number = (self.stop - 1) // TILE_WIDTH
        begin = number * TILE_WIDTH + 1
        sql = "SELECT root, hashes FROM tiles WHERE level = 0 AND number = ?"
        tiles = self._read(f"{sql} AND ? IS NOT NULL", number, 0)
        if isinstance(tiles, Fault):
            return tiles
        if not tiles:
            return Fault(begin, f"the tile of entries #{begin} to #{self.stop} is missing")
        above, hashes = tiles[0]
        if hashes != b"".join(leaves):
            return _leaf_that_differs(begin, leaves, hashes)
        found = root(leaves)
        if above != found:
            what = f"the tile of entries #{begin} to #{self.stop} has root {short(found)}, its row says {short(above)}"
            return Fault(begin, what)
        return None

    def _entries(self, rows: list[Row]) -> Fault | None:
        texts = self._read(_TEXTS, self.start << ORDINAL_BITS, self.stop + 1 << ORDINAL_BITS)
        if isinstance(texts, Fault):
            return texts
        order = self._order(rows)
        accepted = accept(rows, texts, self.task.origin) or self._one_by_one(rows, texts)
        if isinstance(accepted, Fault):
            return first(accepted, order)
        self.part.digests += accepted.digests
        self.part.sourcekeys += len(accepted.sourcekeys)
        return first(order, missing_key(self.db, accepted.sourcekeys))

    def _one_by_one(self, rows: list[Row], texts: list[Text]) -> Accepted | Fault:
        own = {position: [*some] for position, some in groupby(texts, lambda text: text[0] >> ORDINAL_BITS)}
        keyed = []
        for row in rows:
            if what := explain(row, own.get(row[0], ()), self.task.origin):
                return Fault(row[0], what)
            if key := decode(row[0], row[8]).text("sourcekey"):
                keyed.append((row[0], key))
        return Accepted(len(texts), keyed)

    def _order(self, rows: list[Row]) -> Fault | None:
        """Hold each entry against the one before it, and against the one before it in its stream."""
        part, heads = self.part, self.part.heads
        for position, stream, version, previous, _, _, recorded, _, _ in rows:
            if not (type(version) is type(previous) is int and type(stream) is type(recorded) is str):
                return Fault(position, "one of its columns stream, version, previous and recorded is of the wrong type")
            if recorded < part.closed:
                return Fault(position, earlier(recorded, part.closed))
            part.opened, part.closed = part.opened or recorded, recorded
            head = heads.get(stream)
            if head is None:
                part.links[stream] = (version, position, previous)
            elif head != (version - 1, previous):
                return Fault(position, misplaced(stream, head, (version, position, previous)))
            heads[stream] = version, position
        return None


def earlier(recorded: str, before: str) -> str:
    """Say that time ran backwards."""
    return f"it was recorded at {recorded}, before the entry it follows, recorded at {before}"


def misplaced(stream: str, head: Head, link: Link) -> str:
    """Say that an entry does not follow the *head* of its stream."""
    version, _, previous = link
    if version != head[0] + 1:
        return f"it is version {version} of {stream}, which stood at version {head[0]}"
    return f"the column previous says #{previous}; the entry before it in {stream} is #{head[1]}"


def _legible(text: bytes) -> str:
    return text.decode(errors="replace")


def _gap(rows: list[Row], start: int, stop: int) -> Fault | None:
    if len(rows) == stop - start + 1:
        return None  # whole numbers in order, as many as there can be
    there = {row[0] for row in rows}
    return Fault(next(p for p in range(start, stop + 1) if p not in there), "it is missing")


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
