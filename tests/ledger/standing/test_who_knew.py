"""Who knew of a thing, by whose word, by when, and who was left out (P15, P17, P31)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger.calendars import parse_instant
from ledger.drafts import Draft, Receipt
from ledger.errors import Refused
from ledger.standing.knowledge import Knowledge
from ledger.standing.matters import each_of, knowledge_of
from tests.views import World, london, northwind

OFFICE = "c3"


def known(world: World, ref: str = "slip:S1") -> Knowledge:
    return knowledge_of(world.view().standing, ref)


def slipping(folder: Path, **aware: str) -> World:
    """Return a world in which a slip was foreseen on 2 June, and nobody was told."""
    world = World(folder).begin().at("2025-06-02T12:00")
    world.record("milestone-agreed", milestone_id="M1", due="2025-06-20", title="pilot")
    world.record("slip-foreseen", milestone_id="M1", forecast="2025-07-01", **{"aware": "2025-06-02", **aware})
    return world


def tell(world: World, *to: str, at: str = "2025-06-04T10:00", **data: Any) -> Receipt:
    said = {"slip_id": "S1", "milestone_id": "M1", "forecast": "2025-07-01", "to": [*to], **data}
    return world.at(at).record("slip-reported", **said)


def firsts(knowledge: Knowledge) -> dict[str, str]:
    """Return the earliest of each side's awareness, telling and acknowledgement."""
    pairs = [(clock, side) for clock in ("aware", "told", "acknowledged") for side in ("provider", "client")]
    found = {f"{clock} {side}": knowledge.of(clock, side=side) for clock, side in pairs}  # type: ignore[arg-type]
    return {name: said[0].moment for name, said in found.items() if said}


def test_of_st1_as_we_now_know_it_we_knew_eight_days_before_they_were_told(tmp_path: Path) -> None:
    assert firsts(known(northwind(tmp_path))) == {
        "aware provider": london("2025-06-03T14:20"),
        "aware client": london("2025-06-12T16:40"),
        "told client": london("2025-06-11T10:05"),
        "acknowledged client": london("2025-06-12T16:40"),
    }


@pytest.mark.parametrize(
    ("until", "moment"), [("2025-06-30T00:00", "2025-06-06T09:00"), ("2025-12-31T00:00", "2025-06-03T14:20")]
)
def test_a_corrected_moment_keeps_the_first_one_beside_it(tmp_path: Path, until: str, moment: str) -> None:
    said = known(northwind(tmp_path, until)).of("aware", side="provider")[0]

    assert (said.moment, said.first) == (london(moment), london("2025-06-06T09:00"))


BY: dict[str, tuple[dict[str, str], str, str]] = {
    "before that day": ({}, "2025-06-01T23:59", "no"),
    "within that day": ({}, "2025-06-02T10:00", "cannot be told"),
    "after that day": ({}, "2025-06-03T00:00", "yes"),
    "a moment before": ({"aware": london("2025-06-02T09:00")}, "2025-06-02T08:59", "no"),
    "that very moment": ({"aware": london("2025-06-02T09:00")}, "2025-06-02T09:00", "yes"),
}


@pytest.mark.parametrize(("aware", "when", "answer"), BY.values(), ids=BY)
def test_whether_it_was_known_by(tmp_path: Path, aware: dict[str, str], when: str, answer: str) -> None:
    knowledge = known(slipping(tmp_path, **aware))

    (said,) = knowledge.of("aware")

    assert knowledge.span(said).by(parse_instant(london(when))) == answer


def test_being_told_is_not_knowing(tmp_path: Path) -> None:
    world = slipping(tmp_path)
    tell(world, "c1")

    assert known(world).of("aware", side="client") == []


def test_the_word_of_the_client_stands_apart_from_ours(tmp_path: Path) -> None:
    world = slipping(tmp_path)
    tell(world, "c1")
    world.record("contact-made", kind="call", direction="inbound", purpose="update", about=["slip:S1"], party="client",
                 participants=["c1", "c2"], substance="we have heard of it", occurred="2025-06-03")  # fmt: skip

    knowledge = known(world)
    said = {party: [(s.clock, s.side) for s in knowledge.statements if s.party == party] for party in knowledge.parties}

    assert said == {
        "provider": [("aware", "provider"), ("aware", "provider"), ("told", "client")],
        "client": [("aware", "client"), ("told", "provider")],
    }


UNTOLD: dict[str, tuple[Callable[[World], object], list[str]]] = {
    "nobody was told": (lambda w: None, ["c1", OFFICE]),
    "one of two was told": (lambda w: tell(w, "c1"), [OFFICE]),
    "the other was told later": (lambda w: (tell(w, "c1"), tell(w, OFFICE, at="2025-06-05T10:00")), []),
    "nobody is named as told": (tell, []),
    "told only to somebody who may not receive notice": (lambda w: tell(w, w.person("clerk", "client")), ["c1", OFFICE]),
    "who lost the right before": (
        lambda w: (w.grant(OFFICE, "receive_notice", granted=False, granted_by="c1", valid_from="2025-06-04"), tell(w, "c1")),
        []),
    "who may from the day after": (
        lambda w: (w.person("clerk", "client"), w.grant("c4", "receive_notice", granted_by="c1", valid_from="2025-06-05"),
                   tell(w, "c1", OFFICE)), []),
}  # fmt: skip


