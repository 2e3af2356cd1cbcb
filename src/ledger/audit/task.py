"""What one process is given to audit, and what it makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ledger.audit.order import Order
from ledger.merkle import Hash

if TYPE_CHECKING:
    from ledger.audit.erased import Erased
    from ledger.audit.report import Fault


@dataclass(slots=True)
class Part:
    """What a range of entries amounts to: the first fault in it, or what the next range must go on from."""

    last: int
    fault: Fault | None = None
    digests: int = 0
    sourcekeys: int = 0
    erased: int = 0
    order: Order = field(default_factory=Order)


@dataclass(frozen=True, slots=True)
class Task:
    """The entries *first* to *last* of the ledger at *path*; *known* are the leaves before them in the same tile."""

    path: str
    origin: str
    first: int
    last: int
    known: Sequence[Hash] = ()
    tree_only: bool = False
    erased: Erased = field(default_factory=dict)
