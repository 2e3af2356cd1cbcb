"""A ledger published: nothing is imported that reads what is, for a test does it again and again in new processes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger_projections.publishing.folding import Times
from ledger_projections.publishing.publication import Published, publish
from ledger_projections.publishing.seen import seen_by
from ledger_projections.publishing.wanted import Wanted
from ledger_projections.readers import audience
from ledger_projections.tables import READABLE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ledger.journal import Reader

AS_OF = "2025-07-01T09:00:00.000000Z"


def published(
    reader: Reader,
    to: Path,
    formats: Sequence[str] = ("sqlite",),
    *,
    since: str | None = None,
    as_of: str = AS_OF,
    who: str = "analyst",
    **more: Any,
) -> Published:
    """Publish all tables of *reader*'s ledger in the folder *to*."""
    return publish(to, wanted(reader, formats, as_of=as_of, who=who, **more), since=since)


def wanted(
    reader: Reader, formats: Sequence[str] = ("sqlite",), *, as_of: str = AS_OF, who: str = "analyst", **more: Any
) -> Wanted:
    """Return all tables of *reader*'s ledger, to be published."""
    return Wanted(seen_by(reader, audience(who)), READABLE.values(), who, formats, Times(as_of, as_of), **more)
