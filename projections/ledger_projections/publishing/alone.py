"""The folder that is published to, for one publisher at a time; one that gives up leaves nothing that was not there."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from ledger.errors import LedgerError, Refused, Unreachable
from ledger_projections.publishing.generations import Place, is_publication

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

LOCK = ".publishing"


class Busy(LedgerError):
    """Somebody else publishes to the same folder."""

    exit_code = 4


@contextmanager
def publishing_to(path: Path) -> Iterator[Place]:
    """Give the folder *path*, made if need be, to one publisher at a time; refuse one in a publication: it would spoil that."""
    for each in (real := path.resolve(), *real.parents):
        if is_publication(each):
            raise Refused(
                f'"{path}" is part of a publication.', advice=f"Publish to the folder of it: {each.parent.parent}"
            )
    new = [each for each in (path / LOCK, path, *path.parents) if not each.exists()]
    try:
        path.mkdir(parents=True, exist_ok=True)
        lock = os.open(path / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise Unreachable(f'"{path}" cannot be written to: {error.strerror}.', advice="Name another folder.") from error
    try:
        _lock(lock, path)
        place = Place(path.resolve())
        with _given_up(new):
            place.check()
            place.clear()
            yield place
    except (OSError, sqlite3.OperationalError) as error:
        why = getattr(error, "strerror", None) or error
        raise Unreachable(
            f'"{path}" cannot be written to: {why}. What was published before stands.',
            advice="Make room there, or name another folder.",
        ) from error
    finally:
        os.close(lock)


@contextmanager
def _given_up(new: Collection[Path]) -> Iterator[None]:
    """Take away those of the *new* folders and files that hold nothing, if nothing was published."""
    try:
        yield
    except BaseException:
        with suppress(OSError):  # somebody put something there meanwhile: it stays
            for each in new:
                each.rmdir() if each.is_dir() else each.unlink()
        raise


def _lock(file: int, path: Path) -> None:
    """Lock *file*, or say that somebody else has: also where they gave the folder up, with its lock, as we took it."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        stands = os.path.samestat(os.fstat(file), (path / LOCK).stat())
    except (BlockingIOError, FileNotFoundError):
        stands = False
    if not stands:
        raise Busy(f'Somebody else is publishing to "{path}".', advice="Try again when that is done.")
