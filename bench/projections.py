"""T8: catch-up after one append and the check that nothing is new; T7: a rebuild, beside reading and parsing; T9: its memory.

python -m bench.projections               T8 and T7 at 10,000 and 100,000 entries
python -m bench.projections --most N      and at every power of ten up to N: 1000000 for T7
python -m bench.projections --ledger F    T7 of a ledger that is there: that of bench.morning is mostly talk
                            --times 10    and of so many times its engagements

Beside a rebuild stands what no table of them in SQLite can be made in less than (`rebuilding.py`).
"""

from __future__ import annotations

import argparse
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from bench.catching_up import catch_ups, in_turn
from bench.ledgers import AS_OF, make
from bench.multiplied import multiply
from bench.rebuilding import rebuilds
from ledger.calendars import instant

MEMORY = "/dev/shm"


def measure_at(folder: Path, size: int) -> None:
    """Print T7, T8 and T9 for a ledger of *size* entries."""
    ledger = folder / "ledger.db"
    make(ledger, size)
    rebuilds(ledger, folder, AS_OF)
    catch_ups(folder)


def main() -> None:
    """Run what the arguments ask for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--most", type=int, default=100_000)
    parser.add_argument("--ledger", type=Path)
    parser.add_argument("--times", type=int, default=1)
    asked = parser.parse_args()
    most = 0 if asked.ledger else asked.most
    with ExitStack() as folders:
        if asked.ledger:
            folder = Path(folders.enter_context(tempfile.TemporaryDirectory(dir=MEMORY)))
            ledger = asked.ledger
            if asked.times > 1:
                ledger = folder / "ledger.db"
                multiply(asked.ledger, asked.times, ledger)
            rebuilds(ledger, folder, instant(datetime.now(UTC)))
        made: list[Path] = []
        for size in (10**power for power in range(4, 8) if 10**power <= most):
            where = MEMORY if size <= 1_000_000 else None
            made.append(Path(folders.enter_context(tempfile.TemporaryDirectory(dir=where))))
            measure_at(made[-1], size)
            if len(made) > 1:
                in_turn(made[0], made[-1])


if __name__ == "__main__":
    main()
