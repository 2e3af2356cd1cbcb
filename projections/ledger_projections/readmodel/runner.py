"""The runner: gives projections the log a page at a time, each page's rows and position in one transaction.

Killed at any moment, it goes on where the last page ended: every entry counts exactly once, even for a projection that
would count one twice. Two runners take turns; readers wait for neither.
"""

from __future__ import annotations

from base64 import b64encode
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from ledger.values import Position
from ledger.values.named import NamedTuple
from ledger_projections.readmodel.over_all import let_go
from ledger_projections.readmodel.peaks import peaks_after, root_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Sequence

    from ledger.journal import Reader, Stored

PAGE = 100_000
"""Entries a page: a page holds none of them in memory, and a stream is folded once a page (ADR 5)."""
CHUNK = 1_000
"""Entries read at once."""


class Page(NamedTuple):
    """The entries after position *after* up to *last*, evaluated at *as_of*."""

    reader: Reader
    after: Position
    last: Position
    as_of: str

    def stored(self) -> Iterator[Stored]:
        """Yield the entries; the first is the one behind *after*, which is left out."""
        at = self.after
        while at < self.last:
            chunk = self.reader.since(at, min(CHUNK, self.last - at))
            yield from chunk
            at = chunk[-1].position


class Projection(Protocol):
    """A fold of the log into tables of its own."""

    @property
    def name(self) -> str:
        """What its position is kept under."""

    def apply(self, page: Page, db: sqlite3.Connection) -> None:
        """Take *page* into the tables; the runner commits."""


def catch_up(
    db: sqlite3.Connection,
    reader: Reader,
    projections: Sequence[Projection],
    as_of: str,
    *,
    page: int = PAGE,
    committed: Callable[[int], None] = lambda position: None,
) -> None:
    """Bring *projections* up to the head of the log, a page a transaction; tell *committed* how far they are."""
    while True:
        with transaction(db):
            after = tracked(db, projections)
            head = reader.head()
            last = Position(min(head, after + page))
            if last <= after:
                return
            run_page(db, Page(reader, after, last, as_of), projections)
        committed(last)
        if last == head:
            return


def run_page(db: sqlite3.Connection, page: Page, projections: Sequence[Projection]) -> None:
    """Apply one page and note its end, inside the caller's transaction."""
    for projection in projections:
        projection.apply(page, db)
    note_position(db, page.reader, page.last, projections)


def tracked(db: sqlite3.Connection, projections: Sequence[Projection]) -> Position:
    """Return the position that *projections*, which move together, have reached."""
    names = [projection.name for projection in projections]
    sql = f"SELECT min(position), max(position), count(*) FROM internal_tracking WHERE projection IN ({_marks(names)})"
    first, last, found = db.execute(sql, names).fetchone()
    if found and (first != last or found != len(names)):
        raise AssertionError(f"the projections {names} have come apart")
    return Position(first or 0)


def note_position(db: sqlite3.Connection, reader: Reader, last: Position, projections: Sequence[Projection]) -> None:
    """Note that *projections* have taken every entry up to *last*, and the root of the tree there."""
    let_go(db)
    sql = "INSERT INTO internal_tracking VALUES (?, ?) ON CONFLICT DO UPDATE SET position = excluded.position"
    db.executemany(sql, [(projection.name, last) for projection in projections])
    position, kept = db.execute("SELECT position, peaks FROM freshness, internal_state").fetchone()
    peaks, leaf = peaks_after(kept, position, last, reader.nodes())
    db.execute("UPDATE internal_state SET leaf_hash = ?, peaks = ?", (leaf, b"".join(peaks)))
    db.execute("UPDATE freshness SET position = ?, root = ?", (last, b64encode(root_of(peaks)).decode()))


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Write alone, all or nothing."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
