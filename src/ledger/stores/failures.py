"""What SQLite says when it cannot, in words that say what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EACCES, ENOSPC, EPERM, EROFS

from ledger.errors import Unreachable

_ADVICE = {
    sqlite3.SQLITE_FULL: ("the disk is full", "Free some space, then try again."),
    sqlite3.SQLITE_READONLY: ("it can only be read", "Ask for the right to write to the file and its folder."),
    sqlite3.SQLITE_PERM: ("access is denied", "Ask for the right to read the file and its folder."),
    sqlite3.SQLITE_AUTH: ("access is denied", "Ask for the right to read the file and its folder."),
    sqlite3.SQLITE_BUSY: ("another program keeps it locked", "Wait for that program to end, then try again."),
    sqlite3.SQLITE_LOCKED: ("another program keeps it locked", "Wait for that program to end, then try again."),
    sqlite3.SQLITE_IOERR: ("the disk fails", "Check the disk, then try again; restore a backup if it stays."),
    sqlite3.SQLITE_CANTOPEN: ("the file or its folder cannot be opened", "Check that both exist and may be read."),
    sqlite3.SQLITE_NOTADB: ("it is not a ledger", "Name a ledger file, or restore a backup."),
    sqlite3.SQLITE_CORRUPT: ("the file is damaged", "Restore a backup, and compare it with: engage verify"),
    sqlite3.SQLITE_CONSTRAINT: ("its tables contradict each other", "See where with: engage verify"),
}

_SYSTEM = {
    EACCES: "Ask for the right to read and write the file and its folder.",
    EPERM: "Ask for the right to read and write the file and its folder.",
    EROFS: "Copy the ledger to a disk that takes writes, or make this one take them.",
    ENOSPC: "Free some space, then try again.",
}


@contextmanager
def explained(path: str, act: str) -> Iterator[None]:
    """Turn what SQLite raises while we *act* on the file at *path* into Unreachable."""
    try:
        yield
    except sqlite3.Error as error:
        raise unreachable(path, act, error) from error


def unreachable(path: str, act: str, error: BaseException) -> Unreachable:
    """Say in our words what *error*, SQLite's or the system's, says in its own."""
    cause = error if isinstance(error, (sqlite3.Error, OSError)) else error.__cause__ or error
    if isinstance(cause, OSError):
        why = cause.strerror or type(cause).__name__
        advice = _SYSTEM.get(cause.errno or 0, "Check the file and its folder, then try again.")
    else:
        code = getattr(cause, "sqlite_errorcode", 0) & 0xFF  # the upper bits say where, not what
        why, advice = _ADVICE.get(code, (str(cause), "Check the file and its folder, then try again."))
    return Unreachable(f'Cannot {act} the ledger "{path}": {why}.', advice=advice)
