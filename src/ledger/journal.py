"""What a journal does: append, read, and go on from a position. Any store that does this keeps a ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from ledger.entry import Proposal
    from ledger.merkle import Hash, Nodes
    from ledger.values import EntryId, Position, Stream


class Stored(NamedTuple):
    """One entry as it is kept: its position (from 1) and its exact bytes."""

    position: Position
    raw: bytes


class StreamHead(NamedTuple):
    """A stream, its newest version and position, and the position that opened it."""

    stream: Stream
    version: int
    position: Position
    opened: Position


class Appended(NamedTuple):
    """Where a proposal stands in the log, and whether it was *new* or had been recorded before."""

    position: Position
    new: bool


class Reader(Protocol):
    """A journal as those see it who only read."""

    @property
    def origin(self) -> str:
        """The name of this ledger, which is the `source` of its entries."""

    def head(self) -> Position:
        """Return the newest position; 0 for an empty journal."""

    def streams(self) -> Iterator[StreamHead]:
        """Yield every stream, in the order they were opened."""

    def version(self, stream: Stream) -> int:
        """Return the newest version of *stream*; 0 if there is none."""

    def read(self, stream: Stream) -> Sequence[Stored]:
        """Return the entries of *stream*, oldest first."""

    def read_but(self, stream: Stream, types: Collection[str]) -> tuple[Sequence[Stored], int]:
        """Return the entries of *stream* as `read`, and how many are left out: of these stored *types*, never the newest."""

    def since(self, after: Position, limit: int) -> Sequence[Stored]:
        """Return up to *limit* entries that stand after *after*, which is left out."""

    def at(self, position: Position) -> Stored | None:
        """Return the entry at *position*."""

    def find(self, entry_id: EntryId) -> Position | None:
        """Return the position of the entry with this id."""

    def disclosures(self, positions: Iterable[Position]) -> Mapping[Position, Sequence[bytes]]:
        """Return the disclosures of the entries at *positions* that have any, in the order of their digests."""

    def nodes(self) -> Nodes:
        """Return the stored hashes of the Merkle tree."""

    def root(self) -> Hash:
        """Return the root of the tree over all entries."""


class Writing(Reader, Protocol):
    """A journal as it is written."""

    @property
    def secret(self) -> bytes:
        """The key of source keys (HMAC-SHA-256); it never leaves the ledger."""

    def seen(self, sourcekeys: Sequence[str]) -> Mapping[str, Position]:
        """Return those of *sourcekeys* that have been recorded, with their positions."""

    def append(self, proposals: Sequence[Proposal], expected: Mapping[Stream, int]) -> Sequence[Appended]:
        """Append all *proposals* or none, each stream at its *expected* version; one answer per proposal, in order.

        Raises Conflict where a stream has moved on, IdConflict where an id was used for something else, ClockBehind,
        TooLarge, Unreachable. A proposal recorded before (same id or same source key) is answered with the first entry.
        """

    def erase(self, position: Position, digests: Collection[str]) -> int:
        """Delete those disclosures of the entry at *position* that have these digests; return how many there were."""


class Journal(Writing, Protocol):
    """A journal as the one writer sees it."""

    def transaction(self) -> AbstractContextManager[Writing]:
        """Make one commit, with one recorded time, of all that is appended within: an error leaves none of it.

        What is appended within is read within at once, and elsewhere when the commit is made; other writers wait.
        """

    def close(self) -> None:
        """Let go of what is open."""
