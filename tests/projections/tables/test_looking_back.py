"""What is withdrawn leaves a tombstone, what is erased a null, what is private says so: in all tables that look back."""

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.readmodel.store import current
from ledger_projections.tables import TABLES
from ledger_projections.view import View

from ledger import account, engagement
from ledger.names import read_stream
from ledger.stores.reading import SqliteReader
from ledger.values import Stream
from tests.reflecting import SCALE, reflect
from tests.views import World, london

ENGAGEMENT, ACCOUNT = "engagement/northwind", "account/acme"
TRUST = [{"dimension": "trust", "score": "5"}]
GIFT: Mapping[str, Any] = {"direction": "to_us", "counterpart": "c1", "our_person": "a1", "estimated": True, "kind": "gift",
        "decision": "accepted", "what": "tea", "value": {"currency": "GBP", "minor": 1}}  # fmt: skip
PLAN: Mapping[str, Any] = {"version": 1, "drafted_by": "a1", "approved_by": "a1", "objectives": []}
CASES: Mapping[str, tuple[str, str, Mapping[str, Any]]] = {
    "reviews": (ENGAGEMENT, "review-held", {"attendees": ["c1"], "scale": SCALE, "decision": "end"}),
    "gaps": (ENGAGEMENT, "feedback-received", {"wave": "w1", "from_contact": "c1", "scale": SCALE, "scores": TRUST,
                                               "solicited": True}),
    "concerns": (ENGAGEMENT, "concern-felt", {"topic": "price", "text": "t"}),
    "gifts": (ACCOUNT, "gift-recorded", GIFT),
    "account_plans": (ACCOUNT, "account-plan-approved", {**PLAN, "valid_until": "2025-06-30"}),
    "results": (ENGAGEMENT, "agreement-drafted", {
        "version": 1, "drafted_by": "provider", "document_sha256": "1" * 64, "currency": "GBP", "calendar": "default",
        "parts": [], "notices": [], "results": [{"result_id": "R1"}]}),
    "assumptions": (ENGAGEMENT, "assumption-recorded", {"statement": "t"}),
    "lessons": (ACCOUNT, "lesson-recorded", {"source": "contact:c1", "lesson": "t"}),
    "ideas": (ACCOUNT, "idea-offered", {"to": ["c1"], "text": "t"}),
    "actions": (ENGAGEMENT, "action-agreed", {"trigger": "contact:c1", "owner": "c1", "due": "2025-06-20", "what": "t"}),
    "disputes": (ENGAGEMENT, "dispute-raised", {"raised_by": "client", "items": [{"item_id": "i", "about": []}]}),
}  # fmt: skip
"""What makes one row of each table: where it is recorded, its type and its data."""
ERASABLE: Mapping[str, Sequence[str]] = {
    "reviews": ("benefits_provider", "benefits_client"),
    "gaps": (),
    "concerns": ("felt_text", "text", "client_view", "how"),
    "gifts": ("what", "occasion"),
    "account_plans": ("statements", "document_sha256"),
    "results": ("statement", "measure", "bonuses", "bonus_threshold", "bonus_minor", "bonus_currency"),
    "assumptions": ("statement", "basis", "how"),
    "lessons": ("text",),
    "ideas": ("text",),
    "actions": ("what", "outcome"),
    "disputes": ("claim", "provider_position", "client_position", "terms"),
}
"""The columns that are texts of their own; names of people and aliases stand beside them."""


@pytest.mark.parametrize("name", CASES)
def test_a_row_whose_fact_is_withdrawn_is_a_tombstone(tmp_path: Path, name: str) -> None:
    world = World(tmp_path).begin().at("2025-06-02T09:00")
    stream, event_type, data = CASES[name]
    made = world.record(event_type, stream, **data)
    stood = [_rows(world, tmp_path, name)]
    world.record("entry-corrected", stream, entry=world.entry(made), kind="withdraw", reason="never was")
    stood.append(_rows(world, tmp_path, name))

    with sqlite3.connect(tmp_path / "projections.db") as db:
        kept = db.execute(f"SELECT tombstone, last_position FROM {name}").fetchall()
    db.close()

    assert ([len(rows) for rows in stood], kept) == ([1, 0], [(1, world.journal.head())])


@pytest.mark.parametrize("name", CASES)
def test_a_row_that_shows_anything_private_says_so(tmp_path: Path, name: str) -> None:
    world = World(tmp_path).begin().at("2025-06-02T09:00")
    stream, event_type, data = CASES[name]
    made = world.record(event_type, stream, **data)

    seen = []
    for visibility in ("shared", "private"):
        world.record("entry-corrected", stream, entry=world.entry(made), kind="amend", reason="who may see it",
                     changes=[{"path": "visibility", "after": f'"{visibility}"'}])  # fmt: skip
        seen += [row["visibility"] for row in world.rows(TABLES[name], stream=stream)]

    assert seen == ["shared", "private"]


