"""Given / when / then: what was recorded, what somebody wants to record, and what that must lead to.

    given(OPENED, AGREED).when(AGREED).then_nothing()
    given(OPENED).when(SLIP, aware="2025-06-06").then_refused(Unknown, 'No milestone "M2"')

A history is events in their order; `at(event, occurred=…, aware=…)` says when one was so. Contacts, actors and other
streams are there if they are said to be: `given(OPENED, others=[("contact", "c1")])`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledger.aggregate import Act, Aggregate
from ledger.batch import module_of
from ledger.entry import Entry
from ledger.errors import Refused
from ledger.events import AgreementDrafted
from ledger.facts import Fact
from ledger.references import brings
from ledger.testing.fakes import ORIGIN, entry_id
from ledger.values import Stream

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from ledger.canonical import JSON
    from ledger.events import Event

ENGAGEMENT = Stream("engagement/k7h2")
ACCOUNT = Stream("account/m3x9")
PRACTICE = Stream("practice")
RECORDED = "2025-06-06T08:20:00.000000Z"
"""When every entry of a history was written down."""


def at(event: Event, *, occurred: str | None = None, aware: str | None = None) -> Act:
    """Say when *event* was so, and when it came to be known."""
    return Act(event, occurred, aware)


def given(*history: Event | Act, stream: Stream = ENGAGEMENT, others: Collection[tuple[str, str]] = ()) -> Scenario:
    """Start from a *history* of *stream*, in a ledger that holds the *others* too, each a kind and an id."""
    return Scenario(stream, [_act(each) for each in history], frozenset(others))


@dataclass(frozen=True, slots=True)
class Scenario:
    """A history, whose n-th entry has the id `entry_id(n)`."""

    stream: Stream
    history: Sequence[Act]
    others: frozenset[tuple[str, str]] = frozenset()
    batch: Sequence[Event] = ()

    def along_with(self, *batch: Event) -> Scenario:
        """Let what is decided stand in one *batch* with these, which come after it."""
        return Scenario(self.stream, self.history, self.others, batch)

    @property
    def state(self) -> Aggregate:
        """What the history amounts to."""
        state: Aggregate = module_of(self.stream).fold(self.facts)
        return state

    @property
    def facts(self) -> list[Fact[Event]]:
        """The history as facts."""
        return [_fact(self.stream, number, act) for number, act in enumerate(self.history, 1)]

    def when(self, event: Event, *, occurred: str | None = None, aware: str | None = None) -> Outcome:
        """Decide on *event*."""
        return Outcome(self, Act(event, occurred, aware))

    def holds(self, kind: str, name: str) -> bool:
        """Return whether the rest of the ledger holds a thing."""
        entries = {entry_id(number) for number in range(1, len(self.history) + 1)}
        coming = any((kind, name) in brings(event) for event in self.batch)
        return (kind, name) in self.others or (kind == "entry" and name in entries) or coming

    def named(self, kind: str) -> list[str]:
        """Return the ids of the things of *kind* that the rest of the ledger holds."""
        return [name for held, name in sorted(self.others) if held == kind]

    def coming(self, version: int) -> AgreementDrafted | None:
        """Return the draft of the agreement that the batch records under the number *version*."""
        drafts = (event for event in self.batch if isinstance(event, AgreementDrafted))
        return next((draft for draft in drafts if draft.version == version), None)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision leads to."""

    scenario: Scenario
    act: Act

    def then(self, *events: Event) -> None:
        """Demand that exactly *events* are recorded."""
        decided = self.decide()
        if decided != [*events]:
            raise AssertionError(f"decided {decided}, not {[*events]}")

    def then_recorded(self) -> None:
        """Demand that the event is recorded as it was said."""
        self.then(self.act.event)

    def then_nothing(self) -> None:
        """Demand that nothing is recorded: the fact stands already."""
        self.then()

    def then_refused(self, error: type[Refused], saying: str = "") -> None:
        """Demand a refusal of exactly this kind, whose message holds *saying*."""
        try:
            decided = self.decide()
        except Refused as refused:
            if type(refused) is not error or saying not in refused.message:
                raise AssertionError(f"refused with {refused!r}, not {error.__name__} {saying!r}") from refused
        else:
            raise AssertionError(f"decided {decided}, not refused")

    def decide(self) -> list[Event]:
        """Return what is decided."""
        decide: Callable[..., list[Event]] = module_of(self.scenario.stream).decide
        return decide(self.scenario.state, self.act, self.scenario)


def _act(each: Event | Act) -> Act:
    return each if isinstance(each, Act) else Act(each)


def _fact(stream: Stream, number: int, act: Act) -> Fact[Event]:
    clocks: dict[str, JSON] = {"occurred": act.occurred or "", "aware": act.aware or ""}
    attributes: dict[str, JSON] = {
        "specversion": "1.0",
        "id": entry_id(number),
        "source": ORIGIN,
        "type": act.event.stored_name,
        "subject": stream,
        "actor": "a1",
        "party": "provider",
        "visibility": "shared",
        "provenance": "api",
        "data": act.event.plain,
        "recordedtime": RECORDED,
        "streamversion": number,
        **{name: moment for name, moment in clocks.items() if moment},
    }
    return Fact(Entry(number, attributes), act.event, act.occurred, act.aware, "shared", privileged=False)
