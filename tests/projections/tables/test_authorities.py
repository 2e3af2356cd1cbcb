"""Who may act, from when to when, granted by whom, and whether it counts: the matrix on a day (P06, P49)."""

from pathlib import Path
from typing import Any

import pytest
from ledger_projections.readmodel.store import current
from ledger_projections.tables.authorities import TABLE

from tests.views import World, london

ACCOUNT = "account/acme"
WHOLE = {
    "engagement": None, "engagement_alias": None, "account_alias": "acme", "contact": "c3", "contact_name": "manager",
    "side": "client", "scope": "accept", "granted": True, "limit_minor": 500000, "currency": "GBP",
    "valid_from": "2025-06-10", "valid_until": "2025-06-20", "begins_at": london("2025-06-10T00:00"),
    "ends_at": london("2025-06-21T00:00"), "granted_by": "c1", "granted_by_name": "client sponsor",
    "known_from": london("2025-06-02T09:00"), "counts": True, "is_first": False, "decides": False, "ratifies": "[]",
}  # fmt: skip


def opened(folder: Path) -> World:
    """Begin with c1, who may sign and accept, c2 of ours, who may sign, and c3, a manager who may nothing."""
    world = World(folder).begin().at("2025-06-02T09:00")
    world.person("manager", "client")
    return world


def matrix(world: World, as_of: str | None = None) -> list[tuple[str, str, bool]]:
    """Return what decides: who, in which scope, and whether they may."""
    rows = world.rows(TABLE, as_of, ACCOUNT)
    return sorted((row["contact"], row["scope"], row["granted"]) for row in rows if row["decides"])


def test_an_authority_reads_whole(tmp_path: Path) -> None:
    world = opened(tmp_path)
    world.grant("c3", "accept", granted_by="c1", valid_from="2025-06-10", valid_until="2025-06-20",
                limit={"currency": "GBP", "minor": 500000})  # fmt: skip

    row = world.rows(TABLE, stream=ACCOUNT)[-1]

    assert {name: row[name] for name in WHOLE} == WHOLE


@pytest.mark.parametrize(
    ("as_of", "granted"),
    [
        ("2025-06-09T23:59", []),
        ("2025-06-10T00:00", [("c3", "accept", True)]),
        ("2025-06-20T23:59", [("c3", "accept", True)]),
        ("2025-06-21T00:00", []),
    ],
)
def test_the_matrix_is_that_of_the_day(tmp_path: Path, as_of: str, granted: list[tuple[str, str, bool]]) -> None:
    world = opened(tmp_path)
    world.grant("c3", "accept", granted_by="c1", valid_from="2025-06-10", valid_until="2025-06-20")
    with current(tmp_path / "ledger.db", tmp_path / "projections.db", london("2025-06-05T12:00")):
        pass
    with current(tmp_path / "ledger.db", tmp_path / "projections.db", london(as_of)) as tables:
        kept = [
            (r["contact"], r["scope"], r["granted"]) for r in tables.rows("authorities", "decides AND contact = 'c3'")
        ]

    assert matrix(world, as_of) == [("c1", "accept", True), ("c1", "sign", True), ("c2", "sign", True), *granted]
    assert kept == granted


def test_what_was_recorded_last_decides_and_one_for_all_engagements_overrides_each(tmp_path: Path) -> None:
    world = opened(tmp_path)
    engagement = world.view().stream.partition("/")[2]
    changes: list[dict[str, Any]] = [{}, {"engagement": "northwind"}, {"granted": False}, {"engagement": "northwind"}]
    for change in changes:
        world.grant("c3", "accept", granted_by="c1", **change)

    rows = [row for row in world.rows(TABLE, stream=ACCOUNT) if row["contact"] == "c3"]

    assert [(row["engagement"], row["granted"], row["decides"]) for row in rows] == [
        (None, True, False), (engagement, True, False), (None, False, True), (engagement, True, True)]  # fmt: skip


def test_what_somebody_grants_who_does_not_hold_it_stands_and_does_not_count(tmp_path: Path) -> None:
    world = opened(tmp_path)
    world.grant("c3", "spend", granted_by="c3")
    world.grant("c1", "spend", granted_by="c1")
    world.grant("c3", "sign", granted_by="c2")

    rows = [(r["contact"], r["scope"], r["counts"], r["is_first"]) for r in world.rows(TABLE, stream=ACCOUNT)[3:]]

    assert rows == [("c3", "spend", True, True), ("c1", "spend", False, False), ("c3", "sign", False, False)]


def test_a_grant_names_what_it_cures(tmp_path: Path) -> None:
    world = opened(tmp_path)
    world.record("milestone-agreed", milestone_id="M1", due="2025-06-20", title="pilot")
    judged = world.entry(world.record("milestone-judged", milestone_id="M1", verdict="accepted", by="c3"))
    world.grant("c3", "accept", granted_by="c1", ratifies=[judged])

    assert world.rows(TABLE, stream=ACCOUNT)[-1]["ratifies"] == f'["{judged}"]'


def test_a_grant_that_is_withdrawn_leaves_a_tombstone_and_what_was_granted_on_it_counts_no_more(tmp_path: Path) -> None:
    world = opened(tmp_path)
    granted = world.entry(world.grant("c3", "accept", granted_by="c1"))
    world.person("lead", "client")
    world.grant("c4", "accept", granted_by="c3")
    world.record("entry-corrected", ACCOUNT, entry=granted, kind="withdraw", reason="never agreed")

    with current(tmp_path / "ledger.db", tmp_path / "projections.db", london("2025-06-02T12:00")) as tables:
        kept = tables.rows("authorities", "contact IN ('c3', 'c4')", order="contact", tombstones=True)

    assert [(row["contact"], row["counts"], row["tombstone"]) for row in kept] == [
        ("c3", True, True),
        ("c4", False, False),
    ]
