"""A number that grows is counted when its table is asked for: of the engagements that have one, and of no other."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.readmodel import catchup
from ledger_projections.readmodel.file import Stale
from ledger_projections.readmodel.store import current

from ledger.stores.reading import SqliteReader
from tests.views import World, london

EARLY, LATE = london("2025-06-06T10:00"), london("2025-06-06T11:00")
Look = Callable[[str, str], tuple[Mapping[str, Any], set[str]]]


@pytest.fixture
def look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Look]:
    """Give what reads a table at a time: its first row, and the engagements that were read for it."""
    world = World(tmp_path).begin()
    world.record("engagement-opened", "engagement/other", account="acme", alias="other")
    world.record("milestone-agreed", milestone_id="M2", due="2025-06-27", title="dress rehearsal")
    world.at("2025-06-06T09:20")
    world.record("slip-foreseen", aware=london("2025-06-06T09:00"), milestone_id="M2", forecast="2025-07-18")
    read: set[str] = set()
    for name in ("read", "read_but"):
        noted(monkeypatch, name, read)

    def look(table: str, as_of: str) -> tuple[Mapping[str, Any], set[str]]:
        read.clear()
        with current(tmp_path / "ledger.db", tmp_path / "projections.db", as_of, settle=table) as tables:
            return tables.rows(table)[0], {stream for stream in read if stream.startswith("engagement/")}

    look("slips", EARLY)
    yield look
    world.journal.close()


def test_it_is_counted_up_to_now(look: Look) -> None:
    assert look("slips", LATE)[0]["delay_bh"] == 2.0


def test_no_engagement_is_read_but_those_that_have_one(look: Look) -> None:
    assert len(look("slips", LATE)[1]) == 1


@pytest.mark.parametrize("table", ["milestones", "engagement_status", "entries", "contacts"])
def test_none_is_read_for_a_table_in_which_nothing_grows(look: Look, table: str) -> None:
    assert look(table, LATE)[1] == set()


def test_whoever_waits_while_another_makes_the_tables_has_it_counted_too(
    look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, found = catchup._refreshed, iter([Stale("missing")])

    def refreshed(*asked: Any, **settle: Any) -> sqlite3.Connection:
        for stale in found:
            raise stale
        return plain(*asked, **settle)

    monkeypatch.setattr(catchup, "_refreshed", refreshed)

    assert look("slips", LATE)[0]["delay_bh"] == 2.0


def noted(monkeypatch: pytest.MonkeyPatch, name: str, read: set[str]) -> None:
    """Note which streams are read by the method called *name*."""
    plain = getattr(SqliteReader, name)

    def noting(self: SqliteReader, stream: Any, *others: Any) -> Any:
        read.add(stream)
        return plain(self, stream, *others)

    monkeypatch.setattr(SqliteReader, name, noting)
