"""What every stream has: facts in their order, ids that were given out, and the rules that hold for all of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from ledger.calendars import is_day, surely_before
from ledger.errors import Duplicate, Refused, Unknown
from ledger.events import AgreementDrafted, DisputeRaised, EngagementClosed
from ledger.facts import Fact, amended, corrected
from ledger.values import PREFIXES, EntryId

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

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
        for kind, name in brings(fact.event):
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


def brings(event: Event) -> Iterator[tuple[str, str]]:
    """Yield the kind and id of all that *event* brings into being, the results and items it names included."""
    if event.defines:
        yield defined(event)
    if isinstance(event, AgreementDrafted):
        yield from (("result", result["result_id"]) for result in event.results)
    if isinstance(event, DisputeRaised):
        yield from (("item", item["item_id"]) for item in event.items)


def already(state: Aggregate, event: Event) -> bool:
    """Return whether the fact stands already; refuse one that says something else under the same id."""
    first = state.identities.get(identity_of(event))
    if first is None:
        return False
    if first.event.plain == event.plain:
        return True
    raise _taken(first, event)


def check_number(state: Aggregate, event: Event) -> None:
    """Refuse a typed number that is not the next of its kind."""
    kind, name = defined(event)
    if kind in PREFIXES and name not in state.things.get(kind, {}) and name != state.next_id(kind):
        raise Refused(f"{name} cannot be used: the next {kind} is {state.next_id(kind)}.", advice="Leave the id out.")


def check_references(
    state: Aggregate, event: Event, elsewhere: Elsewhere, known: Collection[tuple[str, str]] = ()
) -> None:
    """Refuse a reference to nothing; *known* are those that need no second look."""
    for kind, name in references(event):
        if (kind, name) in known or name in state.things.get(kind, {}) or (kind == "entry" and name in state.facts):
            continue
        if not elsewhere.holds(kind, name):
            raise Unknown(kind, name, candidates=near(name, state.things.get(kind, {})))


def references(event: Event) -> Iterator[tuple[str, str]]:
    """Yield the kind and id of everything that *event* refers to."""
    own = set(brings(event))
    yield from (reference for reference in (*_named(event), *_named_within(event)) if reference not in own)


def parse_ref(ref: str) -> tuple[str, str]:
    """Return the kind and id in a Ref; one of another account keeps its account in the id: `account/<id>#c1`."""
    where, _, thing = ref.rpartition("#")
    kind, _, name = thing.partition(":")
    return kind, f"{where}#{name}" if where else name


def check_told_after(known: Fact[Event] | None, act: Act) -> None:
    """Refuse something told before it was known."""
    aware = act.aware or (known.aware if known else None)
    _check_order(act.occurred, aware)


def check_known_before(told: Iterable[Fact[Event]], act: Act) -> None:
    """Refuse something known only after it was *told*."""
    for fact in told:
        _check_order(fact.occurred, act.aware)


def check_correction(state: Aggregate, event: EntryCorrected, elsewhere: Elsewhere) -> Act | None:
    """Return the act as an amendment leaves it; refuse what cannot be corrected, or not into that."""
    target = next((fact for fact in corrected(state.history) if fact.entry.id == event.entry), None)
    if target is None:
        raise Unknown("entry", event.entry, advice="A correction stands in the stream of the entry it corrects.")
    if target.event.short_name == event.short_name:
        raise Refused(f"#{target.entry.position} is a correction itself.", advice="Correct the entry that it corrects.")
    if event.kind != "amend":
        return None
    fact = amended(target, event)
    _check_id(state, fact)
    check_references(state, fact.event, elsewhere, set(references(target.event)))
    return Act(fact.event, fact.occurred, fact.aware)


def place(fact: Fact[Event]) -> str:
    """Say where *fact* stands."""
    return f"#{fact.entry.position}" if fact.entry.position else "an earlier line of the same batch"


def near(name: str, names: Mapping[str, object]) -> list[str]:
    """Return the names that stand nearest to *name*."""
    from difflib import get_close_matches  # noqa: PLC0415 -- only a mistake pays for it

    return get_close_matches(name, names, n=2)


def complete(state: Aggregate, event_type: type[Event], data: Mapping[str, JSON]) -> dict[str, JSON]:
    """Return *data* with the number that the ledger gives out, if it is not there."""
    missing = {f.name: state.next_id(f.kind) for f in event_type.fields.values() if f.minted and f.name not in data}
    return {**missing, **data}


def _named(event: Event) -> Iterator[tuple[str, str]]:
    for spec in event.fields.values():
        value = getattr(event, spec.name)
        if not spec.kind or spec.erasable or value is None:
            continue
        for name in value if isinstance(value, list) else [value]:
            yield parse_ref(name) if spec.kind == "ref" else (spec.kind, str(name))


def _named_within(event: Event) -> Iterator[tuple[str, str]]:
    match event:
        case AgreementDrafted(evaluation=evaluation) if evaluation:
            yield "cadence", evaluation["cadence_id"]
        case EngagementClosed(results=results):
            yield from (("result", result["result_id"]) for result in results)
        case DisputeRaised(items=items):
            yield from (parse_ref(ref) for item in items for ref in item["about"])
        case _:
            pass


def _check_order(told: str | None, aware: str | None) -> None:
    if not told or not aware:
        return
    both_days = is_day(told) and is_day(aware)  # of one calendar then, whichever it is
    if told < aware if both_days else surely_before(told, aware):
        raise Refused(f"Told {told}, before it was known {aware}.", advice="Give --at or --aware the right time.")


def _check_id(state: Aggregate, fact: Fact[Event]) -> None:
    """Refuse an id that another fact has, or that was never given out."""
    first = state.identities.get(identity_of(fact.event))
    if first is not None and first.entry.id != fact.entry.id:
        raise _taken(first, fact.event)
    kind, name = defined(fact.event)
    if kind in PREFIXES and int(name[1:]) > state.given.get(kind, 0):
        raise Refused(f"{name} cannot be used: the next {kind} is {state.next_id(kind)}.")


def _taken(first: Fact[Event], event: Event) -> Duplicate:
    number = first.entry.position
    return Duplicate(
        f"{event.short_name} {', '.join(identity_of(event)[1:])} was recorded as {place(first)} with other content.",
        advice=f"engage show {number}   (to change it: engage correct {number})" if number else "",
    )
