"""What every stream has: facts in their order, ids that were given out, and the rules that hold for all of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from ledger.calendars import surely_before
from ledger.entry import check_attributes
from ledger.errors import Duplicate, Malformed, Refused, Unknown
from ledger.facts import Fact, amend
from ledger.values import PREFIXES, EntryId

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ledger.canonical import JSON
    from ledger.events import EntryCorrected, Event

Identity = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody wants to record: an event and when it was so."""

    event: Event
    occurred: str | None = None
    aware: str | None = None


class Elsewhere(Protocol):
    """What a decision may ask of the rest of the ledger, and of the batch it stands in."""

    def holds(self, kind: str, name: str) -> bool:
        """Return whether a thing of *kind* exists outside this stream, or is about to."""

    def coming(self, kind: str, name: str) -> Event | None:
        """Return the event of this batch that defines the thing, if there is one."""


@dataclass(slots=True)
class Aggregate:
    """The facts of one stream, filed. Folding changes it in place: a stream of ten thousand is not copied each time."""

    history: list[Fact[Event]] = field(default_factory=list)
    facts: dict[EntryId, Fact[Event]] = field(default_factory=dict)
    """Those that stand, by the id of their entry."""
    things: dict[str, dict[str, Fact[Event]]] = field(default_factory=dict)
    """What exists, by kind and id, with the fact that defined it."""
    identities: dict[Identity, Fact[Event]] = field(default_factory=dict)
    given: dict[str, int] = field(default_factory=dict)
    """The highest number given out of each minted kind, withdrawn ones included: a number is never given twice."""

    @property
    def version(self) -> int:
        """The newest version of the stream."""
        return len(self.history)

    def next_id(self, kind: str) -> str:
        """Return the id that the next thing of *kind* gets."""
        return f"{PREFIXES[kind]}{self.given.get(kind, 0) + 1}"

    def count(self, fact: Fact[Event]) -> None:
        """Take *fact* into the history, and its number, if it has one, out of the numbers still to give."""
        self.history.append(fact)
        kind, name = defined(fact.event)
        if kind in PREFIXES and name:
            self.given[kind] = max(self.given.get(kind, 0), int(name[1:]))

    def file(self, fact: Fact[Event]) -> None:
        """Put a fact that stands where it can be found."""
        self.facts[fact.entry.id] = fact
        identity = identity_of(fact.event)
        if identity:
            self.identities.setdefault(identity, fact)
        kind, name = defined(fact.event)
        if name:
            self.things.setdefault(kind, {}).setdefault(name, fact)


def identity_of(event: Event) -> Identity:
    """Return what identifies the fact *event* states; nothing for a fact that can repeat."""
    values = [getattr(event, f.name) for f in event.fields.values() if f.identity]
    return (event.short_name, *map(str, values)) if values else ()


def defined(event: Event) -> tuple[str, str]:
    """Return the kind and id of the thing that *event* brings into being."""
    if not event.defines:
        return "", ""
    name = next(f.name for f in event.fields.values() if f.kind == event.defines)
    return event.defines, str(getattr(event, name))


def already(state: Aggregate, event: Event) -> bool:
    """Return whether the fact stands already; refuse one that says something else under the same id."""
    first = state.identities.get(identity_of(event))
    if first is None:
        return False
    if first.event.plain == event.plain:
        return True
    name = ", ".join(identity_of(event)[1:])
    raise Duplicate(
        f"{event.short_name} {name} was recorded as #{first.entry.position} with other content.",
        advice=f"engage show {first.entry.position}   (to change it: engage correct {first.entry.position})",
    )


def check_number(state: Aggregate, event: Event) -> None:
    """Refuse a typed number that is not the next of its kind."""
    kind, name = defined(event)
    if kind in PREFIXES and name not in state.things.get(kind, {}) and name != state.next_id(kind):
        raise Refused(f"{name} cannot be used: the next {kind} is {state.next_id(kind)}.", advice="Leave the id out.")


