"""Our own modules as processes: they use another core, and what they hold is let go when they end.

Not by way of multiprocessing, which imports the main module again: that may be anybody's script.
"""

from __future__ import annotations

import os
import sys


def can_begin() -> bool:
    """Return whether this Python runs modules: a program that is frozen into one file does not."""
    return not getattr(sys, "frozen", False)


def cores() -> int:
    """Return how many processes run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def command_of(module: str, *words: str) -> list[str]:
    """Return the command that runs *module* with *words*; nothing is imported from where it happens to run."""
    return [sys.executable, "-P", "-m", module, *words]


def places(**more: str) -> dict[str, str]:
    """Return the environment in which it finds all that this process finds, with *more*."""
    return {**os.environ, **more, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