@pytest.mark.parametrize(("act", "expected"), UNTOLD.values(), ids=UNTOLD)
def test_who_may_receive_notice_and_was_told_nothing(
    tmp_path: Path, act: Callable[[World], object], expected: list[str]
) -> None:
    world = slipping(tmp_path)
    world.grant("c1", "receive_notice")
    assert world.person("office", "client", "receive_notice", granted_by="c1") == OFFICE
    act(world)

    assert known(world).untold(world.view().as_of) == expected


def test_a_milestone_is_known_by_each_of_its_slips(tmp_path: Path) -> None:
    world = slipping(tmp_path)
    tell(world, "c1")
    world.record("slip-averted", slip_id="S1")
    world.record("slip-foreseen", milestone_id="M1", forecast="2025-08-01", aware="2025-06-04")

    assert each_of(world.view().standing, "milestone:M1") == ["slip:S1", "slip:S2"]


def test_a_version_is_known_by_its_own_entries_and_not_by_those_that_amend_it(tmp_path: Path) -> None:
    world = northwind(tmp_path)

    positions = {s.fact.entry.position for s in known(world, "version:1").statements}
    later = {s.fact.entry.position for s in known(world, "version:2").statements}

    assert (len(positions), len(later), positions & later) == (3, 3, set())


def test_an_entry_is_known_by_what_it_says_and_what_answered_it(tmp_path: Path) -> None:
    world = northwind(tmp_path)
    told = next(fact.entry for fact in world.facts() if fact.event.short_name == "slip-reported")

    said = known(world, f"entry:{told.id}").statements

    assert [(s.clock, s.side) for s in said] == [
        ("aware", "provider"), ("told", "client"), ("aware", "client"), ("acknowledged", "client")]  # fmt: skip


def test_what_was_withdrawn_says_nothing_and_is_named(tmp_path: Path) -> None:
    world = slipping(tmp_path)
    tell(world, "c1")
    told = next(fact.entry for fact in world.facts() if fact.event.short_name == "slip-reported")
    world.record("entry-corrected", entry=told.id, kind="withdraw", reason="sent to somebody else")

    knowledge = known(world)

    assert (knowledge.of("told"), [fact.entry.id for fact in knowledge.withdrawn]) == ([], [told.id])


def test_what_is_about_it_and_is_another_thing_is_named_and_counts_for_nothing(tmp_path: Path) -> None:
    world = slipping(tmp_path)
    learned = world.record("news-learned", polarity="bad", summary="gone", aware="2025-05-01", about=["slip:S1"])

    knowledge = known(world)

    assert ([f.entry.position for f in knowledge.beside], knowledge.of("aware")[0].moment) == (
        [learned.position], "2025-06-02")  # fmt: skip


def test_what_somebody_states_for_another_is_of_that_person(tmp_path: Path) -> None:
    world = slipping(tmp_path)
    told = {"slip_id": "S1", "milestone_id": "M1", "forecast": "2025-07-01", "to": ["c1"]}
    world.ledger.record(Draft("slip-reported", "engagement/northwind", told, aware="2025-05-30", onbehalfof="c2"))

    assert known(world).of("aware", person="c2")[0].moment == "2025-05-30"


MISSES: dict[str, tuple[str, str]] = {
    "a slip that is none": ("slip:S2", 'No slip "S2".'),
    "a milestone that has not slipped": ("milestone:M2", "M2 has no slip, so that there is nothing of it to be told."),
    "a milestone that is none": ("milestone:M9", 'No milestone "M9".'),
    "an entry of elsewhere": ("entry:01974a1e-0000-7000-8000-000000000000", "No entry of this engagement"),
    "a version that was not drafted": ("version:3", 'No version "3".'),
}


@pytest.mark.parametrize(("ref", "message"), MISSES.values(), ids=MISSES)
def test_nothing_is_said_of(tmp_path: Path, ref: str, message: str) -> None:
    world = slipping(tmp_path)
    world.record("milestone-agreed", milestone_id="M2", due="2025-06-27", title="rollout")

    with pytest.raises(Refused) as refused:
        [knowledge_of(world.view().standing, each) for each in each_of(world.view().standing, ref)]

    assert str(refused.value).startswith(message)


def test_a_thing_that_was_withdrawn_says_by_which_entry(tmp_path: Path) -> None:
    world = slipping(tmp_path)
    foreseen = next(fact.entry for fact in world.facts() if fact.event.short_name == "slip-foreseen")
    by = world.record("entry-corrected", entry=foreseen.id, kind="withdraw", reason="another project")

    with pytest.raises(Refused, match=f"#{foreseen.position}, which says it, was withdrawn by #{by.position}"):
        known(world)
