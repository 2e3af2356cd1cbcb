"""A publisher that is killed at its n-th step on the disk: run as a program, for nothing of it may live on."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ledger.stores.reading import SqliteReader
from tests.publishing import published

STEPS = ("fsync", "rename", "symlink", "mkdir", "unlink", "rmdir")
"""What changes names on the disk, or settles them there."""


def main() -> None:
    ledger, to, step, since = sys.argv[1:5]
    left = int(step)

    def counted(act: Callable[..., Any]) -> Callable[..., Any]:
        def counting(*given: Any, **named: Any) -> Any:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return act(*given, **named)

        return counting

    for name in STEPS:
        setattr(os, name, counted(getattr(os, name)))
    with SqliteReader(ledger) as reader:
        published(reader, Path(to), ("sqlite", "csv"), since=since or None, as_of=sys.argv[5])
    sys.stdout.write(str(int(step) - left))


if __name__ == "__main__":
    main()
