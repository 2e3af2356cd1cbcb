"""How a ledger file is opened, and how it is told from all other files.

SQLite's locks are the process's own (POSIX): whoever closes a file takes away those of every connection to it in this
process, and the next process believes itself alone and throws the log away that this one writes to
(sqlite.org/howtocorrupt.html, 2.2). So no file is opened otherwise than by SQLite while a connection to it stands.
"""

import os
import sqlite3
from _thread import RLock
from collections import Counter
from stat import S_ISDIR

from ledger.errors import Unreachable
from ledger.stores.failures import explained, unreachable
from ledger.stores.schema import APPLICATION_ID, FORMAT

PATIENCE = 30
"""Seconds a connection waits for SQLite's own locks."""
_MAGIC = b"SQLite format 3\0"
_STANDING: Counter[tuple[int, int]] = Counter()
"""How many connections of this process stand, by device and inode."""
_TURN = RLock()
"""Taken to connect, and to look into a file that nothing here is connected to; whoever has it may be made to close a
forgotten connection by the garbage collector, which takes it too."""


class Counted(sqlite3.Connection):
    """A connection that is known to stand until it is closed."""

    file: tuple[int, int] | None = None

    def close(self) -> None:
        """Let go of the file."""
        super().close()
        with _TURN:
            if self.file:
                _STANDING[self.file] -= 1
            self.file = None


def stands(path: str) -> bool:
    """Return whether this process has a connection to the file at *path*."""
    return _STANDING[_inode(path)] > 0


def connect_reading(path: str) -> sqlite3.Connection:
    """Open the ledger at *path* for reading only; refuse what is no ledger."""
    _must_be_file(path)
    with explained(path, "read"):
        try:
            return _recognised(path, "mode=ro")
        except sqlite3.OperationalError:
            # read-only folder: without a log beside the file, nobody can be writing and the file is all there is
            if os.path.exists(f"{path}-wal") or os.access(os.path.dirname(path), os.W_OK):
                raise
            return _recognised(path, "immutable=1")


def connect_writing(path: str, *, new: bool = False, patience: float = PATIENCE) -> sqlite3.Connection:
    """Open the ledger at *path* for writing, one durable commit at a time; *new* alone makes a file."""
    db = _connect(path, "mode=rwc" if new else "mode=rw", patience)
    try:
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON", "temp_store = MEMORY"):
            db.execute(f"PRAGMA {pragma}")
    except BaseException:
        db.close()
        raise
    return db


def uri(path: str) -> str:
    """Write the absolute *path* as SQLite's URI, whose only special characters these are."""
    return "file:" + path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _recognised(path: str, mode: str) -> sqlite3.Connection:
    db = _connect(path, mode)
    try:
        (application,) = db.execute("PRAGMA application_id").fetchone()
        (version,) = db.execute("PRAGMA user_version").fetchone()
        _must_be_ours(path, application, version)
    except BaseException:
        db.close()
        raise
    return db


def _connect(path: str, mode: str, patience: float = PATIENCE) -> sqlite3.Connection:
    with _TURN:
        db = sqlite3.connect(
            f"{uri(path)}?{mode}",
            uri=True,
            timeout=patience,
            isolation_level=None,  # we say BEGIN ourselves
            cached_statements=64,
            check_same_thread=False,
            factory=Counted,
        )
        db.file = _inode(path)
        _STANDING[db.file] += 1
    return db


def _inode(path: str) -> tuple[int, int]:
    found = os.stat(path)
    return found.st_dev, found.st_ino


def _must_be_file(path: str) -> None:
    try:
        if S_ISDIR(os.stat(path).st_mode):
            raise Unreachable(f'"{path}" is a folder, not a ledger.', advice=f"Name the file: {path}/ledger.db")
        with _TURN:
            if stands(path):
                return  # it was looked at when that was opened
            with open(path, "rb") as file:
                start = file.read(100)
    except FileNotFoundError as error:
        raise Unreachable(f'There is no ledger at "{path}".', advice="Make one: engage init") from error
    except OSError as error:
        raise unreachable(path, "read", error) from error
    if not start.startswith(_MAGIC):
        what = "is empty" if not start else "is not a database"
        raise Unreachable(f'"{path}" {what}, so it is no ledger.', advice="Name a ledger file, or restore a backup.")
    _must_be_whole(path, start)


def _must_be_whole(path: str, start: bytes) -> None:
    page = int.from_bytes(start[16:18]) if len(start) == 100 else 0
    promised = int.from_bytes(start[28:32]) * (65536 if page == 1 else page)
    actual = os.path.getsize(path)
    # a log beside the file may hold the pages that the file lacks, and SQLite reads both
    if not page or (actual < promised and not os.path.exists(f"{path}-wal")):
        of = f" of {promised:,}" if page else ""
        short = f'"{path}" is cut short: {actual:,}{of} bytes are there.'
        raise Unreachable(short, advice="Restore a backup, and compare it with: engage verify")


def _must_be_ours(path: str, application: int, version: int) -> None:
    if application != APPLICATION_ID:
        raise Unreachable(f'"{path}" is a database, but of another program.', advice="Name a ledger file.")
    if version > FORMAT:
        newer = f'"{path}" has format {version}; this program knows {FORMAT}.'
        raise Unreachable(newer, advice="Install a newer engagement-ledger.")
