"""A publisher that is killed as it comes to its n-th table: run as a program, for nothing of it may live on."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from ledger_projections.publishing.postgresql import placing, swapping, tables
from ledger_projections.publishing.postgresql.address import parse_address

from ledger.stores.reading import SqliteReader
from tests.publishing import wanted

STEPS = ((tables, "write"), (placing, "swap"), (swapping, "_lock"), (swapping, "_replace"), (placing, "_comment"))
"""What is counted, and killed after it is done: each table, and each step of what puts them in the place of the others."""


def main() -> None:
    ledger, url, step, as_of = sys.argv[1:5]
    left = int(step)

    def counted(module: Any, name: str) -> None:
        act = getattr(module, name)

        def counting(*given: Any) -> Any:
            nonlocal left
            done = act(*given)
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return done

        setattr(module, name, counting)

    for module, name in STEPS:
        counted(module, name)
    with SqliteReader(ledger) as reader:
        placing.publish(parse_address(url), wanted(reader, ("postgresql",), as_of=as_of))
    sys.stdout.write(str(int(step) - left))


if __name__ == "__main__":
    main()
