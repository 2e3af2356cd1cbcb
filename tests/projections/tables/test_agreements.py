"""Agreements: who signed which version, since when it is in force, and what it lacks (P01 to P10)."""

import json
from pathlib import Path
from typing import Any

from ledger_projections.tables.agreements import TABLE

from tests.views import World, london, northwind


def test_st1_versions_come_into_force_one_after_the_other(tmp_path: Path) -> None:
    names = ("version", "state", "signed_by_provider_at", "signed_by_client_at", "signed_by_both_at", "in_force_to")

    rows = [tuple(row[name] for name in names) for row in northwind(tmp_path).rows(TABLE)]

    first, second = london("2025-03-05T11:00"), london("2025-06-18T09:00")
    assert rows == [
        (1, "signed by both", london("2025-03-03T10:00"), first, first, second),
        (2, "signed by both", london("2025-06-16T09:00"), second, second, None),
    ]


def test_a_version_that_one_side_signed_is_half_signed_as_known_then(tmp_path: Path) -> None:
    rows = northwind(tmp_path).rows(TABLE, "2025-06-17T12:00")

    assert [(row["state"], row["is_in_force"], row["in_force_from"] is None) for row in rows] == [
        ("signed by both", True, False), ("half-signed", False, True)]  # fmt: skip


def test_a_signature_without_authority_is_kept_apart(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    clerk = world.person("clerk", "client")
    world.draft(1)
    world.sign(1, "provider", "c2")
    world.sign(1, "client", clerk)

    (row,) = world.rows(TABLE)

    assert (row["state"], row["signed_by_client_at"], row["uncounted_signatures"]) == ("half-signed", None, 1)


def test_a_signature_of_a_day_counts_from_the_close_of_that_day(tmp_path: Path) -> None:
    world = World(tmp_path).begin().at("2025-03-06T09:00")
    world.draft(1)
    for side, who in (("provider", "c2"), ("client", "c1")):
        world.sign(1, side, who, occurred="2025-03-05")

    (row,) = world.rows(TABLE)

    assert row["signed_by_both_at"] == london("2025-03-05T17:00")


def test_parts_are_counted_and_confidentiality_too_where_it_is_sensitive(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    world.record("engagement-opened", "engagement/harbour", account="acme", alias="harbour", sensitive=True)
    for subject in ("engagement/northwind", "engagement/harbour"):
        world.record("agreement-drafted", subject, version=1, drafted_by="provider", document_sha256="1" * 64,
                     currency="GBP", calendar="default", parts=["scope", "retention"], notices=[], results=[])  # fmt: skip

    rows = [world.rows(TABLE, stream=f"engagement/{name}")[0] for name in ("northwind", "harbour")]

    missing: list[Any] = ["timeframe", "evaluation", "compensation", "relationship"]
    assert [(row["parts_required"], json.loads(row["parts_missing"])) for row in rows] == [
        (5, missing), (6, [*missing, "confidentiality"])]  # fmt: skip
