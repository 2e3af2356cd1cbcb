"""A batch of acts, decided together: all of them or none, each against what the ones before it made of the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger import account, engagement, practice
from ledger.aggregate import Act, Aggregate
from ledger.entry import Entry, decode
from ledger.events import AgreementDrafted
from ledger.facts import Fact
from ledger.names import Names, read_stream
from ledger.references import brings
from ledger.surroundings import Surroundings
from ledger.values import EntryId, Position, Stream

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.canonical import JSON
    from ledger.events import Event, Field
    from ledger.journal import Appended, Writing

_MODULES: Mapping[str, Any] = {"engagement": engagement, "account": account, "practice": practice}


MOST_HELD = 10_000
"""Facts that the states of one batch hold between two appends: some 40 MB."""


class Batch:
    """The states that a batch touches, as they are so far."""

    def __init__(self, reader: Writing, names: Names) -> None:
        self.reader, self.names = reader, names
        self.states: dict[Stream, Aggregate] = {}
        self.read_at: dict[Stream, int] = {}
        """The version that each state was read at."""
        self.pending: dict[tuple[Stream, str, str], AgreementDrafted | None] = {}
        """What the batch brings into being, by stream, kind and id; of a version of the agreement, its draft."""
        self.opening: dict[str, Stream] = {}
        """The streams the batch opens, by `kind/alias`."""
        self.coming: set[str] = set()
        """The ids that its drafts give to their entries."""
        self.entries: dict[str, Entry] = {}
        """What was decided and is not yet appended, by entry id."""
        self._first: Position | None = None
        """Where the first entry of the batch stands, once it does."""

    def state(self, stream: Stream) -> Any:  # noqa: ANN401 -- one of the three aggregates, as the stream's name says
        """Return the state of *stream* as the batch has made it so far."""
        if stream not in self.states:
            facts = read_stream(self.reader, stream)
            self.read_at[stream] = len(facts)
            self.states[stream] = module_of(stream).fold(map(self._placed, facts))
        return self.states[stream]

    def announce(self, stream: Stream, event: Event) -> None:
        """Say what *event* will bring into being, so that what comes before it may refer to it."""
        for kind, name in brings(event):
            self.pending[stream, kind, name] = event if isinstance(event, AgreementDrafted) else None

    def decide(self, stream: Stream, act: Act) -> list[Event]:
        """Return the events that *act* adds to *stream*."""
        events: list[Event] = module_of(stream).decide(self.state(stream), act, Surroundings(self, stream))
        return events

    def complete(self, stream: Stream, event_type: type[Event], data: Mapping[str, JSON]) -> dict[str, JSON]:
        """Return *data* with the number that the ledger gives out, if it is not there."""
        completed: dict[str, JSON] = module_of(stream).complete(self.state(stream), event_type, data)
        return completed

    def resolved(self, event_type: type[Event], data: Mapping[str, JSON]) -> dict[str, JSON]:
        """Return *data* with the aliases of accounts and engagements replaced by their ids."""
        fields = [field for field in event_type.sorted.aliased if field.name in data]
        return {**data, **{field.name: self._resolve(field, data[field.name]) for field in fields}}

    def holds(self, stream: Stream, kind: str, name: str) -> bool:
        """Return whether a thing of *kind* exists, seen from *stream*, or is about to."""
        return name in self.state(stream).things.get(kind, {}) or Surroundings(self, stream).holds(kind, name)

    def recorded(self, entry_id: str) -> Entry | None:
        """Return the entry with this id, of the log or of this batch."""
        if entry_id in self.entries:
            return self.entries[entry_id]
        position = self.reader.find(EntryId(entry_id))
        stored = self.reader.at(position) if position else None
        return decode(*stored) if stored else None

    def add(self, stream: Stream, attributes: Mapping[str, JSON], event: Event) -> None:
        """Take what was decided into the state of *stream*."""
        state = self.states[stream] = self.states.pop(stream)  # the one that was used last stands last
        entry = Entry(0, attributes)
        fact = Fact(
            entry,
            event,
            entry.text("occurred"),
            entry.text("aware"),
            str(attributes["visibility"]),
            privileged="privileged" in attributes,
        )
        self.entries[entry.id] = entry
        if event.short_name == "entry-corrected":
            self.states[stream] = module_of(stream).fold([*state.history, fact])
        else:
            state.count(fact)
            module_of(stream).add(state, fact)

    def settle(self, appended: Sequence[Appended]) -> None:
        """Go on from what was *appended*; what can be read again is forgotten, but for the states used last."""
        self._first = self._first or next((answer.position for answer in appended if answer.new), None)
        self.entries.clear()
        held = 0
        for stream in reversed(list(self.states)):
            version = self.states[stream].version
            if held and held + version > MOST_HELD:
                del self.states[stream], self.read_at[stream]
            else:
                held, self.read_at[stream] = held + version, version

    def _placed(self, fact: Fact[Event]) -> Fact[Event]:
        """Return *fact* without its place if it is of this batch: a place that another error may take away."""
        own = self._first is not None and fact.entry.position >= self._first
        return fact._replace(entry=Entry(0, fact.entry.attributes)) if own else fact

    def _resolve(self, spec: Field, value: JSON) -> JSON:
        if spec.kind in {"account", "engagement"} and isinstance(value, str):
            return self._id_of(spec.kind, value)
        return self._in_refs(value)

    def _in_refs(self, value: JSON) -> JSON:
        if isinstance(value, list | tuple):
            return [self._in_refs(item) for item in value]
        if isinstance(value, dict):
            return {name: self._in_refs(item) for name, item in value.items()}
        where, hash_sign, thing = value.partition("#") if isinstance(value, str) else ("", "", "")
        return f"account/{self._id_of('account', where)}#{thing}" if hash_sign else value

    def _id_of(self, kind: str, name: str) -> str:
        opening = self.opening.get(f"{kind}/{name.removeprefix(f'{kind}/')}")
        return (opening or self.names.stream(kind, name)).partition("/")[2]


def module_of(stream: Stream) -> Any:  # noqa: ANN401 -- modules of one shape: fold, add, decide, complete
    """Return the module that decides for *stream*."""
    return _MODULES[stream.partition("/")[0]]
