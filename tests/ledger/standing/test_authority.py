"""Who may act on a day, as tables of grants; and that unauthorised acts do not count until they are ratified."""

from pathlib import Path
from typing import Any

import pytest

from ledger.standing import Known, may
from tests.views import World

GRANT: dict[str, Any] = {"granted_by": "c1"}
Grants = list[dict[str, Any]]

TABLES: dict[str, tuple[Grants, list[tuple[str, bool]]]] = {
    "nothing granted": ([], [("2025-06-01", False)]),
    "from a day on": ([{"valid_from": "2025-06-01"}], [("2025-05-31", False), ("2025-06-01", True), ("2026-01-01", True)]),
    "until a day, that day included": (
        [{"valid_from": "2025-06-01", "valid_until": "2025-06-30"}], [("2025-06-30", True), ("2025-07-01", False)]),
    "taken back from a day on": (
        [{"valid_from": "2025-06-01"}, {"valid_from": "2025-06-10", "granted": False}],
        [("2025-06-09", True), ("2025-06-10", False)]),
    "what was recorded last decides, not what is valid latest": (
        [{"valid_from": "2025-06-10", "granted": False}, {"valid_from": "2025-06-01"}], [("2025-06-20", True)]),
    "an end that has passed leaves what stood before": (
        [{"valid_from": "2025-06-01"}, {"valid_from": "2025-06-05", "valid_until": "2025-06-06", "granted": False}],
        [("2025-06-05", False), ("2025-06-07", True)]),
    "for this engagement": ([{"valid_from": "2025-06-01", "engagement": "northwind"}], [("2025-06-01", True)]),
    "for another engagement": ([{"valid_from": "2025-06-01", "engagement": "harbour"}], [("2025-06-01", False)]),
    "granted by somebody who may not": ([{"valid_from": "2025-06-01", "granted_by": "c3"}], [("2025-06-01", False)]),
    "granted by somebody of the other side": ([{"valid_from": "2025-06-01", "granted_by": "c2"}], [("2025-06-01", False)]),
    "taken back by somebody who may not": (
        [{"valid_from": "2025-06-01"}, {"valid_from": "2025-06-02", "granted": False, "granted_by": "c2"}],
        [("2025-06-03", True)]),
    "given up by the holder": (
        [{"valid_from": "2025-03-01"}, {"valid_from": "2025-06-02", "granted": False, "granted_by": "c3"}],
        [("2025-06-01", True), ("2025-06-03", False)]),
}  # fmt: skip


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A world with a project manager, c3, and a second engagement."""
    world = World(tmp_path).begin().at("2025-05-01T10:00")
    world.record("engagement-opened", "engagement/harbour", account="acme", alias="harbour")
    world.person("project manager", "client")
    return world


def known(world: World) -> Known:
    known = world.view().known
    assert known is not None
    return known


@pytest.mark.parametrize(("grants", "days"), TABLES.values(), ids=TABLES)
def test_who_may_on_a_day(world: World, grants: Grants, days: list[tuple[str, bool]]) -> None:
    for grant in grants:
        world.grant("c3", "accept", **{**GRANT, **grant})

    assert [(day, known(world).may("c3", "accept", day)) for day, _ in days] == days


def test_the_first_grant_of_a_scope_on_a_side_may_be_given_to_oneself_and_the_second_may_not(world: World) -> None:
    world.grant("c3", "instruct")
    second = world.person("clerk", "client", "instruct")
    ours = world.person("our planner", "provider", "instruct")

    changes = known(world).changes

    assert [may(changes, who, "instruct", "2025-06-01") for who in ("c3", second, ours)] == [True, False, True]


def test_the_first_grant_of_a_scope_by_somebody_else_who_lacks_it_does_not_count(world: World) -> None:
    theirs = world.person("clerk", "client")
    world.grant(theirs, "instruct", granted_by="c3")
    world.grant("c3", "spend", granted_by="c2")
    world.grant(theirs, "spend")

    held = [known(world).may(who, scope, "2025-06-01") for who, scope in ((theirs, "instruct"), ("c3", "spend"))]

    assert held == [False, False]
    assert known(world).may(theirs, "spend", "2025-06-01")


def test_an_authority_for_one_engagement_cannot_be_passed_on_for_all(world: World) -> None:
    clerk = world.person("clerk", "client")
    world.grant("c3", "accept", granted_by="c1", engagement="northwind")
    world.at("2025-05-02T10:00").grant(clerk, "accept", granted_by="c3")
    world.grant(clerk, "spend", granted_by="c3", engagement="northwind")

    assert not known(world).may(clerk, "accept", "2025-06-01")


def test_a_granter_must_hold_the_scope_when_granting(world: World) -> None:
    clerk = world.person("clerk", "client")
    world.grant("c3", "accept", granted_by="c1", valid_from="2025-06-01")
    world.grant(clerk, "accept", granted_by="c3", valid_from="2025-06-01")

    assert not known(world).may(clerk, "accept", "2025-06-02")


ACTS: dict[str, tuple[str, dict[str, Any]]] = {
    "agreement-signed": ("counts_signature", {"version": 1, "signed_for": "client", "signatory": "c3",
                                              "document_sha256": "1" * 64, "method": "email"}),
    "milestone-judged": ("counts_judgement", {"milestone_id": "M1", "verdict": "accepted", "by": "c3"}),
    "milestone-rescheduled": ("counts_reschedule", {"milestone_id": "M1", "from_due": "2025-06-20",
                                                    "to_due": "2025-06-27", "agreed_by": "c3"}),
}  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    ("cure", "counts"),
    [
        ({"granted_by": "c1"}, True),
        ({"granted_by": "c1", "granted": False}, False),
        ({"granted_by": "c2"}, False),
        (None, False),
    ],
)
def test_an_act_without_authority_counts_once_a_grant_ratifies_it(
    world: World, act: str, cure: dict[str, Any] | None, counts: bool
) -> None:
    question, data = ACTS[act]
    world.draft(1)
    world.record("milestone-agreed", milestone_id="M1", due="2025-06-20", title="pilot")
    entry = world.entry(world.record(act, **data))
    if cure is not None:
        world.grant("c3", "sign", valid_from="2025-07-01", ratifies=[entry], **cure)

    state = known(world)
    fact = next(fact for fact in state.engagement.facts.values() if fact.entry.id == entry)

    assert getattr(state, question)(fact) is counts


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    ("grants", "counts"),
    {
        "given before": ([({"valid_from": "2025-05-01"}, "before")], True),
        "given later the same day": ([({"valid_from": "2025-05-01"}, "after")], False),
        "given later, and dated back": ([({"valid_from": "2025-04-01"}, "after")], False),
        "taken away later, and dated back": (
            [({"valid_from": "2025-05-01"}, "before"), ({"valid_from": "2025-05-01", "granted": False}, "after")],
            True,
        ),
    }.values(),
)
def test_what_is_said_of_an_authority_after_an_act_changes_nothing_unless_it_ratifies(
    world: World, act: str, grants: list[tuple[dict[str, Any], str]], counts: bool
) -> None:
    question, data = ACTS[act]
    world.draft(1)
    world.record("milestone-agreed", milestone_id="M1", due="2025-06-20", title="pilot")
    for grant, _ in (each for each in grants if each[1] == "before"):
        for scope in ("sign", "accept"):
            world.grant("c3", scope, **GRANT, **grant)
    entry = world.entry(world.record(act, **data))
    for grant, _ in (each for each in grants if each[1] == "after"):
        for scope in ("sign", "accept"):
            world.grant("c3", scope, **GRANT, **grant)

    state = known(world)
    fact = next(fact for fact in state.engagement.facts.values() if fact.entry.id == entry)

    assert getattr(state, question)(fact) is counts


@pytest.mark.parametrize(
    ("data", "counts"),
    [
        ({}, False),
        ({"agreed_by": "c1"}, True),
        ({"agreed_by": "c2"}, False),
        ({"party": "client"}, True),
        ({"agreement_version": 1}, False),
        ({"agreement_version": 2}, True),
    ],
)
def test_a_new_date_counts_when_the_client_says_so_signs_it_or_has_somebody_agree(
    world: World, data: dict[str, Any], counts: bool
) -> None:
    world.draft(1)
    world.draft(2)
    world.record("milestone-agreed", milestone_id="M1", due="2025-06-20", title="pilot")
    world.record("milestone-rescheduled", milestone_id="M1", from_due="2025-06-20", to_due="2025-06-27", **data)

    state = known(world)

    assert state.counts_reschedule(state.engagement.milestones["M1"].moves[0]) is counts


@pytest.mark.parametrize(("granted_by", "counts"), [("c1", True), ("c2", False)])
def test_a_grant_without_authority_counts_once_another_ratifies_it(world: World, granted_by: str, counts: bool) -> None:
    lacking = world.entry(world.grant("c3", "sign", granted_by="c3"))
    world.draft(1)
    signature = world.entry(world.sign(1, "client", "c3"))
    world.grant("c3", "accept", granted_by=granted_by, ratifies=[lacking])

    state = known(world)
    fact = next(fact for fact in state.engagement.signatures if fact.entry.id == signature)

    assert state.counts_signature(fact) is counts
