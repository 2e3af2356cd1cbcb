"""Rows that are gone through again and again, for a column is as wide as its widest cell: many of them wait in a file."""

from __future__ import annotations

import json
from contextlib import contextmanager
from itertools import chain, islice
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Cells = Sequence[str]

FEW = 1_000
"""So many rows are held in memory."""


class Again:
    """What *make* gives, anew each time: one at a time is gone through."""

    def __init__(self, make: Callable[[], Iterator[Cells]]) -> None:
        self._make = make

    def __iter__(self) -> Iterator[Cells]:
        return self._make()


@contextmanager
def again(rows: Iterable[Cells]) -> Iterator[Iterable[Cells]]:
    """Give *rows* so that they can be gone through again: few as they are, many out of a file that nobody else sees."""
    rest = iter(rows)
    few = [*islice(rest, FEW)]
    if len(few) < FEW:
        yield few
        return
    from tempfile import TemporaryFile  # here: hardly any table is so long

    with TemporaryFile("w+", encoding="ascii") as file:
        file.writelines(f"{json.dumps(row)}\n" for row in chain(few, rest))
        yield Again(lambda: _read(file))


def _read(file: IO[str]) -> Iterator[Cells]:
    file.seek(0)
    return map(json.loads, file)
