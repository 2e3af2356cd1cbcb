"""Where tables of somebody's own come from, and how they are read from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Source(NamedTuple):
    """One file or one entry point: *read* runs it and answers what it names; *hint* is what its table is probably called."""

    where: str
    hint: str
    read: Callable[[], object]
