"""What a benchmark appends: entries as a caller would make them, and a clock that ticks at each look."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from ledger.disclosures import protect
from ledger.entry import Proposal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.canonical import JSON

THEN = "2025-01-01T00:00:00.000000Z"
"""When all of it was so."""


class Clock:
    """A clock that ticks at each look."""

    def __init__(self) -> None:
        self.now = datetime(2025, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now


def proposed(
    origin: str,
    number: int,
    stream: str,
    kind: str,
    data: Mapping[str, JSON],
    texts: Mapping[str, JSON],
    places: int,
    **clocks: str,
) -> Proposal:
    """Return entry *number* of *kind* about to be appended; its *texts* stand outside, behind so many *places*."""
    digests, disclosures = protect(dict(texts), places, os.urandom)
    attributes: dict[str, JSON] = {
        "specversion": "1.0",
        "id": f"{number >> 16:08x}-{number & 0xFFFF:04x}-7000-8000-000000000000",
        "source": origin,
        "type": f"engagement.{kind}.v1",
        "subject": stream,
        "actor": "a1",
        "party": "provider",
        "visibility": "shared",
        "provenance": "api",
        "data": {**data, "_sd": list(digests)},
    }
    return Proposal(attributes | clocks, disclosures)
