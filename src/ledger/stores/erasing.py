"""Texts leave a ledger file: their rows, then SQLite's log of them, then whatever else of the file may hold them (design 2.2).

A row that is deleted is overwritten (`secure_delete`), but a log beside the file holds what the page was, until it is
folded into the file; and a page that was moved or split before may have left a copy, which a scan finds and VACUUM drops.
"""

import mmap
import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing, suppress

from ledger.disclosures import digest
from ledger.errors import Unreachable
from ledger.stores.failures import explained
from ledger.stores.locking import PATIENCE, WriteLock
from ledger.stores.opening import connect_writing, stands
from ledger.stores.schema import ORDINAL_BITS

WINDOW = 24
"""Bytes of a text that are looked for: of any 47 left somewhere, one such window is whole."""


def erase(db: sqlite3.Connection, position: int, digests: Collection[str]) -> int:
    """Delete the disclosures of the entry at *position* with these *digests*, in the transaction that *db* is in."""
    first, last = position << ORDINAL_BITS, position + 1 << ORDINAL_BITS
    kept = db.execute("SELECT key, disclosure FROM disclosures WHERE key >= ? AND key < ?", (first, last)).fetchall()
    gone = [(key,) for key, disclosure in kept if digest(disclosure) in digests]
    db.executemany("DELETE FROM disclosures WHERE key = ?", gone)
    return len(gone)


def fold_log(path: str, patience: float = PATIENCE) -> None:
    """Fold SQLite's log into the ledger at *path* and empty it; raise Unreachable while somebody still reads it."""
    with closing(_opened(path, patience)) as db, explained(path, "write to"):
        busy, _, _ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise Unreachable(
            f'The texts are erased from "{path}", but not yet from the log beside it: another program is reading.',
            advice="Let it end, then run the same command again.",
        )


def vacuum(path: str, patience: float = PATIENCE) -> None:
    """Write the ledger at *path* anew without anything that was deleted from it."""
    lock = WriteLock(path, patience)
    try:
        with lock, closing(_opened(path, patience)) as db, explained(path, "write to"):
            db.execute("VACUUM")
    finally:
        lock.close()
    fold_log(path, patience)


def found_in(paths: Iterable[str], disclosures: Sequence[bytes]) -> list[str]:
    """Return those of the files *paths* that hold a window of any of *disclosures*; nobody here may have them open."""
    windows = [window for disclosure in disclosures for window in _windows(disclosure)]
    return [path for path in paths if _holds(path, windows)]


def files_of(path: str) -> list[str]:
    """Return the files that a SQLite database at *path* consists of."""
    return [path, f"{path}-wal", f"{path}-shm", f"{path}-journal"]


def same_words(db: sqlite3.Connection, disclosures: Sequence[bytes]) -> list[int]:
    """Return the positions whose texts share a window with *disclosures*: the same words, said elsewhere too."""
    sql = "SELECT DISTINCT key >> ? FROM disclosures WHERE instr(disclosure, ?) ORDER BY 1"
    windows = {window for disclosure in disclosures for window in _windows(disclosure)}
    return sorted({row[0] for window in windows for row in db.execute(sql, (ORDINAL_BITS, window))})


def _opened(path: str, patience: float) -> sqlite3.Connection:
    with explained(path, "write to"):
        return connect_writing(path, patience=patience)


def _windows(disclosure: bytes) -> Iterator[bytes]:
    return (disclosure[at : at + WINDOW] for at in range(0, max(len(disclosure) - WINDOW + 1, 1), WINDOW))


def _holds(path: str, windows: Sequence[bytes]) -> bool:
    if os.path.exists(path) and stands(path):
        raise AssertionError(f'"{path}" is open here: to look into it would take its locks away')
    with suppress(FileNotFoundError), open(path, "rb") as file:
        if os.fstat(file.fileno()).st_size:
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
                return any(content.find(window) >= 0 for window in windows)
    return False
