"""Every fact is filed where it can be found again, whatever order the facts come in."""

import random
from collections.abc import Iterable
from typing import Any

import pytest

from ledger import account, engagement, practice
from ledger.aggregate import Aggregate
from ledger.entry import Entry
from ledger.events import TYPES, EntryCorrected, Event
from ledger.facts import Fact
from tests.every_event import EVERY, proposal

OPENING = {"engagement": "engagement-opened", "account": "account-opened"}
NOT_FILED = {"account": {"cadence-agreed", "status-report-sent", "communication-acknowledged", "feedback-received"}}
"""Types that are read from the facts themselves."""
MODULES: dict[str, Any] = {"engagement": engagement, "account": account, "practice": practice}


def facts_of(kind: str) -> list[Fact[Event]]:
    """Return a fact of every type that a stream of this *kind* takes, corrections left out."""
    facts = []
    for number, name in enumerate(EVERY, 1):
        if kind in TYPES[name].streams and TYPES[name] is not EntryCorrected:
            entry = Entry(number, {**proposal(name, number).attributes, "recordedtime": "2025-06-06T08:20:00.000000Z"})
            facts.append(Fact(entry, TYPES[name](**EVERY[name]), None, None, "shared", privileged=False))
    return facts


def filed(state: Aggregate) -> set[str]:
    """Return the types of all facts that stand in the drawers that a kind of stream has of its own."""
    own = {name: value for name, value in vars(state).items() if name not in vars(Aggregate())}
    return {fact.event.short_name for fact in _facts_in(own.values())}


def _facts_in(values: Iterable[Any]) -> list[Fact[Event]]:
    found: list[Fact[Event]] = []
    for value in values:
        match value:
            case Fact():
                found.append(value)
            case dict():
                found += _facts_in(value.values())
            case list():
                found += _facts_in(value)
            case _ if hasattr(value, "__dict__"):
                found += _facts_in(vars(value).values())
            case _:
                pass
    return found


@pytest.mark.parametrize("kind", MODULES)
def test_every_type_is_filed_in_whatever_order(kind: str) -> None:
    facts = facts_of(kind)
    types = {fact.event.short_name for fact in facts} - NOT_FILED.get(kind, set())
    shuffled = random.Random(7).sample(facts, len(facts))

    for history in (facts, shuffled):
        assert filed(MODULES[kind].fold(history)) >= types - {"slip-averted"}
    assert filed(MODULES[kind].fold(facts)) >= types


def test_what_belongs_together_is_filed_together() -> None:
    state = engagement.fold(facts_of("engagement"))
    asked, concern = state.requests["R1"], state.concerns["C1"]

    assert asked.asked is not None
    assert asked.answered is not None
    assert (len(asked.held), asked.asked.event.short_name) == (1, "request-received")
    assert None not in (concern.felt, concern.raised, concern.resolved)
    assert None not in (state.actions["A1"].agreed, state.actions["A1"].completed)
    assert None not in (state.ideas["I1"].offered, state.ideas["I1"].decided)
    assert None not in (state.assumptions["H1"].recorded, state.assumptions["H1"].tested)
    assert state.contests["D1"].closed is not None
    assert [fact.event.short_name for fact in state.work.pauses] == ["engagement-paused", "engagement-resumed"]
    assert state.given["request"] == 2


def test_what_is_said_of_a_thing_is_filed_under_it() -> None:
    client, ours = account.fold(facts_of("account")), practice.fold(facts_of("practice"))
    work = engagement.fold(facts_of("engagement"))
    erasure = ours.erasures[0]

    assert [*client.preferences] == [client.preferences["c1"][0].event.contact]
    assert [*work.verified] == [work.verified["N1"][0].event.news_id]
    for state in (client, ours, work):
        assert {entry: said[0].event.entry for entry, said in state.annotations.items()} == {
            entry: entry for entry in state.annotations
        }
    assert ours.erased == {e["entry"]: {e["field"]: erasure} for e in erasure.event.erased}


ALONE = {
    "requests": ["request-received", "request-sent", "holding-reply-sent", "request-answered"],
    "concerns": ["concern-felt", "concern-raised", "concern-resolved"],
    "actions": ["action-agreed", "action-completed"],
    "ideas": ["idea-offered", "idea-decided"],
}


@pytest.mark.parametrize(("drawer", "name"), [(drawer, name) for drawer, names in ALONE.items() for name in names])
def test_any_word_of_a_thing_may_come_alone_and_what_nobody_said_is_nothing(drawer: str, name: str) -> None:
    fact = next(fact for fact in facts_of("engagement") if fact.event.short_name == name)

    (thing,) = getattr(engagement.fold([fact]), drawer).values()

    assert [said for said in vars(thing).values() if said is not None and said != []] in ([fact], [[fact]])
