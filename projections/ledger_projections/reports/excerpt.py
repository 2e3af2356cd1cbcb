"""The ledger as it stood at a position, less what is withheld: a reader like any other, so that nothing sees more.

Whatever is made of an excerpt (a view, a table, a replay) is the same after any later entry, and holds no text, id or
hash of an entry that is withheld: nothing that it is made of had them. The tree is that of all entries up to there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import orjson

from ledger.journal import StreamHead
from ledger.merkle import tree_root
from ledger.values import Stream

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from ledger.journal import Reader, Stored
    from ledger.merkle import Hash, Nodes
    from ledger.values import EntryId, Position
    from ledger_projections.reports.withheld import Withheld

COVER = "an entry that is withheld"
_ID = re.compile(r"(?:entry )?([0-9a-f]{8}-[0-9a-f]{4})(-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|…)")
"""A reference to an entry: its id, whole or cut short as screens say it."""


class Excerpt:
    """The first *last* entries of *reader*, without *withheld*."""

    def __init__(self, reader: Reader, last: Position, withheld: Sequence[Withheld] = ()) -> None:
        self._reader, self._last, self.withheld = reader, last, sorted(withheld)
        self._hidden = {each.position for each in withheld}
        self._measuring = {each.position for each in withheld if each.measures}
        self._ids = {name: each.position for each in withheld for name in (each.id, f"{each.id[:13]}…")}

    @property
    def beneath(self) -> Reader:
        """The ledger that it is an excerpt of."""
        return self._reader

    @property
    def holding(self) -> frozenset[Stream]:
        """The streams that hold what is withheld."""
        held = (self._reader.at(position) for position in self._hidden)
        return frozenset(Stream(orjson.loads(stored.raw)["subject"]) for stored in held if stored)

    @property
    def origin(self) -> str:
        """The name of the ledger."""
        return self._reader.origin

    def head(self) -> Position:
        """Return the position of the last entry."""
        return self._last

    def streams(self) -> Iterator[StreamHead]:
        """Yield every stream that was opened by then."""
        for head in self._reader.streams():
            if head.opened <= self._last and head.opened not in self._hidden:
                kept = self.read(head.stream) if head.position > self._last else ()
                yield StreamHead(head.stream, len(kept), kept[-1].position, head.opened) if kept else head

    def version(self, stream: Stream) -> int:
        """Return how many entries of *stream* are shown."""
        return len(self.read(stream))

    def read(self, stream: Stream) -> Sequence[Stored]:
        """Return the entries of *stream* that are shown, oldest first, with those that time is measured by."""
        return [
            stored
            for stored in self._reader.read(stream)
            if self._shows(stored.position) or (stored.position in self._measuring and stored.position <= self._last)
        ]

    def read_but(self, stream: Stream, types: Collection[str]) -> tuple[Sequence[Stored], int]:
        """Return what `read` does: how many entries there are besides is not shown."""
        return self.read(stream), 0

    def since(self, after: Position, limit: int) -> Sequence[Stored]:
        """Return up to *limit* entries that stand after *after* and are shown."""
        found: list[Stored] = []
        while len(found) < limit and (page := self._reader.since(after, limit)):
            after = page[-1].position
            found += [stored for stored in page if self._shows(stored.position)]
            if after > self._last:
                break
        return found[:limit]

    def at(self, position: Position) -> Stored | None:
        """Return the entry at *position*, if it is shown."""
        return self._reader.at(position) if self._shows(position) else None

    def find(self, entry_id: EntryId) -> Position | None:
        """Return the position of the entry with this id, if it is shown."""
        position = self._reader.find(entry_id)
        return position if position is not None and self._shows(position) else None

    def disclosures(self, positions: Iterable[Position]) -> Mapping[Position, Sequence[bytes]]:
        """Return the disclosures of the entries at *positions* that are shown."""
        return self._reader.disclosures(filter(self._shows, positions))

    def nodes(self) -> Nodes:
        """Return the stored hashes of the tree, those of what is withheld too: no report shows any but the root."""
        return self._reader.nodes()

    def root(self) -> Hash:
        """Return the root of the tree over all entries up to the last."""
        return tree_root(self._last, self._reader.nodes())

    def hides(self, position: int) -> bool:
        """Return whether the entry at *position* is withheld."""
        return position in self._hidden

    def covered(self, text: str) -> str:
        """Return *text* with every reference to an entry that is withheld dropped (design 2.7)."""
        return _ID.sub(self._cover, text) if self._hidden else text

    def numbered(self, text: str) -> str:
        """Return *text* with every such reference told by its number, so that what differs in one still differs."""
        return _ID.sub(self._number, text) if self._hidden else text

    def _number(self, found: re.Match[str]) -> str:
        position = self._ids.get(found[1] + found[2])
        return found[0] if position is None else f"#{position}, which is withheld"

    def _cover(self, found: re.Match[str]) -> str:
        return COVER if found[1] + found[2] in self._ids else found[0]

    def _shows(self, position: int) -> bool:
        return position <= self._last and position not in self._hidden
