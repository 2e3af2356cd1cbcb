"""How a ledger file comes to be: whole or not at all."""

import os
import re
import secrets
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from datetime import datetime

from ledger.entry import REQUIRED
from ledger.errors import Duplicate, Malformed
from ledger.stores.failures import explained, unreachable
from ledger.stores.finishing import recorded_time
from ledger.stores.locking import WriteLock
from ledger.stores.opening import connect_writing
from ledger.stores.schema import statements
from ledger.stores.sealing import seal

SECRET = 32
"""Bytes of the key of source keys."""

_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"


def random_origin() -> str:
    """Return a name that no other ledger has, under a domain reserved for examples (RFC 2606)."""
    return "ledger.example/engagements/" + "".join(secrets.choice(_ALPHABET) for _ in range(12))


def create_file(path: str | os.PathLike[str], origin: str, clock: Callable[[], datetime]) -> None:
    """Make an empty ledger named *origin* at *path*, where nothing may stand yet."""
    if not re.fullmatch(REQUIRED["source"], origin):
        raise Malformed(f'A ledger cannot be named "{origin}".', advice="Name it like name.example/engagements/q3r7")
    real = os.path.realpath(path)
    lock = WriteLock(real)
    try:
        with lock, explained(real, "create"):
            if os.path.exists(real):
                raise Duplicate(f'"{real}" exists already.', advice="Use it, or name another file.")
            secret, created = secrets.token_bytes(SECRET), recorded_time(clock(), 0, "")
            settings = [("origin", origin), ("secret", secret), ("created", created), ("seal", seal(secret, created))]
            _fill(f"{real}.new", settings)
            os.rename(f"{real}.new", real)
    except OSError as error:
        raise unreachable(real, "create", error) from error
    finally:
        lock.close()


def _fill(draft: str, settings: Sequence[tuple[str, object]]) -> None:
    for leftover in (draft, f"{draft}-wal", f"{draft}-shm"):  # of a process that was killed in the middle
        with suppress(FileNotFoundError):
            os.unlink(leftover)
    with closing(connect_writing(draft, new=True)) as db:
        db.execute("BEGIN IMMEDIATE")
        for statement in statements():
            db.execute(statement)
        db.executemany("INSERT INTO ledger VALUES (?, ?)", settings)
        db.execute("COMMIT")
