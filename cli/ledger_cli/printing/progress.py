"""How far a long task has come, on a terminal's standard error: nothing in a pipe, nothing for what is done at once."""

from __future__ import annotations

import sys
import time


class Progress:
    """Tells *what* is being done and how many of how many are; call it with both, and `done` at the end."""

    PATIENCE = 0.5
    """Seconds before anything is told."""
    EVERY = 0.1
    """Seconds between two words about it."""

    def __init__(self, what: str) -> None:
        self._what, self._next, self._told = what, time.monotonic() + self.PATIENCE, False
        self.began = time.perf_counter()

    def __call__(self, done: int, of: int) -> None:
        """Tell that *done* of *of* are done."""
        now = time.monotonic()
        if not sys.stderr.isatty() or now < self._next:
            return
        share = 100 * done // of if of else 100
        sys.stderr.write(f"\r{self._what}  {share:>3} %  {done:,} of {of:,}\x1b[K")
        sys.stderr.flush()
        self._told, self._next = True, now + self.EVERY

    def done(self) -> float:
        """Wipe the line, and return the seconds that it took."""
        if self._told:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
        return time.perf_counter() - self.began
