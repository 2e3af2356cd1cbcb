"""What a decision may ask of the rest of the ledger, and of the batch it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, get_args

from ledger.names import PRACTICE
from ledger.values import Part, Position, Stream
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from ledger.entry import Entry
    from ledger.events import AgreementDrafted
    from ledger.journal import Reader


class Around(Protocol):
    """What is asked of a batch."""

    pending: dict[tuple[Stream, str, str], AgreementDrafted | None]
    opening: dict[str, Stream]
    coming: set[str]

    @property
    def reader(self) -> Reader:
        """What the batch reads the log with."""

    def state(self, stream: Stream) -> Any:  # noqa: ANN401 -- one of the three aggregates, as the name says
        """Return the state of *stream* as the batch has made it so far."""

    def recorded(self, entry_id: str) -> Entry | None:
        """Return the entry with this id, of the log or of the batch."""


class Surroundings(NamedTuple):
    """What a decision on *stream* may ask of the rest of the ledger, and of the batch it stands in."""

    batch: Around
    stream: Stream

    def coming(self, version: int) -> AgreementDrafted | None:
        """Return the draft of the agreement that this batch records under the number *version*, if there is one."""
        return self.batch.pending.get((self.stream, "version", str(version)))

    def holds(self, kind: str, name: str) -> bool:
        """Return whether a thing of *kind* exists outside this stream, or is about to."""
        return (self.stream, kind, name) in self.batch.pending or self._elsewhere(kind, name)

    def named(self, kind: str) -> Collection[str]:
        """Return the ids of the things of *kind* that our own side has, which any stream may name."""
        things: Mapping[str, object] = self.batch.state(PRACTICE).things.get(kind, {})
        return things.keys()

    def _elsewhere(self, kind: str, name: str) -> bool:
        where, _, there = name.rpartition("#")
        match kind:
            case _ if where:
                return self._thing(Stream(where), kind, there)
            case "contact" | "objective":
                return self._of_account(kind, name)
            case "actor" | "calendar":
                return self._thing(PRACTICE, kind, name)
            case "account" | "engagement":
                return self._opened(Stream(f"{kind}/{name}"))
            case "entry" | "position":
                return self._entry(name) if kind == "entry" else self.batch.reader.at(Position(int(name))) is not None
            case _:
                return kind == "part" and name in get_args(Part)

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