def check_references(state: Aggregate, event: Event, elsewhere: Elsewhere) -> None:
    """Refuse a reference to nothing."""
    for kind, name in references(event):
        if name in state.things.get(kind, {}) or (kind == "entry" and name in state.facts):
            continue
        if not elsewhere.holds(kind, name):
            raise Unknown(kind, name, candidates=near(name, state.things.get(kind, {})))


def references(event: Event) -> Iterator[tuple[str, str]]:
    """Yield the kind and id of everything that *event* refers to."""
    own = defined(event)
    for spec in event.fields.values():
        value = getattr(event, spec.name)
        if not spec.kind or spec.erasable or value is None:
            continue
        for name in value if isinstance(value, list) else [value]:
            reference = parse_ref(name) if spec.kind == "ref" else (spec.kind, str(name))
            if reference != own:
                yield reference


def parse_ref(ref: str) -> tuple[str, str]:
    """Return the kind and id in a Ref; one of another account keeps its account in the id: `account/<id>#c1`."""
    where, _, thing = ref.rpartition("#")
    kind, _, name = thing.partition(":")
    return kind, f"{where}#{name}" if where else name


def check_told_after(known: Fact[Event] | None, act: Act) -> None:
    """Refuse something told before it was known."""
    aware = act.aware or (known.aware if known else None)
    if aware and act.occurred and surely_before(act.occurred, aware):
        raise Refused(
            f"Told {act.occurred}, before it was known {aware}.", advice="Give --at or --aware the right time."
        )


def check_correction(state: Aggregate, event: EntryCorrected) -> None:
    """Refuse a correction of nothing, of a correction, of a path that cannot change, or to something malformed."""
    target = next((fact for fact in state.history if fact.entry.id == event.entry), None)
    if target is None:
        raise Unknown("entry", event.entry, advice="A correction stands in the stream of the entry it corrects.")
    if target.event.short_name == event.short_name:
        raise Refused(f"#{target.entry.position} is a correction itself.", advice="Correct the entry that it corrects.")
    for change in event.changes:
        _check_path(target, change["path"], erasable=False)
    for change in event.text_changes or ():
        _check_path(target, change["path"], erasable=True)
    if event.kind == "amend":
        _check_amended(amend(target, [*event.changes, *(event.text_changes or ())]), target)


def near(name: str, names: Mapping[str, object]) -> list[str]:
    """Return the names that stand nearest to *name*."""
    from difflib import get_close_matches  # noqa: PLC0415 -- only a mistake pays for it

    return get_close_matches(name, names, n=2)


def complete(state: Aggregate, event_type: type[Event], data: Mapping[str, JSON]) -> dict[str, JSON]:
    """Return *data* with the number that the ledger gives out, if it is not there."""
    missing = {f.name: state.next_id(f.kind) for f in event_type.fields.values() if f.minted and f.name not in data}
    return {**missing, **data}


def _check_path(target: Fact[Event], path: str, *, erasable: bool) -> None:
    name = path.removeprefix("data.")
    spec = target.event.fields.get(name) if name != path else None
    if name != path and spec is None:
        raise Malformed(f'{target.event.short_name} has no field "{name}" to correct.', field=path)
    if erasable != (spec is not None and spec.erasable):
        where = "text_changes" if not erasable else "changes"
        raise Malformed(f"{path} is corrected in {where}.", field=path)


def _check_amended(amended: Fact[Event], target: Fact[Event]) -> None:
    type(target.event).reread(amended.event.data)
    clocks = {"occurred": amended.occurred, "aware": amended.aware, "visibility": amended.visibility}
    rest = {k: v for k, v in target.entry.attributes.items() if k not in {*clocks, "recordedtime", "streamversion"}}
    check_attributes({**rest, **{name: value for name, value in clocks.items() if value is not None}})
