"""What a decision may ask of the rest of the ledger, and of the batch it stands in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, get_args

from ledger.names import PRACTICE
from ledger.values import Part, Position, Stream

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ledger.entry import Entry
    from ledger.events import Event
    from ledger.journal import Reader


class Around(Protocol):
    """What is asked of a batch."""

    pending: dict[tuple[Stream, str, str], Event]
    opening: dict[str, Stream]
    coming: set[str]
    reader: Reader

    def state(self, stream: Stream) -> Any:  # noqa: ANN401 -- one of the three aggregates, as the name says
        """Return the state of *stream* as the batch has made it so far."""

    def recorded(self, entry_id: str) -> Entry | None:
        """Return the entry with this id, of the log or of the batch."""


class Surroundings(NamedTuple):
    """What a decision on *stream* may ask of the rest of the ledger, and of the batch it stands in."""

    batch: Around
    stream: Stream

    def coming(self, kind: str, name: str) -> Event | None:
        """Return the event of this batch that defines the thing, if there is one."""
        return self.batch.pending.get((self.stream, kind, name))

    def holds(self, kind: str, name: str) -> bool:
        """Return whether a thing of *kind* exists outside this stream, or is about to."""
        if self.coming(kind, name) is not None:
            return True
        where, _, there = name.rpartition("#")
        if where:
            return self._thing(Stream(where), kind, there)
        known: Mapping[str, Callable[[], bool]] = {
            "contact": partial(self._of_account, "contact", name),
            "actor": partial(self._thing, PRACTICE, "actor", name),
            "account": partial(self._opened, Stream(f"account/{name}")),
            "engagement": partial(self._opened, Stream(f"engagement/{name}")),
            "entry": partial(self._entry, name),
            "position": lambda: self.batch.reader.at(Position(int(name))) is not None,
            "objective": partial(self._of_account, "objective", name),
            "part": lambda: name in get_args(Part),
        }
        return known[kind]() if kind in known else False

    def _of_account(self, kind: str, name: str) -> bool:
        """Return whether the account that an engagement is for has a thing of *kind*."""
        if not self.stream.startswith("engagement/"):
            return False
        return self._thing(Stream(f"account/{self.batch.state(self.stream).account}"), kind, name)

    def _thing(self, stream: Stream, kind: str, name: str) -> bool:
        return name in self.batch.state(stream).things.get(kind, {}) or (stream, kind, name) in self.batch.pending

    def _opened(self, stream: Stream) -> bool:
        return self.batch.state(stream).opened is not None or stream in self.batch.opening.values()

    def _entry(self, name: str) -> bool:
        return name in self.batch.coming or self.batch.recorded(name) is not None
