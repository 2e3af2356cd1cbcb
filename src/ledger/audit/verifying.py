"""An audit from end to end: the file, the entries range by range in one or two processes, then what stands beside them."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from ledger.audit.erased import read_erased, still_there
from ledger.audit.file import changed_schema, wrong_setting
from ledger.audit.indexes import stray_text, wrong_stream, wrong_tile
from ledger.audit.keys import extra_key
from ledger.audit.order import Head, Link, Order, earlier, misplaced
from ledger.audit.part import LEAST_PAGES, PAGES, audit_elsewhere, audit_part
from ledger.audit.report import Fault, Report, first, short
from ledger.audit.task import Part, Task
from ledger.entry import decode
from ledger.errors import Malformed, Refused, Tampered
from ledger.merkle import TILE_WIDTH, Edge, Hash, tree_root
from ledger.stores import rows
from ledger.stores.failures import unreachable
from ledger.stores.nodes import StoredNodes
from ledger.stores.opening import connect_reading
from ledger.uncollected import uncollected

Progress = Callable[[int, int], None]
WORTH_A_PROCESS = 1 << 16
"""Entries below which starting processes takes longer than they save."""


def verify(
    path: Path | str,
    *,
    processes: int = 1,
    progress: Progress | None = None,
    after: int = 0,
    trusted: Hash | None = None,
) -> Report:
    """Re-derive everything from the bytes of the ledger at *path*; raise Tampered at the first entry that differs.

    With *after* and *trusted*, the size and root of a checkpoint, the first *after* entries are taken as given: only
    that they hash to the root by the stored tree is checked, and all that came later, in time that grows with that.
    *progress* is told the entries done and all there are.
    """
    with uncollected():
        return _Audit(os.path.realpath(path), after, trusted).run(processes, progress, tree_only=False)


def verify_tree(path: Path | str, *, processes: int = 1, progress: Progress | None = None) -> Report:
    """Re-derive the tree alone, its leaves, tiles and root, from the bytes of the ledger at *path*."""
    with uncollected():
        return _Audit(os.path.realpath(path), 0, None).run(processes, progress, tree_only=True)


@dataclass(slots=True)
class _Audit:
    """What the ranges so far amount to."""

    path: str
    after: int
    trusted: Hash | None
    heads: dict[str, Head] = field(default_factory=dict)
    opened: dict[str, int] = field(default_factory=dict)
    closed: str = ""
    digests: int = 0
    sourcekeys: int = 0
    erased: int = 0

    def run(self, processes: int, progress: Progress | None, *, tree_only: bool) -> Report:
        """Audit the ledger as it stands at this moment; later appends do no harm."""
        with closing(connect_reading(self.path)) as db, _readable(self.path):
            db.execute("BEGIN")
            size = _size(db)
            _refuse(None if tree_only else first(changed_schema(db), wrong_setting(db)))
            known = self._known(db, size)
            (origin,) = db.execute("SELECT value FROM ledger WHERE key = 'origin'").fetchone()
            gone = {} if tree_only else read_erased(db, size)
            tasks = [Task(self.path, origin, *r, tree_only, gone) for r in _ranges(self.after, size, known)]
            for part in _audited(db, tasks, processes if size - self.after >= WORTH_A_PROCESS else 1):
                _refuse(first(part.fault, None if tree_only else self._follow(db, part.order)))
                self.digests += part.digests
                self.sourcekeys += part.sourcekeys
                self.erased += part.erased
                if progress:
                    progress(part.last, size)
            _refuse(wrong_tile(db, self.after, size))
            _refuse(None if tree_only else first(self._beside(db, size), still_there(db, gone)))
            root = tree_root(size, StoredNodes(db))
            return Report(size, self.digests, len(self.heads), _tiles(db), root, self.after, self.erased)

    def _known(self, db: sqlite3.Connection, size: int) -> list[Hash]:
        """Check what is taken as given, and return its leaves that no full tile holds."""
        if not self.after:
            return []
        if not 0 < self.after <= size:
            raise Tampered(0, f"it has {size} entries, fewer than the {self.after} of the checkpoint")
        edge = Edge.at(self.after, StoredNodes(db))
        if edge.root() != self.trusted:
            what = (
                f"its first {self.after} entries have root {short(edge.root())}, the checkpoint {short(self.trusted)}"
            )
            raise Tampered(0, what)
        raw = rows.raw_at(db, self.after)
        self.closed = decode(self.after, raw).recorded if raw else ""
        loose = self.after % TILE_WIDTH
        return [*StoredNodes(db).row(0, self.after - loose, loose)] if loose else []

    def _follow(self, db: sqlite3.Connection, order: Order) -> Fault | None:
        """Hold the first entry of each stream of a range against what came before, and go on from its last."""
        faults, heads = [], self.heads
        for stream, link in order.links.items():
            version, position, previous = link
            head = heads.get(stream) or self._before(db, stream, link)
            if head != (version - 1, previous):
                faults.append(Fault(position, misplaced(stream, head, link)))
            if head == (0, 0):
                self.opened[stream] = position
        if order.opened and order.opened < self.closed:
            start = min(position for _, position, _ in order.links.values())
            faults.append(Fault(start, earlier(order.opened, self.closed)))
        heads.update(order.heads)
        self.closed = order.closed or self.closed
        return first(*faults)

    def _before(self, db: sqlite3.Connection, stream: str, link: Link) -> Head:
        """Return the head of *stream* among the entries taken as given, which *link* names."""
        previous = link[2]
        raw = rows.raw_at(db, previous) if 0 < previous <= self.after else None
        try:
            entry = decode(previous, raw) if raw else None
        except Refused:
            return 0, 0
        return (entry.version, entry.position) if entry and entry.stream == stream else (0, 0)

    def _beside(self, db: sqlite3.Connection, size: int) -> Fault | None:
        stray = stray_text(db, size)
        if self.after:
            return stray
        (keys,) = db.execute("SELECT count(*) FROM sourcekeys").fetchone()
        extra = extra_key(db, size) if keys != self.sourcekeys else None
        return first(wrong_stream(db, self.heads, self.opened), extra, stray)


def _refuse(fault: Fault | None) -> None:
    if fault:
        raise fault.tampered()


def _size(db: sqlite3.Connection) -> int:
    least, most = db.execute("SELECT min(position), max(position) FROM entries").fetchone()
    if least is not None and least < 1:
        raise Tampered(0, f"there is an entry at {least}, before the first")
    return most or 0


def _ranges(after: int, size: int, known: list[Hash]) -> Iterator[tuple[int, int, list[Hash]]]:
    start = after + 1
    while start <= size:
        # large while much is left, so that few streams are told of twice; small at the end, so that all end together
        pages = min(PAGES, max(LEAST_PAGES, (size - start) // (4 * TILE_WIDTH)))
        stop = min(((start - 1) // TILE_WIDTH + pages) * TILE_WIDTH, size)
        yield start, stop, known
        start, known = stop + 1, []


def _audited(db: sqlite3.Connection, tasks: list[Task], processes: int) -> Iterator[Part]:
    if processes < 2:
        yield from (audit_part(task, db) for task in tasks)
        return
    pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"))  # a fork would share SQLite's locks
    try:
        yield from pool.map(audit_elsewhere, tasks)
    finally:
        pool.shutdown(cancel_futures=True)


def _tiles(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT count(*) FROM tiles").fetchone()[0])


@contextmanager
def _readable(path: str) -> Iterator[None]:
    """Tell a file that is damaged, which does not verify, from one that cannot be read just now."""
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_CORRUPT or "decode" in str(error):
            raise Tampered(0, f"its tables cannot be read: {error}", advice="Restore a backup.") from error
        raise unreachable(path, "read", error) from error
    except Malformed as error:
        raise Tampered(0, f"an entry that others lead to is none: {error.message}") from error
