"""How much of a relationship hangs on one person: M18, reckoned by hand (P50, story ST9)."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_projections.metrics.single_contact import METRIC, Reach, risk

from ledger.drafts import Receipt
from tests.measuring import figures_of, values_of
from tests.views import World, london

ACCOUNT = "account/acme"


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Return a world on 14 November in which c1 (senior), c3 (executive) and c4 (operational) are of the client."""
    world = World(tmp_path).begin()
    for role, level in (("chief financial officer", "executive"), ("project manager", "operational")):
        world.record("contact-added", ACCOUNT, side="client", level=level, name=role.title(), role=role)
    return world.at("2025-11-14T11:00")


def spoke(
    world: World, *who: str, day: str = "2025-11-10", subject: str = "engagement/northwind", **data: Any
) -> Receipt:
    """Record a contact with some people of both sides."""
    said = {"kind": "call", "direction": "outbound", "purpose": "update", "substance": "went through the plan", **data}
    return world.record("contact-made", subject, occurred=day, participants=list(who), **said)


def test_twenty_seven_of_thirty_contacts_with_one_person_come_to_hardly_more_than_one(world: World) -> None:
    for who in ["c1"] * 27 + ["c3"] * 2 + ["c4"]:
        spoke(world, who)

    found = figures_of(METRIC, world.view())

    assert {name: figure.value for name, figure in found.items()} == {
        "effective": Decimal(900) / Decimal(734),
        "levels": 3,
        "holders_sign": 1,
        "holders_accept": 1,
        "n": 30,
    }
    assert round(Decimal(900) / Decimal(734), 3) == Decimal("1.226")
    assert {name: figure.words for name, figure in found.items()} == {
        "effective": "hangs on one",
        "levels": "",
        "holders_sign": "only client sponsor",
        "holders_accept": "only client sponsor",
        "n": "",
    }
    assert [found[name].n for name in ("effective", "levels", "holders_sign")] == [30, 30, 1]
    assert len(found["effective"].facts) == 33


CASES: dict[str, tuple[Callable[[World], object], tuple[object, int, int]]] = {
    "nobody was spoken with": (lambda w: None, (None, 0, 0)),
    "one contact with two people is two": (lambda w: spoke(w, "c1", "c3"), (2, 2, 2)),
    "somebody named twice took part once": (lambda w: spoke(w, "c1", "c1"), (1, 1, 1)),
    "our own people do not count": (lambda w: spoke(w, "c1", "c2"), (1, 1, 1)),
    "a greeting does not count": (lambda w: spoke(w, "c1", substantive=False), (None, 0, 0)),
    "ninety days with today": (lambda w: spoke(w, "c1", day="2025-08-17"), (1, 1, 1)),
    "a day more": (lambda w: spoke(w, "c1", day="2025-08-16"), (None, 0, 0)),
    "today": (lambda w: spoke(w, "c1", day="2025-11-14"), (1, 1, 1)),
    "what was never": (lambda w: withdraw(w, spoke(w, "c1")), (None, 0, 0)),
    "two to one": (lambda w: [spoke(w, who) for who in ("c1", "c1", "c3")], (Decimal(9) / 5, 2, 3)),
}


def withdraw(world: World, receipt: Receipt) -> Receipt:
    """Take back what was recorded."""
    return world.record("entry-corrected", entry=world.entry(receipt), kind="withdraw", reason="never was")


@pytest.mark.parametrize(("tell", "expected"), CASES.values(), ids=CASES)
def test_contacts_count_by_who_of_the_client_took_part(
    world: World, tell: Callable[[World], object], expected: tuple[object, int, int]
) -> None:
    tell(world)

    found = values_of(METRIC, world.view())

    assert (found["effective"], found["levels"], found["n"]) == expected


