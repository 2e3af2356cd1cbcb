"""The file that holds the tables: how it is told from others, opened, and kept from being replaced meanwhile.

Nothing but SQLite is imported: a command that finds the tables current pays for no more.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ledger.errors import Unreachable
from ledger.stores.failures import explained
from ledger.stores.opening import connect_reading

if TYPE_CHECKING:
    from collections.abc import Iterator

APPLICATION_ID = int.from_bytes(b"ENGP")
"""In the file's header: these are the tables of an engagement ledger."""
SCHEMA_VERSION = 3
"""The shape of the tables: it grows when a column comes, and none ever goes."""
PROJECTION_VERSION = 15
"""What the rows say: it grows when a rule changes, and every row is made anew."""
SKEW_SECONDS = 300
"""How far a clock may lie behind the tables before they are evaluated for its earlier time."""

PATIENCE = 30.0
"""Seconds that one catch-up waits for another."""

_STAMP = (
    "SELECT f.position, f.as_of, s.origin, s.leaf_hash, f.schema_version, f.projection_version,"
    " (SELECT min(wakes_at) FROM internal_streams WHERE wakes_at IS NOT NULL) FROM freshness AS f, internal_state AS s"
)


class Stale(Exception):
    """The file is missing, damaged, of another ledger or of another version; *why* says which."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def connect(path: str) -> sqlite3.Connection:
    """Open the tables at *path*; raise Stale if they are not what this program makes."""
    with opening(path):
        if not os.path.exists(path):
            raise Stale("missing")
        if os.path.isdir(path):
            raise Unreachable(f'"{path}" is a folder, and the tables go there.', advice="Move it away, then try again.")
        try:
            connection = sqlite3.connect(path, isolation_level=None, timeout=PATIENCE, cached_statements=256)
        except sqlite3.OperationalError as error:
            raise Stale(f"damaged: {error}") from error
        try:
            _check(connection)
        except sqlite3.DatabaseError as error:
            connection.close()
            raise Stale(f"damaged: {error}") from error
        except BaseException:
            connection.close()
            raise
        return connection


@contextmanager
def opening(path: str, *, alone: bool = False) -> Iterator[None]:
    """Keep the file at *path* from being replaced while it is opened; *alone*, from being opened while it is replaced."""
    try:
        file = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError:  # a folder that can only be read: nobody replaces anything in it
        yield
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        if os.path.exists(f"{path}.replacing") and not alone:
            raise Stale("its replacement was interrupted")
        yield
    finally:
        os.close(file)


@contextmanager
def building(path: str) -> Iterator[None]:
    """Keep others from making the tables at *path* meanwhile: whoever comes second finds them made."""
    file = os.open(f"{path}.building", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)


def is_current(connection: sqlite3.Connection, ledger: str, as_of: str) -> bool:
    """Return whether the tables are those of *ledger* as it stands, and no row of theirs changes before *as_of*."""
    position, evaluated, _, leaf, *_, wakes_at = connection.execute(_STAMP).fetchone()
    log = connect_reading(ledger)
    try:
        with explained(ledger, "read"):
            sql = "SELECT coalesce(max(position), 0), (SELECT leaf_hash FROM entries WHERE position = ?) FROM entries"
            head, there = log.execute(sql, (position,)).fetchone()
    finally:
        log.close()
    awake = wakes_at is not None and evaluated != as_of >= wakes_at
    return bool(head == position and there == leaf and not awake and not is_earlier(as_of, evaluated))


def is_earlier(as_of: str, evaluated: str) -> bool:
    """Return whether *as_of* lies before the time the rows were *evaluated* at, by more than clocks differ."""
    return as_of < evaluated and unix(evaluated) - unix(as_of) > SKEW_SECONDS


def unix(moment: str) -> int:
    """Return the seconds from 1970 to an instant, rounded down, or to the begin of a day in UTC."""
    import datetime

    when = datetime.datetime.fromisoformat(moment[:19])
    return (when - datetime.datetime(1970, 1, 1)) // datetime.timedelta(seconds=1)  # noqa: DTZ001


def _check(connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise Stale("the file is of another program")
    stamp = connection.execute(_STAMP).fetchone()
    if stamp is None or tuple(stamp[4:6]) != (SCHEMA_VERSION, PROJECTION_VERSION):
        raise Stale("made by another version")
