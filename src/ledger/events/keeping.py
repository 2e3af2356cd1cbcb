"""How the ledger itself is kept: keys, checkpoints, erasure, what was shown to whom, clocks (design 2.2 to 2.7).

Each governs the ledger, and has a command of its own: nobody records one by hand, and none comes in with an import.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from ledger.errors import Malformed
from ledger.events.base import Event
from ledger.events.spans import check_span
from ledger.values import (
    Base64,
    Count,
    EntryPosition,
    EntryRef,
    Erasable,
    Holder,
    Identity,
    Instant,
    KeyId,
    Sha256,
    Str,
    Text,
    TreeHash,
    Whole,
)

if TYPE_CHECKING:
    from ledger.values.records import Erased

_SECONDS = 10**9
"""The most that a clock can have been wrong by, about thirty years."""


class ActorKeyRegistered(Event, streams="practice", defines="key", governs=True):
    """A key by which its holder signs, with the proof that the holder has it."""

    key_id: Identity[KeyId]
    holder: Holder
    public_key: Base64
    possession: Base64
    valid_from: Instant
    valid_until: Instant | None = None
    replaces: KeyId | None = None
    revoked: bool = False

    def check(self) -> None:
        """Refuse a key that ends before it begins."""
        check_span(self.valid_from, self.valid_until or self.valid_from, "valid_until")


class LedgerCheckpointed(Event, streams="practice", governs=True):
    """The tree as it was at a size, in a signed note (C2SP tlog-checkpoint)."""

    size: Identity[Count]
    root: Identity[TreeHash]
    checkpoint: Text


class DisclosuresErased(Event, streams="practice", governs=True):
    """Texts were erased: their digests stay, and on what ground."""

    erased: list[Erased]
    ground: Literal["request", "retention", "court", "other"]
    reason: Erasable[Text] = None


class EvidenceIssued(Event, streams="practice", governs=True):
    """Somebody was shown part of the ledger: what, how much was withheld, and who."""

    form: Literal["bundle", "report", "proof", "shown_to_witness"]
    stream: Str | None = None
    last_version: Count | None = None
    size: Count
    root: TreeHash
    sha256: Sha256 | None = None
    entries: list[EntryRef] | None = None
    withheld: Count
    to: Erasable[Str]


class ClockCorrected(Event, streams="practice", governs=True):
    """The times of a stretch of entries were written down by a wrong clock: by so many seconds."""

    first_position: EntryPosition
    last_position: EntryPosition
    offset_seconds: Annotated[int, Whole(-_SECONDS, _SECONDS)]
    reason: Erasable[Text]

    def check(self) -> None:
        """Refuse a stretch that ends before it begins."""
        if self.last_position < self.first_position:
            raise Malformed(
                f"It ends at #{self.last_position}, before it begins at #{self.first_position}.", field="last_position"
            )
