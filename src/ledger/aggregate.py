"""What every stream has: facts in their order, ids that were given out, and what a decision may ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from ledger.events import Event
from ledger.facts import Fact, in_effect
from ledger.references import brings, defined
from ledger.values import PREFIXES, EntryId
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from ledger.canonical import JSON
    from ledger.events import AgreementDrafted

Identity = tuple[str, ...]
A = TypeVar("A", bound="Aggregate")
E = TypeVar("E", bound=Event)


class Act(NamedTuple):
    """What somebody wants to record: an event and when it was so."""

    event: Event
    occurred: str | None = None
    aware: str | None = None


class Elsewhere(Protocol):
    """What a decision may ask of the rest of the ledger, and of the batch it stands in."""

    def holds(self, kind: str, name: str) -> bool:
        """Return whether a thing of *kind* exists outside this stream, or is about to."""

    def named(self, kind: str) -> Collection[str]:
        """Return the ids of the things of *kind* that our own side has, which any stream may name."""

    def coming(self, version: int) -> AgreementDrafted | None:
        """Return the draft of the agreement that this batch records under the number *version*, if there is one."""


class Aggregate:
    """The facts of one stream, filed. Folding changes it in place: a stream of ten thousand is not copied each time."""

    def __init__(self) -> None:
        self.history: list[Fact[Event]] = []
        self.unread = 0
        """Entries besides, which nobody asks for here: never the newest."""
        self.facts: dict[EntryId, Fact[Event]] = {}
        """Those that stand, by the id of their entry."""
        self.by_type: dict[type[Event], list[Fact[Event]]] = {}
        """The same, by what they say."""
        self.things: dict[str, dict[str, Fact[Event]]] = {}
        """What exists, by kind and id, with the fact that defined it."""
        self.identities: dict[Identity, Fact[Event]] = {}
        self.newest: dict[type[Event], Fact[Event]] = {}
        """The newest fact of each type, withdrawn ones included."""
        self.given: dict[str, int] = {}
        """The highest number given out of each minted kind, withdrawn ones included: a number is never given twice."""

    @property
    def version(self) -> int:
        """The newest version of the stream."""
        return len(self.history) + self.unread

    def saying(self, event_type: type[E]) -> Sequence[Fact[E]]:
        """Return the facts that stand and say an event of this type, in the order of the log."""
        return cast("Sequence[Fact[E]]", self.by_type.get(event_type, ()))

    def next_id(self, kind: str) -> str:
        """Return the id that the next thing of *kind* gets."""
        return f"{PREFIXES[kind]}{self.given.get(kind, 0) + 1}"

    def count(self, fact: Fact[Event]) -> None:
        """Take *fact* into the history, and its number, if it has one, out of the numbers still to give."""
        self.history.append(fact)
        self.newest[type(fact.event)] = fact
        kind, name = defined(fact.event)
        if kind in PREFIXES and name:
            self.given[kind] = max(self.given.get(kind, 0), int(name[1:]))

    def file(self, fact: Fact[Event]) -> None:
        """Put a fact that stands where it can be found."""
        self.facts[fact.entry.id] = fact
        self.by_type.setdefault(type(fact.event), []).append(fact)
        identity = identity_of(fact.event)
        if identity:
            self.identities.setdefault(identity, fact)
        for kind, name in brings(fact.event):
            self.things.setdefault(kind, {}).setdefault(name, fact)


def identity_of(event: Event) -> Identity:
    """Return what identifies the fact *event* states; nothing for a fact that can repeat."""
    names = event.sorted.identifying
    return (event.short_name, *[str(getattr(event, name)) for name in names]) if names else ()


def folded(state: A, facts: Iterable[Fact[Event]], add: Callable[[A, Fact[Event]], None]) -> A:
    """Return *state* with *facts*, in the order of the log, counted, and those that stand once corrected added to it."""
    history = list(facts)
    for fact in history:
        state.count(fact)
    for fact in in_effect(history):
        add(state, fact)
    return state


def complete(state: Aggregate, event_type: type[Event], data: Mapping[str, JSON]) -> dict[str, JSON]:
    """Return *data* with the number that the ledger gives out, if it is not there."""
    missing = {f.name: state.next_id(f.kind) for f in event_type.sorted.minted if f.name not in data}
    return {**missing, **data}