GRANTS: dict[str, tuple[Callable[[World], object], tuple[int, int]]] = {
    "the sponsor may do both": (lambda w: None, (1, 1)),
    "another may accept too": (lambda w: w.grant("c3", "accept", granted_by="c1"), (1, 2)),
    "from tomorrow on": (lambda w: w.grant("c3", "accept", granted_by="c1", valid_from="2025-11-15"), (1, 1)),
    "by whoever may not grant": (lambda w: w.grant("c3", "accept", granted_by="c4"), (1, 1)),
    "one of ours": (lambda w: w.person("associate", "provider", "sign", granted_by="c2"), (1, 1)),
    "taken away": (lambda w: w.grant("c1", "sign", granted=False), (0, 1)),
    "who has left": (lambda w: leave(w, "c1", "2025-11-13"), (0, 0)),
    "who is here for the last day": (lambda w: leave(w, "c1", "2025-11-14"), (1, 1)),
    "who leaves tomorrow": (lambda w: leave(w, "c1", "2025-11-15"), (1, 1)),
}


def leave(world: World, contact: str, day: str) -> Receipt:
    """Say that somebody leaves."""
    return world.record("contact-departed", ACCOUNT, contact=contact, leaves_on=day)


@pytest.mark.parametrize(("tell", "expected"), GRANTS.values(), ids=GRANTS)
def test_holders_are_those_of_the_client_who_may_today(
    world: World, tell: Callable[[World], object], expected: tuple[int, int]
) -> None:
    tell(world)

    found = values_of(METRIC, world.view())

    assert (found["holders_sign"], found["holders_accept"]) == expected


def test_an_account_counts_its_own_talk_and_that_of_its_engagements(world: World) -> None:
    spoke(world, "c1")
    spoke(world, "c3", subject=ACCOUNT)

    assert values_of(METRIC, world.view())["n"] == 1
    assert values_of(METRIC, world.view(stream=ACCOUNT))["n"] == 2


def test_the_risk_is_said_without_a_number_that_grows(world: World) -> None:
    spoke(world, "c1")

    found = risk(world.view())

    assert found.why == [
        "hardly more than one of them is spoken with",
        "all who are spoken with are of one level",
        "only client sponsor may sign",
        "only client sponsor may accept",
    ]
    assert {fact.event.short_name for fact in found.facts} == {"contact-made", "contact-added", "authority-changed"}


def test_where_two_of_two_levels_are_spoken_with_and_two_may_act_there_is_no_risk(world: World) -> None:
    spoke(world, "c1", "c3")
    for scope in ("sign", "accept"):
        world.grant("c3", scope, granted_by="c1")

    assert risk(world.view()).why == []


def test_silence_alone_is_no_risk_of_this_kind(world: World) -> None:
    for scope in ("sign", "accept"):
        world.grant("c3", scope, granted_by="c1")

    assert risk(world.view()).why == []
    assert figures_of(METRIC, world.view())["effective"].words == "none yet"


def test_of_an_account_that_was_not_so_yet_nobody_was_spoken_with(world: World) -> None:
    found = values_of(METRIC, world.view().but(account=None))

    assert found == {"effective": None, "levels": 0, "holders_sign": 0, "holders_accept": 0, "n": 0}


@given(st.lists(st.integers(1, 500), max_size=12))
def test_effective_contacts_lie_between_one_and_all(counts: Sequence[int]) -> None:
    found = Reach({f"c{number}": count for number, count in enumerate(counts)}, frozenset(), {}, [], {})

    if found.effective is None:
        assert found.n == 0
        return
    assert 1 <= found.effective <= len(counts)
    assert (found.effective == len(counts)) == (len(set(counts)) == 1)


def test_a_contact_at_night_counts_on_its_day_in_the_zone_of_the_calendar(world: World) -> None:
    world.record("contact-made", occurred=london("2025-08-16T23:59"), kind="call", direction="outbound", purpose="update",
                 participants=["c1"], substance="went through the plan")  # fmt: skip

    assert values_of(METRIC, world.view())["n"] == 0
