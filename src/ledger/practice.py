"""Our own side: who records, and which policies and calendars hold from which day."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, assert_never, cast

from ledger.aggregate import Aggregate, complete
from ledger.calendars import Calendar
from ledger.events import ActorAdded, EntryCorrected, PolicySet
from ledger.facts import Fact, in_effect
from ledger.rules import already, check_correction, check_number, check_references

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ledger.aggregate import Act, Elsewhere
    from ledger.events import Event
    from ledger.values import CalendarData

__all__ = ["DEFAULTS", "Practice", "add", "complete", "decide", "evolve", "fold"]

DEFAULTS: Mapping[str, str] = {
    "slip_notice_bh": "16",
    "parity_delta_bh": "4",
    "gift_limit": "200 GBP",
    "gift_near_days": "30",
    "floor": "80",
    "hard_floor": "60",
    "ewma_lambda": "0.4",
    "trend_p": "0.10",
    "self_max_age_days": "45",
    "silence_bd": "10",
    "first_feedback_bd": "5",
    "no_answer_bd": "10",
    "unraised_bd": "5",
    "concern_open_bd": "20",
    "due_next_bd": "5",
    "check_obligation_bd": "10",
    "action_bd": "5",
    "dependency_share": "0.40",
    "overcommitted": "1.00",
    "regular_minutes": "60",
}
"""What holds where no policy was set (domain 3.3.6)."""

PracticeEvent = ActorAdded | PolicySet | EntryCorrected


@dataclass(slots=True)
class Practice(Aggregate):
    """The drawers that the facts of our own side are filed in."""

    actors: dict[str, Fact[ActorAdded]] = field(default_factory=dict)
    settings: list[Fact[PolicySet]] = field(default_factory=list)

    def policy(self, name: str, day: str) -> str:
        """Return the value of a policy on *day*: the one set last of those valid from that day or before."""
        values = [p["value"] for fact in self.valid_on(day) for p in fact.event.policies if p["policy"] == name]
        return values[-1] if values else DEFAULTS[name]

    def calendar(self, name: str, day: str) -> Calendar:
        """Return calendar *name* as valid on *day*, else `default`, else the first that was ever recorded."""
        valid = {c["calendar"]: c for fact in self.valid_on(day) for c in fact.event.calendars}
        ever = {c["calendar"]: c for fact in reversed(self.settings) for c in fact.event.calendars}
        return _parsed({**ever, **valid}.get(name) or {**ever, **valid}.get("default") or ALWAYS)

    def valid_on(self, day: str) -> list[Fact[PolicySet]]:
        """Return the settings valid from *day* or before, those valid later last, ties in the order of the log."""
        return sorted((f for f in self.settings if f.event.valid_from <= day), key=lambda f: f.event.valid_from)


ALWAYS: CalendarData = {
    "calendar": "default",
    "zone": "UTC",
    "open": [{"weekday": d, "from_time": "00:00", "to_time": "24:00"} for d in ("mo", "tu", "we", "th", "fr", "sa", "su")],
    "exceptions": [],
}  # fmt: skip
"""A calendar for a ledger that has none: always open."""

_PARSED: dict[int, tuple[CalendarData, Calendar]] = {}


def _parsed(data: CalendarData) -> Calendar:
    """Parse a calendar once: its caches are worth keeping; the data is kept too, so that its identity stays its own."""
    if id(data) not in _PARSED:
        _PARSED[id(data)] = (data, Calendar.parse(data))
    return _PARSED[id(data)][1]


def fold(facts: Iterable[Fact[Event]]) -> Practice:
    """Return the state that *facts*, in the order of the log, amount to once corrected."""
    state, history = Practice(), list(facts)
    for fact in history:
        state.count(fact)
    for fact in in_effect(history):
        add(state, fact)
    return state


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
            state.settings.append(fact.saying(event))
        case EntryCorrected():
            pass  # applied before the fold
        case event:
            assert_never(event)


def decide(state: Practice, act: Act, elsewhere: Elsewhere) -> list[Event]:
    """Return what *act* adds: the event, or nothing where the fact stands; refuse what is structurally false."""
    if isinstance(act.event, EntryCorrected):
        check_correction(state, act.event, elsewhere)
        return [act.event]
    if already(state, act.event):
        return []
    check_number(state, act.event)
    check_references(state, act.event, elsewhere)
    return [act.event]
