"""A table that reads a clock, or throws dice, says another thing at each look: whoever does is caught at it.

The rows of a replay are judged at `view.as_of`, and are the same whenever they are made.
"""

from __future__ import annotations

import os
import random
import sys
import time
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

from ledger.uncollected import uncollected
from ledger_projections.own.faults import Because

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

_READ = frozenset({
    time.time, time.time_ns, time.monotonic, time.monotonic_ns, time.perf_counter, time.perf_counter_ns,
    time.localtime, time.gmtime, time.ctime, os.urandom,
})  # fmt: skip
_NOW = frozenset({"now", "utcnow", "today"})
_DICE = getattr(random.random, "__self__", None)
"""What `random.random()` and its like share: not seeded by anybody."""


@contextmanager
def unclocked() -> Iterator[None]:
    """Raise Because where a clock or dice were read within.

    No garbage is collected meanwhile: what others hang on its collection may time it, and is no part of a table.
    """
    caught: list[str] = []

    def watch(frame: FrameType, event: str, called: Any) -> None:  # noqa: ANN401 -- whatever is called
        if event == "c_call" and not caught and _is_clock(called):
            file = os.path.basename(frame.f_code.co_filename)
            caught.append(f"{getattr(called, '__qualname__', called)}(), {file} line {frame.f_lineno}")

    before = sys.getprofile()
    with uncollected():
        sys.setprofile(watch)
        try:
            yield
        finally:
            sys.setprofile(before)
    if caught:
        raise Because(f"it reads the clock or throws dice ({caught[0]}); what it is judged at is view.as_of")


def _is_clock(called: Any) -> bool:  # noqa: ANN401 -- whatever is called
    owner = getattr(called, "__self__", None)
    if isinstance(owner, type):
        return issubclass(owner, date) and called.__name__ in _NOW
    return called in _READ or owner is _DICE
