"""The one lock that writers take, first come first served: an flock on a file beside the ledger.

SQLite's own busy handler sleeps and tries again, so that under eight writers the unlucky wait half a second and more;
the kernel's queue is fair.
"""

import fcntl
import os
from contextlib import suppress
from threading import Lock, Thread
from time import monotonic
from types import TracebackType

from ledger.errors import Unreachable
from ledger.stores.failures import unreachable

PATIENCE = 30.0
"""Seconds a writer waits for its turn."""


class WriteLock:
    """The turn to write to the ledger at *path*, across threads and processes."""

    def __init__(self, path: str, patience: float = PATIENCE) -> None:
        self._path, self._patience = path, patience
        self._threads = Lock()
        self._file = -1

    def __enter__(self) -> None:
        """Wait for the turn; raise Unreachable if it does not come in time."""
        deadline = monotonic() + self._patience
        if not self._threads.acquire(timeout=self._patience):
            raise self._too_long()
        try:
            self._lock(deadline)
        except BaseException:
            self._threads.release()
            raise

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        fcntl.flock(self._file, fcntl.LOCK_UN)
        self._threads.release()

    def close(self) -> None:
        """Let go of the lock file."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def _lock(self, deadline: float) -> None:
        try:
            if self._file < 0:
                self._file = os.open(f"{self._path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._queue(deadline)
        except OSError as error:
            raise unreachable(self._path, "write to", error) from error

    def _queue(self, deadline: float) -> None:
        """Wait in the kernel's queue, which has no deadline, in a thread that we can leave behind."""
        waiting, self._file = self._file, -1
        turn = _Turn(waiting)
        Thread(target=turn.wait, daemon=True).start()
        came = False
        try:
            came = turn.came(deadline - monotonic())
        finally:
            if not came:
                turn.leave()
        if not came:
            raise self._too_long()
        self._file = waiting

    def _too_long(self) -> Unreachable:
        message = f'The ledger "{self._path}" is locked by another process for more than {self._patience:g} seconds.'
        return Unreachable(message, advice="See that no other program is stuck while it writes, then try again.")


class _Turn:
    """A wait for an flock that gives the lock back if nobody wants it any more when it comes."""

    def __init__(self, file: int) -> None:
        self._file = file
        self._come, self._left, self._decide = Lock(), False, Lock()
        self._come.acquire()

    def wait(self) -> None:
        with suppress(OSError):  # a file system without flock: SQLite's own lock stands behind ours
            fcntl.flock(self._file, fcntl.LOCK_EX)
        with self._decide:
            if self._left:
                os.close(self._file)
            else:
                self._come.release()

    def came(self, seconds: float) -> bool:
        return self._come.acquire(timeout=max(seconds, 0))

    def leave(self) -> None:
        with self._decide:
            self._left = not self._come.acquire(blocking=False)
            if not self._left:
                os.close(self._file)
