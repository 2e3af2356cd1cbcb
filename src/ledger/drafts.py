"""What somebody wants recorded, and what became of it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.canonical import JSON
    from ledger.events import Event
    from ledger.values import Position


class Source(NamedTuple):
    """The original an entry is made from: its bytes, how many like it came before, which of its entries this is."""

    original: bytes
    repeat: int = 0
    part: int = 0


class Draft(NamedTuple):
    """Something to record: *type* and *data* of an event, its *subject* (`engagement/northwind`), the envelope."""

    type: str
    subject: str
    data: Mapping[str, JSON] = MappingProxyType({})
    occurred: str | None = None
    aware: str | None = None
    party: str = "provider"
    visibility: str | None = None
    privileged: bool = False
    onbehalfof: str | None = None
    id: str | None = None
    causationid: str | None = None
    correlationid: str | None = None
    claimedtime: str | None = None
    claimedactor: str | None = None
    source: Source | None = None


class Receipt(NamedTuple):
    """What became of a draft: where it stands, and whether it was *new*; a fact that stood has its first entry."""

    position: Position
    new: bool
    event: Event | None = None
    """What was decided; None where the draft's source had been recorded before."""


class Identity(NamedTuple):
    """Whoever records: an address that is known again, and a name."""

    email: str
    name: str