BESIDE: Mapping[str, tuple[str, str, Mapping[str, Any]]] = {
    "account_plans": (ACCOUNT, "account-plan-approved", {**PLAN, "version": 2, "valid_until": "2025-12-31"}),
    "assumptions": (ENGAGEMENT, "milestone-agreed", {"milestone_id": "M9", "title": "t", "due": "2025-06-27",
                                                     "depends_on": [], "assumptions": ["H1"]}),
}  # fmt: skip
"""Another entry that shows in the row: that a plan is the newest no more, and which milestone cites an assumption."""


@pytest.mark.parametrize("name", BESIDE)
def test_a_row_in_which_another_private_entry_shows_is_private(tmp_path: Path, name: str) -> None:
    world = World(tmp_path).begin().at("2025-06-02T09:00")
    stream, event_type, data = CASES[name]
    made = world.record(event_type, stream, **data), world.record(BESIDE[name][1], stream, **BESIDE[name][2])
    first, other = map(world.entry, made)

    seen = []
    for entry, said in ((first, "shared"), (other, "shared"), (other, "private")):
        world.record("entry-corrected", stream, entry=entry, kind="amend", reason="who may see it",
                     changes=[{"path": "visibility", "after": f'"{said}"'}])  # fmt: skip
        seen.append(world.rows(TABLES[name], stream=stream)[0]["visibility"])

    assert seen[1:] == ["shared", "private"]


@pytest.mark.parametrize("name", CASES)
def test_what_is_erased_is_null_and_all_else_stays(tmp_path: Path, name: str) -> None:
    whole = _looked_back(tmp_path).view(stream=CASES[name][0])

    before, after = [
        [dict(row.values) for row in TABLES[name].rows(view)] for view in (whole, _erased(whole, tmp_path))
    ]

    assert before
    assert [[row[column] for column in ERASABLE[name]] for row in after] == [[None] * len(ERASABLE[name])] * len(before)
    assert [_without_texts(name, row) for row in after] == [_without_texts(name, row) for row in before]


def _looked_back(folder: Path) -> World:
    world = World(folder).begin().at("2025-06-24T09:00")
    world.record("dispute-raised", raised_by="client", items=[])
    world.person("manager", "client")
    for version in (1, 2):
        world.draft(version)
    reflect(world)
    world.record(
        "review-held", attendees=["c1"], scale=SCALE, decision="end", benefits={"provider": "p", "client": "c"}
    )
    return world


def _erased(view: View, folder: Path) -> View:
    """Return *view* as it is once every text is erased."""
    with SqliteReader(folder / "ledger.db") as reader:
        owner = Stream(f"account/{view.engagement.account}") if view.engagement else view.stream
        state = engagement.fold(read_stream(reader, view.stream)) if view.engagement else None
        return view.but(engagement=state, account=account.fold(read_stream(reader, owner)))


def _without_texts(name: str, row: Mapping[str, Any]) -> Mapping[str, Any]:
    named = ("_alias", "_name", "_names", "_contact", "raised_to")
    return {c: value for c, value in row.items() if c not in ERASABLE[name] and not c.endswith(named)}


DAYS = ("0001-01-01", "9999-12-31")


@pytest.mark.parametrize("day", DAYS)
def test_the_edges_of_time_have_rows(tmp_path: Path, day: str) -> None:
    world = World(tmp_path).begin().at("2025-06-02T09:00")
    past = DAYS[0]
    world.record("account-plan-approved", ACCOUNT, **{**PLAN, "valid_until": day})
    world.record("gift-recorded", ACCOUNT, **GIFT, occurred=past)
    world.record("assumption-recorded", statement="t", test_by=day, occurred=past)
    world.record("action-agreed", trigger="contact:c1", owner="c1", due=day, what="t", occurred=past)
    world.record("concern-felt", topic="price", text="t", occurred=past)
    world.record("concern-raised", topic="price", text="t", raised_by="client", occurred=past)
    world.record("self-assessed", scale=SCALE, scores=TRUST, occurred=past)
    world.record("feedback-received", wave="w", from_contact="c1", scale=SCALE, scores=TRUST, solicited=True)

    counts = {name: len(_rows(world, tmp_path, name)) for name in CASES}

    held = {"account_plans": 1, "gifts": 1, "assumptions": 1, "actions": 1, "concerns": 2, "gaps": 1}
    assert counts == {**dict.fromkeys(CASES, 0), **held}


def _rows(world: World, folder: Path, name: str) -> list[dict[str, Any]]:
    with current(folder / "ledger.db", folder / "projections.db", london("2025-06-24T12:00")) as tables:
        return tables.rows(name)
