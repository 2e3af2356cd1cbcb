"""Stand-ins that do the real thing without a machine: a clock that is set, chance that repeats, a journal in memory."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Self

import orjson

from ledger import canonical, entry, merkle
from ledger.calendars import normalise_instant, parse_instant
from ledger.canonical import JSON
from ledger.disclosures import digest, disclosed
from ledger.entry import LARGEST_BATCH, Proposal
from ledger.errors import Conflict, IdConflict, TooLarge
from ledger.journal import Appended, Stored, StreamHead
from ledger.merkle import Hash, Nodes
from ledger.stores.finishing import check, recorded_time
from ledger.values import EntryId, Position, Stream

ORIGIN = "ledger.example/engagements/memory"
"""The origin of a journal in memory that is given no other."""


class SetClock:
    """A clock that stands still until it is set: `clock.set("2025-06-06T09:20:00+01:00")`."""

    def __init__(self, moment: str = "2025-06-06T08:20:00Z") -> None:
        self.set(moment)

    def set(self, moment: str) -> None:
        """Say which moment it is from now on."""
        self.now = parse_instant(normalise_instant(moment))

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.now


class Entropy:
    """Bytes that look random and are the same in every run: SHA-256 of a *seed* and a count."""

    def __init__(self, seed: str = "") -> None:
        self._seed, self._count = seed, 0

    def __call__(self, size: int) -> bytes:
        """Return the next *size* bytes, up to 32."""
        self._count += 1
        return sha256(f"{self._seed}/{self._count}".encode()).digest()[:size]


class Ids:
    """Entry ids in their order: UUIDv7s of which the last digits count."""

    def __init__(self) -> None:
        self._count = 0

    def __call__(self) -> str:
        """Return the next id."""
        self._count += 1
        return entry_id(self._count)


def entry_id(number: int) -> EntryId:
    """Return the entry id that `Ids` gives as its *number*-th, from 1."""
    return EntryId(f"01974000-0000-7000-8000-{number:012x}")


class MemoryJournal:
    """A journal that is kept in lists, and gone with them."""

    def __init__(self, clock: Callable[[], datetime], origin: str = ORIGIN) -> None:
        self.origin, self.secret, self._clock = origin, b"the secret of a journal in memory", clock
        self._entries: list[bytes] = []
        self._recorded = ""
        self._proposals: list[Proposal] = []
        self._streams: dict[Stream, list[Position]] = {}

    def close(self) -> None:
        """Let go of nothing: nothing is open."""

    def head(self) -> Position:
        """Return the newest position; 0 for an empty journal."""
        return Position(len(self._entries))

    def streams(self) -> Iterator[StreamHead]:
        """Yield every stream, in the order they were opened."""
        for stream, at in self._streams.items():
            yield StreamHead(stream, len(at), at[-1], at[0])

    def version(self, stream: Stream) -> int:
        """Return the newest version of *stream*; 0 if there is none."""
        return len(self._streams.get(stream, ()))

    def read(self, stream: Stream) -> Sequence[Stored]:
        """Return the entries of *stream*, oldest first."""
        return [Stored(position, self._entries[position - 1]) for position in self._streams.get(stream, ())]

    def read_but(self, stream: Stream, types: Collection[str]) -> tuple[Sequence[Stored], int]:
        """Return the entries of *stream* but those of some *types*, and how many those are; the newest is always there."""
        every = self.read(stream)
        kept = [each for each in every if each is every[-1] or orjson.loads(each.raw)["type"] not in types]
        return kept, len(every) - len(kept)

    def since(self, after: Position, limit: int) -> Sequence[Stored]:
        """Return up to *limit* entries that stand after *after*, which is left out."""
        some = self._entries[after : after + limit]
        return [Stored(Position(position), raw) for position, raw in enumerate(some, after + 1)]

    def at(self, position: Position) -> Stored | None:
        """Return the entry at *position*."""
        return Stored(position, self._entries[position - 1]) if 1 <= position <= self.head() else None

    def find(self, entry_id: EntryId) -> Position | None:
        """Return the position of the entry with this id."""
        return next((Position(n) for n, p in enumerate(self._proposals, 1) if p.id == entry_id), None)

    def disclosures(self, positions: Iterable[Position]) -> Mapping[Position, Sequence[bytes]]:
        """Return the disclosures of the entries at *positions* that have any, in the order of their digests."""
        there = {position: self._proposals[position - 1] for position in positions if 0 < position <= self.head()}
        return {position: [*proposal.disclosures] for position, proposal in there.items() if proposal.disclosures}

    def nodes(self) -> Nodes:
        """Return the hashes of the Merkle tree."""
        return _Nodes(merkle.leaf_hashes(self._entries))

    def root(self) -> Hash:
        """Return the root of the tree over all entries."""
        return merkle.root(merkle.leaf_hashes(self._entries))

    def seen(self, sourcekeys: Sequence[str]) -> Mapping[str, Position]:
        """Return those of *sourcekeys* that have been recorded, with their positions."""
        keys = {str(p.attributes.get("sourcekey")): Position(n) for n, p in enumerate(self._proposals, 1)}
        return {key: keys[key] for key in sourcekeys if key in keys}

    def append(self, proposals: Sequence[Proposal], expected: Mapping[Stream, int]) -> Sequence[Appended]:
        """Append all *proposals* or none, each stream at its *expected* version; one answer per proposal, in order."""
        if len(proposals) > LARGEST_BATCH:
            raise TooLarge(f"{len(proposals):,} entries at once; the most is {LARGEST_BATCH:,}.", advice="Split them.")
        for proposal in proposals:
            check(proposal, self.origin)
            if proposal.stream not in expected:
                raise ValueError(f"No expected version is given for {proposal.stream}.")
        answers, new = self._answer(proposals)
        for stream in dict.fromkeys(proposal.stream for proposal in new):
            if expected[stream] != self.version(stream):
                raise Conflict(stream, expected[stream], self.version(stream))
        if new:
            self._recorded = recorded_time(self._clock(), self.head(), self._recorded)
        for proposal in new:
            self._add(proposal)
        return answers

    def erase(self, position: Position, digests: Collection[str]) -> int:
        """Delete those disclosures of the entry at *position* that have these digests; return how many there were."""
        there = self._proposals[position - 1]
        kept = [disclosure for disclosure in there.disclosures if digest(disclosure) not in digests]
        self._proposals[position - 1] = there._replace(disclosures=kept)
        return len(there.disclosures) - len(kept)

    @contextmanager
    def transaction(self) -> Iterator[Self]:
        """Make one commit of all that is appended within."""
        within = copy(self)
        within._clock = cache(self._clock)  # one commit, one recorded time
        within._entries, within._proposals = [*self._entries], [*self._proposals]
        within._streams = {stream: [*at] for stream, at in self._streams.items()}
        yield within
        self._entries, self._proposals, self._streams = within._entries, within._proposals, within._streams
        self._recorded = within._recorded

    def _answer(self, proposals: Sequence[Proposal]) -> tuple[list[Appended], list[Proposal]]:
        known = [*self._proposals]
        answers = []
        for proposal in proposals:
            at = _place(proposal, known)
            answers.append(Appended(Position(at or len(known) + 1), at is None))
            if at is None:
                known.append(proposal)
        return answers, known[self.head() :]

    def _add(self, proposal: Proposal) -> None:
        version = self.version(proposal.stream) + 1
        finished = {**proposal.attributes, "recordedtime": self._recorded, "streamversion": version}
        self._entries.append(entry.encode(finished))
        self._proposals.append(proposal)
        self._streams.setdefault(proposal.stream, []).append(self.head())


class _Nodes:
    def __init__(self, leaves: Sequence[Hash]) -> None:
        self._leaves = leaves

    def row(self, level: int, first: int, count: int) -> Sequence[Hash]:
        width = 256**level
        return [merkle.root(self._leaves[n * width : (n + 1) * width]) for n in range(first, first + count)]


def _place(proposal: Proposal, known: Sequence[Proposal]) -> int | None:
    key = proposal.attributes.get("sourcekey")
    for position, other in enumerate(known, 1):
        if other.id == proposal.id and _said(other) != _said(proposal):
            raise IdConflict(proposal.id, position)
        if other.id == proposal.id or (key and other.attributes.get("sourcekey") == key):
            return position
    return None


def _said(proposal: Proposal) -> bytes:
    data: Mapping[str, JSON] = proposal.attributes["data"]  # type: ignore[assignment]  # an object: it was checked
    whole = {**data, **disclosed(proposal.disclosures), "_sd": ""}
    rest = {name: value for name, value in proposal.attributes.items() if name not in {"signature", "signerkey"}}
    return canonical.encode({**rest, "data": whole})
