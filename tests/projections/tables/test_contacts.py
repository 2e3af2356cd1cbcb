"""The people of an account, and what those who leave leave behind (P28, P49, P50, story ST9)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.readmodel.store import current
from ledger_projections.tables.contacts import TABLE

from ledger.drafts import Receipt
from tests.views import World, london

ACCOUNT = "account/acme"
NOTHING = {"left_requests": "[]", "left_obligations": "[]", "left_milestones": "[]"}
ORPHANS = {"left_requests": '["R1","R2","R3"]', "left_obligations": '["O4"]', "left_milestones": '["M5"]'}
WHOLE = {
    "engagement_alias": None, "account_alias": "acme", "contact": "c3", "side": "client", "level": "manager",
    "name": "Dana", "role": "client manager", "email": "dana@acme.example", "responsible_for": '["rollout"]',
    "accountable_for": None, "added_at": london("2025-11-03T09:00"), "presence": "leaving", "leaves_on": "2025-11-28",
    "left_at": london("2025-11-29T00:00"), "departure_known_at": london("2025-11-14T09:00"), "successor": "c1",
    "successor_name": "client sponsor", "last_contact_at": None, "preferred_channel": "call", "detail_level": "summary",
    "frequency": "weekly", "preference_source": "stated", **NOTHING,
}  # fmt: skip


def introduce(world: World, **data: Any) -> Receipt:
    added = {"side": "client", "level": "manager", "name": "Dana", "role": "client manager", **data}
    return world.record("contact-added", ACCOUNT, **added)


def leave(world: World, **data: Any) -> Receipt:
    departure = {"contact": "c3", "leaves_on": "2025-11-28", **data}
    return world.record("contact-departed", ACCOUNT, aware=london("2025-11-14T09:00"), **departure)


def meet(world: World, at: str, *people: str) -> Receipt:
    return world.record("contact-made", kind="meeting", direction="outbound", purpose="update", occurred=london(at),
                        participants=[*people], substance="where we are")  # fmt: skip


def ask(world: World, contact: str = "c3") -> Receipt:
    return world.record("request-received", from_contact=contact, kind="question", channel="call", text="when")


def st9(folder: Path) -> World:
    """Tell story ST9: c3, the client manager, alone may accept; c4 is the project manager."""
    world = World(folder).begin().at("2025-11-03T09:00")
    introduce(world)
    introduce(world, level="operational", name="Paul", role="project manager")
    world.grant("c3", "accept", granted_by="c1")
    world.grant("c1", "accept", granted=False, granted_by="c1")
    for _ in range(3):
        ask(world)
    world.record(
        "obligation-agreed", obligation_id="O4", kind="decision", due="2025-12-05", owner="c3", title="cutover"
    )
    world.record("milestone-agreed", milestone_id="M5", due="2025-12-10", title="go-live")
    return world


def of(world: World, contact: str, as_of: str | None = None, stream: str = "engagement/northwind") -> dict[str, Any]:
    """Return the row of one contact."""
    (row,) = (row for row in world.rows(TABLE, as_of, stream) if row["contact"] == contact)
    return row


def test_a_contact_reads_whole(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-11-03T09:00")
    introduce(world, email="dana@acme.example", responsible_for=["rollout"])
    for channel in ("email", "call"):
        world.record("preference-recorded", ACCOUNT, contact="c3", channel=channel, detail_level="summary",
                     source="stated", frequency="weekly")  # fmt: skip
    leave(world.at("2025-11-17T09:00"), successor="c1")

    row = of(world, "c3", stream=ACCOUNT)

    assert {name: row[name] for name in WHOLE} == WHOLE


def test_st9_three_requests_an_obligation_and_a_milestone_that_nobody_can_accept_are_left_behind(
    tmp_path: Path,
) -> None:
    world = st9(tmp_path)
    before = world.rows(TABLE)
    leave(world.at("2025-11-14T09:00"))

    row = of(world, "c3")

    assert before == []
    assert {name: row[name] for name in ORPHANS} == ORPHANS
    assert (row["presence"], row["departure_known_at"]) == ("leaving", london("2025-11-14T09:00"))


CURED: dict[str, tuple[Callable[[World], object], dict[str, str]]] = {
    "answered": (
        lambda w: w.record("request-answered", request_id="R2", channel="call"), {"left_requests": '["R1","R3"]'}),
    "a request of somebody else": (lambda w: ask(w, "c4"), {}),
    "a request of ours to her": (
        lambda w: w.record("request-sent", to=["c3", "c4"], kind="document", channel="email", text="the plan"),
        {"left_requests": '["R1","R2","R3","R4"]'}),
    "given": (lambda w: w.record("obligation-fulfilled", obligation_id="O4"), {"left_obligations": "[]"}),
    "let go": (
        lambda w: (w.record("commitment-released", released="obligation:O4"),
                   w.record("commitment-released", released="milestone:M5")),
        {"left_obligations": "[]", "left_milestones": "[]"}),
    "accepted before she goes": (
        lambda w: (w.record("milestone-delivered", milestone_id="M5"),
                   w.record("milestone-judged", milestone_id="M5", verdict="accepted", by="c3")), {"left_milestones": "[]"}),
    "accepted by somebody who may not": (
        lambda w: (w.record("milestone-delivered", milestone_id="M5"),
                   w.record("milestone-judged", milestone_id="M5", verdict="accepted", by="c4")), {}),
    "somebody else may accept from a later day on": (
        lambda w: w.grant("c4", "accept", granted_by="c3", valid_from="2025-12-03"), {"left_milestones": "[]"}),
    "somebody else may, who leaves too": (
        lambda w: (w.grant("c4", "accept", granted_by="c3", valid_from="2025-11-03"),
                   w.record("contact-departed", ACCOUNT, contact="c4", leaves_on="2025-11-21")), {}),
    "one of ours may accept: that is not the client": (
        lambda w: w.grant("c2", "accept", granted_by="c2"), {}),
}  # fmt: skip


@pytest.mark.parametrize(("act", "cured"), CURED.values(), ids=CURED)
def test_what_is_left_behind(tmp_path: Path, act: Callable[[World], object], cured: dict[str, str]) -> None:
    world = st9(tmp_path)
    leave(world.at("2025-11-14T09:00"))
    act(world)

    row = of(world, "c3")

    assert {name: row[name] for name in ORPHANS} == {**ORPHANS, **cured}


@pytest.mark.parametrize(
    ("as_of", "presence"),
    [("2025-11-14T08:59", "here"), ("2025-11-28T23:59", "leaving"), ("2025-11-29T00:00", "left")],
)
def test_somebody_leaves_at_midnight_after_the_last_day(tmp_path: Path, as_of: str, presence: str) -> None:
    world = st9(tmp_path)
    leave(world.at("2025-11-14T09:00"))

    assert of(world, "c3", as_of, ACCOUNT)["presence"] == presence


def test_an_engagement_has_those_of_the_client_whom_it_met(tmp_path: Path) -> None:
    world = st9(tmp_path)
    meet(world.at("2025-11-10T12:00"), "2025-11-07T10:00", "c2", "c4")
    meet(world, "2025-11-06T10:00", "c2", "c4", "c1")

    last = {row["contact"]: row["last_contact_at"] for row in world.rows(TABLE)}

    assert last == {"c1": london("2025-11-06T10:00"), "c4": london("2025-11-07T10:00")}
    assert [row["contact"] for row in world.rows(TABLE, stream=ACCOUNT)] == ["c1", "c2", "c3", "c4"]


def test_the_day_after_the_last_one_the_row_reads_left_without_a_new_entry(tmp_path: Path) -> None:
    leave(st9(tmp_path).at("2025-11-14T09:00"))

    found = []
    for as_of in ("2025-11-28T12:00", "2025-11-29T00:00"):
        with current(tmp_path / "ledger.db", tmp_path / "projections.db", london(as_of)) as tables:
            found += [row["presence"] for row in tables.rows("contacts", "contact = 'c3'")]

    assert found == ["leaving", "leaving", "left", "left"]


def test_a_departure_that_is_withdrawn_leaves_nothing_behind_and_the_row_says_so(tmp_path: Path) -> None:
    world = st9(tmp_path)
    entry = world.entry(leave(world.at("2025-11-14T09:00")))
    world.record("entry-corrected", ACCOUNT, entry=entry, kind="withdraw", reason="she stays")

    row = of(world, "c3")

    assert {name: row[name] for name in NOTHING} == NOTHING
    assert (row["presence"], row["leaves_on"], row["departure_known_at"]) == ("here", None, None)
