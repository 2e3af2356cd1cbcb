"""A batch of acts, decided together: all of them or none, each against what the ones before it made of the ledger."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, get_args

from ledger import account, engagement, practice
from ledger.aggregate import Act, Aggregate, brings
from ledger.entry import Entry
from ledger.facts import Fact
from ledger.names import PRACTICE, Names, read_stream
from ledger.values import EntryId, Part, Stream

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ledger.canonical import JSON
    from ledger.events import Event
    from ledger.journal import Reader

_MODULES: Mapping[str, Any] = {"engagement": engagement, "account": account, "practice": practice}


@dataclass(slots=True)
class Batch:
    """The states that a batch touches, as they are so far."""

    reader: Reader
    names: Names
    states: dict[Stream, Aggregate] = field(default_factory=dict)
    read_at: dict[Stream, int] = field(default_factory=dict)
    """The version that each state was read at."""
    pending: dict[tuple[Stream, str, str], Event] = field(default_factory=dict)
    """What the batch brings into being, by stream, kind and id."""
    opening: dict[str, Stream] = field(default_factory=dict)
    """The streams the batch opens, by `kind/alias`."""
    ids: set[str] = field(default_factory=set)

    def state(self, stream: Stream) -> Any:  # noqa: ANN401 -- one of the three aggregates, as the stream's name says
        """Return the state of *stream* as the batch has made it so far."""
        if stream not in self.states:
            facts = read_stream(self.reader, stream)
            self.read_at[stream] = len(facts)
            self.states[stream] = module_of(stream).fold(facts)
        return self.states[stream]

    def announce(self, stream: Stream, event: Event) -> None:
        """Say what *event* will bring into being, so that what comes before it may refer to it."""
        for kind, name in brings(event):
            self.pending[stream, kind, name] = event

    def decide(self, stream: Stream, act: Act) -> list[Event]:
        """Return the events that *act* adds to *stream*."""
        events: list[Event] = module_of(stream).decide(self.state(stream), act, Surroundings(self, stream))
        return events

    def complete(self, stream: Stream, event_type: type[Event], data: Mapping[str, JSON]) -> dict[str, JSON]:
        """Return *data* with the number that the ledger gives out, if it is not there."""
        completed: dict[str, JSON] = module_of(stream).complete(self.state(stream), event_type, data)
        return completed

    def add(self, stream: Stream, attributes: Mapping[str, JSON], event: Event) -> None:
        """Take what was decided into the state of *stream*."""
        state = self.state(stream)
        entry = Entry(0, attributes)
        fact = Fact(
            entry, event, entry.text("occurred"), entry.text("aware"), str(attributes["visibility"]), privileged=False
        )
        self.ids.add(entry.id)
        if event.short_name == "entry-corrected":
            self.states[stream] = module_of(stream).fold([*state.history, fact])
        else:
            state.count(fact)
            module_of(stream).add(state, fact)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a decision on *stream* may ask of the rest of the ledger, and of the batch it stands in."""

    batch: Batch
    stream: Stream

    def coming(self, kind: str, name: str) -> Event | None:
        """Return the event of this batch that defines the thing, if there is one."""
        return self.batch.pending.get((self.stream, kind, name))

    def holds(self, kind: str, name: str) -> bool:
        """Return whether a thing of *kind* exists outside this stream, or is about to."""
        if self.coming(kind, name) is not None:
            return True
        known: Mapping[str, Callable[[], bool]] = {
            "contact": partial(self._contact, name),
            "actor": partial(self._thing, PRACTICE, "actor", name),
            "account": partial(self._opened, Stream(f"account/{name}")),
            "engagement": partial(self._opened, Stream(f"engagement/{name}")),
            "entry": partial(self._entry, name),
            "part": lambda: name in get_args(Part),
        }
        return known[kind]() if kind in known else False

    def _contact(self, name: str) -> bool:
        where, _, contact = name.rpartition("#")
        if where:
            return self._thing(Stream(where), "contact", contact)
        if not self.stream.startswith("engagement/"):
            return False
        return self._thing(Stream(f"account/{self.batch.state(self.stream).account}"), "contact", contact)

    def _thing(self, stream: Stream, kind: str, name: str) -> bool:
        return name in self.batch.state(stream).things.get(kind, {}) or (stream, kind, name) in self.batch.pending

    def _opened(self, stream: Stream) -> bool:
        return self.batch.state(stream).opened is not None or stream in self.batch.opening.values()

    def _entry(self, name: str) -> bool:
        return name in self.batch.ids or self.batch.reader.find(EntryId(name)) is not None


def module_of(stream: Stream) -> Any:  # noqa: ANN401 -- modules of one shape: fold, add, decide, complete
    """Return the module that decides for *stream*."""
    return _MODULES[stream.partition("/")[0]]
