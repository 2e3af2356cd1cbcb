"""Rows laid aside in a file without a name, so that a source of any size is gone through more than once."""

from __future__ import annotations

import pickle
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Any, Generic, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")

_IN_MEMORY = 1 << 22
MOST_TOGETHER = 1_000
LARGEST_TOGETHER = 1 << 22


class Shelf(Generic[T]):
    """What is put on it comes back in its order, some 1,000 together, as often as it is gone through."""

    def __init__(self) -> None:
        self._file: IO[Any] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 -- closed as the shelf is left
        self._together: list[T] = []
        self._size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def put(self, thing: T, size: int) -> None:
        """Lay *thing* aside, which takes about *size* bytes."""
        self._together.append(thing)
        self._size += size
        if len(self._together) == MOST_TOGETHER or self._size > LARGEST_TOGETHER:
            pickle.dump(self._together, self._file, pickle.HIGHEST_PROTOCOL)
            self._together, self._size = [], 0

    def __iter__(self) -> Iterator[list[T]]:
        end, at = self._file.seek(0, 2), 0
        while at < end:
            self._file.seek(at)
            together = pickle.load(self._file)  # noqa: S301 -- we wrote it ourselves, to a file nobody else can name
            at = self._file.tell()
            yield together
        self._file.seek(end)
        if self._together:
            yield self._together
