"""Each entry follows the one before it in time, and the one before it in its stream."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

from ledger.audit.accept import Row
from ledger.audit.report import Fault

Head = tuple[int, int]
"""Where a stream stands: version and position. Plain tuples, for there are a million of them."""
Link = tuple[int, int, int]
"""The first entry of a stream in a range: version, position, and the position it names as the one before."""


@dataclass(slots=True)
class Order:
    """How the entries of one range follow each other, and what the first of each stream must follow."""

    opened: str = ""
    """When its first entry was recorded."""
    closed: str = ""
    """When its last entry was recorded."""
    links: dict[str, Link] = field(default_factory=dict)
    heads: dict[str, Head] = field(default_factory=dict)

    def follow(self, rows: Sequence[Row]) -> Fault | None:
        """Hold each of *rows* against what came before; return the first that does not follow."""
        heads = self.heads
        for position, stream, version, previous, _, _, recorded, _, _ in rows:
            if not (type(version) is type(previous) is int and type(stream) is type(recorded) is str):
                return Fault(position, "one of its columns stream, version, previous and recorded is of the wrong type")
            if recorded < self.closed:
                return Fault(position, earlier(recorded, self.closed))
            self.opened, self.closed = self.opened or recorded, recorded
            head = heads.get(stream)
            if head is None:
                self.links[stream] = (version, position, previous)
            elif head != (version - 1, previous):
                return Fault(position, misplaced(stream, head, (version, position, previous)))
            heads[stream] = version, position
        return None

    def __getstate__(self) -> tuple[str, str, list[str], list[array[int]]]:
        # goes from process to process as a few long values: a fifth of the time that as many small ones take
        columns = [*zip(*self.links.values(), strict=True), *zip(*self.heads.values(), strict=True)]
        return self.opened, self.closed, [*self.links], [array("q", column) for column in columns]

    def __setstate__(self, state: tuple[str, str, list[str], list[array[int]]]) -> None:
        self.opened, self.closed, streams, columns = state
        self.links = dict(zip(streams, zip(*columns[:3], strict=True), strict=True))
        self.heads = dict(zip(streams, zip(*columns[3:], strict=True), strict=True))


def earlier(recorded: str, before: str) -> str:
    """Say that time ran backwards."""
    return f"it was recorded at {recorded}, before the entry it follows, recorded at {before}"


def misplaced(stream: str, head: Head, link: Link) -> str:
    """Say that an entry does not follow the *head* of its stream."""
    version, _, previous = link
    if version != head[0] + 1:
        return f"it is version {version} of {stream}, which stood at version {head[0]}"
    return f"the column previous says #{previous}; the entry before it in {stream} is #{head[1]}"
