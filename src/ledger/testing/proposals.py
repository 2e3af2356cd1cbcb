"""Proposals and a clock for tests: as many as a test wants, each as a caller would make it."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from ledger.canonical import JSON
from ledger.disclosures import protect
from ledger.entry import Proposal
from ledger.values import Stream

ORIGIN = "ledger.example/engagements/contract"
"""The origin of the ledgers under test."""
STREAM = Stream("engagement/k7h2")
PLACES = 3
"""Digests that every proposal carries."""


class FakeClock:
    """A clock that a test sets: each look at it takes a second."""

    def __init__(self) -> None:
        self.now = datetime(2025, 6, 6, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Tell the time, a second later than before."""
        self.now += timedelta(seconds=1)
        return self.now


def proposal(
    number: int,
    stream: Stream = STREAM,
    /,
    *,
    text: str = "late",
    fields: Mapping[str, JSON] | None = None,
    **attributes: JSON,
) -> Proposal:
    """Make proposal *number*, whose id the number gives; salts and decoys are other ones at each call."""
    texts: Mapping[str, JSON] = {"why": text} if text else {}
    digests, disclosures = protect(texts, PLACES, os.urandom)
    said: dict[str, JSON] = {
        "specversion": "1.0",
        "id": entry_id(number),
        "source": ORIGIN,
        "type": "engagement.slip-foreseen.v1",
        "subject": stream,
        "actor": "a1",
        "party": "provider",
        "visibility": "shared",
        "provenance": "api",
        "data": {"_sd": digests, **({"number": number} if fields is None else fields)},
    }
    return Proposal(said | attributes, disclosures)


def entry_id(number: int) -> str:
    """Write *number* as a UUIDv7."""
    return f"{number >> 16:08x}-{number & 0xFFFF:04x}-7000-8000-000000000000"
