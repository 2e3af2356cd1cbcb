"""The first act of a person adds them to our side, and makes no row of it anew but that of the entry (P01)."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ledger_projections.readmodel.catchup import refresh
from ledger_projections.readmodel.filling import fill
from ledger_projections.readmodel.streams import StreamTables
from ledger_projections.tables import TABLES

from tests.views import World, london

AS_OF = london("2025-06-10T09:00")


def written(world: World, kind: str, **data: Any) -> Sequence[str]:
    """Record an act of our side, and return the tables that a catch-up then reads or writes rows of."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    fill(db, world.journal, list(TABLES.values()), AS_OF)
    world.at("2025-06-10T10:00").record(kind, "practice", **data)
    said: list[str] = []
    db.set_trace_callback(said.append)
    refresh(db, world.journal, StreamTables(list(TABLES.values())), AS_OF)
    return [name for name in TABLES if any(f'"{name}"' in sql for sql in said)]


def test_who_else_records_makes_no_calendar_anew(tmp_path: Path) -> None:
    world = World(tmp_path).begin()

    assert written(world, "actor-added", actor="a2", name="Bea") == ["entries"]


def test_a_policy_makes_them_anew(tmp_path: Path) -> None:
    world = World(tmp_path).begin()

    policies = [{"policy": "due_next_bd", "value": "2"}]
    assert "calendars" in written(world, "policy-set", policies=policies, valid_from="2025-01-01")
