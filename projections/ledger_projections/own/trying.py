"""Every table of somebody's own made twice, to see which of them are sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.replay import Replay
from ledger.values.named import NamedTuple
from ledger_projections.own.faults import Fault, Unsound
from ledger_projections.replaying.snapshot import snapshot

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.journal import Reader
    from ledger_projections.own import Found, Own


class Tried(NamedTuple):
    """How many rows each sound table has, by its name, and everything that is wrong with the others."""

    made: Mapping[str, int]
    faults: Sequence[Fault]


def tried(found: Found, reader: Reader, as_of: str) -> Tried:
    """Make each of the tables that were *found*, of the ledger as it is, judged at *as_of*."""
    made, faults = dict[str, int](), list(found.faults)
    for name, own in found.tables.items():
        try:
            made[name] = _rows_of(own, reader, as_of)
        except Unsound as error:
            faults.append(error.fault)
    return Tried(made, faults)


def _rows_of(own: Own, reader: Reader, as_of: str) -> int:
    """Return how many rows a table has; raise Unsound where the same facts make other rows the second time."""
    first, second = (snapshot(reader, Replay(), as_of, [own.table])[own.table.name] for _ in range(2))
    if first != second:
        raise Unsound(Fault(own.where, own.table.name, "made twice of the same entries, its rows differ"))
    return len(first)
