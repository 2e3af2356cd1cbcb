"""Our own side: who records, and which policies and calendars hold from which day."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar, assert_never, cast

import orjson

from ledger.aggregate import Aggregate, complete, folded
from ledger.calendars import Calendar
from ledger.errors import Duplicate, Refused
from ledger.events import (
    ActorAdded,
    ActorKeyRegistered,
    AvailabilityDeclared,
    CapacityStated,
    ClockCorrected,
    DisclosuresErased,
    EntryAnnotated,
    EntryCorrected,
    EvidenceIssued,
    LedgerCheckpointed,
    PolicySet,
    ReservesStated,
)
from ledger.facts import Fact
from ledger.policies import POLICIES
from ledger.rules import already, check_annotated, check_correction, check_number, check_references

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ledger.aggregate import Act, Elsewhere
    from ledger.events import Event
    from ledger.values.records import CalendarData

__all__ = ["DEFAULTS", "Practice", "add", "complete", "decide", "evolve", "fold"]

T = TypeVar("T")

DEFAULTS: Mapping[str, str] = {name: policy.default for name, policy in POLICIES.items()}
"""What holds where no policy was set (domain 3.3.6)."""

KeepingEvent = ActorKeyRegistered | LedgerCheckpointed | DisclosuresErased | EvidenceIssued | ClockCorrected
PracticeEvent = (
    ActorAdded
    | PolicySet
    | AvailabilityDeclared
    | CapacityStated
    | ReservesStated
    | EntryAnnotated
    | EntryCorrected
    | KeepingEvent
)
LASTING = (ActorKeyRegistered, LedgerCheckpointed, DisclosuresErased)
"""What others may hold, or what nothing brings back: no correction makes it otherwise."""


class Practice(Aggregate):
    """The drawers that the facts of our own side are filed in."""

    def __init__(self) -> None:
        super().__init__()
        self.actors: dict[str, Fact[ActorAdded]] = {}
        self.settings: list[Fact[PolicySet]] = []
        """In the order in which they hold: those valid later last, ties in the order of the log."""
        self.starts: list[str] = []
        """From which day each of them is valid."""
        self.first: dict[str, CalendarData] = {}
        """Each calendar as it was recorded first."""
        self.named: dict[tuple[str, str, int], object] = {}
        """The policies and calendars that were asked for, by how many of the settings were valid."""
        self.away: list[Fact[AvailabilityDeclared]] = []
        self.capacities: list[Fact[CapacityStated]] = []
        self.reserves: list[Fact[ReservesStated]] = []
        self.annotations: dict[str, list[Fact[EntryAnnotated]]] = {}
        self.keys: dict[str, Fact[ActorKeyRegistered]] = {}
        """What was said last of each: that it was revoked, if it was."""
        self.checkpoints: list[Fact[LedgerCheckpointed]] = []
        self.erasures: list[Fact[DisclosuresErased]] = []
        self.erased: dict[str, dict[str, Fact[DisclosuresErased]]] = {}
        """What said that a text was erased, by the entry it went with and its field."""
        self.issued: list[Fact[EvidenceIssued]] = []
        self.clocks: list[Fact[ClockCorrected]] = []

    def policy(self, name: str, day: str) -> str:
        """Return the value of a policy on *day*: the one set last of those valid from that day or before."""
        return self._once("policy", name, day, self._policy)

    def calendar(self, name: str, day: str) -> Calendar:
        """Return calendar *name* as valid on *day*, else `default`, else the first that was ever recorded."""
        return self._once("calendar", name, day, self._calendar)

    def valid_on(self, day: str) -> list[Fact[PolicySet]]:
        """Return the settings valid from *day* or before, those valid later last, ties in the order of the log."""
        return self.settings[: bisect_right(self.starts, day)]

    def starting(self, day: str) -> list[str]:
        """Return the days from *day* on from which other settings are valid."""
        return [*dict.fromkeys(self.starts[bisect_left(self.starts, day) :])]

    def hold(self, fact: Fact[PolicySet]) -> None:
        """Put *fact* where it holds from."""
        at = bisect_right(self.starts, fact.event.valid_from)
        self.starts.insert(at, fact.event.valid_from)
        self.settings.insert(at, fact)
        self.first = {**{calendar["calendar"]: calendar for calendar in fact.event.calendars}, **self.first}
        self.named.clear()

    def _once(self, kind: str, name: str, day: str, find: Callable[[str, list[Fact[PolicySet]]], T]) -> T:
        valid = bisect_right(self.starts, day)
        found = self.named.get((kind, name, valid))
        if found is None:
            found = self.named[kind, name, valid] = find(name, self.settings[:valid])
        return cast("T", found)

    def _policy(self, name: str, valid: list[Fact[PolicySet]]) -> str:
        values = [p["value"] for fact in valid for p in fact.event.policies if p["policy"] == name]
        return values[-1] if values else DEFAULTS[name]

    def _calendar(self, name: str, valid: list[Fact[PolicySet]]) -> Calendar:
        known = {**self.first, **{c["calendar"]: c for fact in valid for c in fact.event.calendars}}
        return _parsed(orjson.dumps(known.get(name) or known.get("default") or ALWAYS, option=orjson.OPT_SORT_KEYS))


ALWAYS: CalendarData = {
    "calendar": "default",
    "zone": "UTC",
    "open": [{"weekday": d, "from_time": "00:00", "to_time": "24:00"} for d in ("mo", "tu", "we", "th", "fr", "sa", "su")],
    "exceptions": [],
}  # fmt: skip
"""A calendar for a ledger that has none: always open."""


@lru_cache(maxsize=64)
def _parsed(data: bytes) -> Calendar:
    """Parse a calendar once, whichever fold it comes from: what it has counted is worth keeping."""
    return Calendar.parse(orjson.loads(data))


def fold(facts: Iterable[Fact[Event]]) -> Practice:
    """Return the state that *facts*, in the order of the log, amount to once corrected."""
    return folded(Practice(), facts, add)


def add(state: Practice, fact: Fact[Event]) -> None:
    """Add a fact that stands."""
    state.file(fact)
    evolve(state, cast("Fact[PracticeEvent]", fact))


def evolve(state: Practice, fact: Fact[PracticeEvent]) -> None:
    """File *fact* in its drawer; never refuses."""
    match fact.event:
        case ActorAdded() as event:
            state.actors[event.actor] = fact.saying(event)
        case PolicySet() as event:
            state.hold(fact.saying(event))
        case EntryCorrected():
            pass  # applied before the fold
        case AvailabilityDeclared() as event:
            state.away.append(fact.saying(event))
        case CapacityStated() as event:
            state.capacities.append(fact.saying(event))
        case ReservesStated() as event:
            state.reserves.append(fact.saying(event))
        case EntryAnnotated() as event:
            state.annotations.setdefault(event.entry, []).append(fact.saying(event))
        case event:
            _file_keeping(state, fact, event)


def _file_keeping(state: Practice, fact: Fact[PracticeEvent], event: KeepingEvent) -> None:
    match event:
        case ActorKeyRegistered():
            state.keys[event.key_id] = fact.saying(event)
        case LedgerCheckpointed():
            state.checkpoints.append(fact.saying(event))
        case DisclosuresErased():
            state.erasures.append(fact.saying(event))
            for text in event.erased:
                state.erased.setdefault(text["entry"], {})[text["field"]] = fact.saying(event)
        case EvidenceIssued():
            state.issued.append(fact.saying(event))
        case ClockCorrected():
            state.clocks.append(fact.saying(event))
        case _:
            assert_never(event)


def decide(state: Practice, act: Act, elsewhere: Elsewhere) -> list[Event]:
    """Return what *act* adds: the event, or nothing where the fact stands; refuse what is structurally false."""
    if isinstance(act.event, EntryCorrected):
        _check_lasting(state, act.event)
        amended = check_correction(state, act.event, elsewhere)
        if amended and isinstance(amended.event, EntryAnnotated):
            check_annotated(state, amended.event)
        return [act.event]
    if isinstance(act.event, ActorKeyRegistered) and act.event.revoked:
        return _revoked(state, act.event)
    if already(state, act.event):
        return []
    check_number(state, act.event)
    if isinstance(act.event, EntryAnnotated):
        check_annotated(state, act.event)
    check_references(state, act.event, elsewhere)
    return [act.event]


def _check_lasting(state: Practice, correction: EntryCorrected) -> None:
    """Refuse to take back, or to say otherwise, what has left our hands: a key, a checkpoint, a text that is gone (ADR 13)."""
    target = next((fact for fact in state.history if fact.entry.id == correction.entry), None)
    otherwise = correction.kind != "amend" or any(change["path"].startswith("data.") for change in correction.changes)
    if target is not None and otherwise and isinstance(target.event, LASTING):
        raise Refused(
            f"#{target.entry.position} stays as it is: a {target.event.short_name} cannot be unsaid.",
            advice="A key that is to be trusted no more: engage key revoke KEY",
        )


def _revoked(state: Practice, event: ActorKeyRegistered) -> list[Event]:
    """Return the revocation of a key: the one second statement that it takes, otherwise word for word the first.

    A key of which nothing was said yet may be said to be revoked at once: its holder may have lost it.
    """
    known = state.keys.get(event.key_id)
    if known is None:
        return [event]
    if known.event.plain == event.plain:
        return []
    if {**known.event.plain, "revoked": True} != event.plain:
        raise Duplicate(f"Key {event.key_id} was registered with other content.", advice="engage key list")
    return [event]
