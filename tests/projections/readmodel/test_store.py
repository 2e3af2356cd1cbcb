"""Reading the tables: current at every look, next to nothing imported, values of the declared types."""

import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import pytest
from ledger_projections.readmodel.store import ReadModel, current
from ledger_projections.tables import TABLES

from tests.views import World, london

HEAVY = {
    "orjson",
    "eventsourcing",
    "pydantic",
    "pydantic_core",
    "rich",
    "click",
    "holidays",
    "dateutil",
    "ledger.events",
}
AS_OF = london("2025-06-10T09:00")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path).begin()
    world.record("milestone-agreed", milestone_id="M2", due="2025-06-27", title="dress rehearsal")
    yield world
    world.journal.close()


def look(folder: Path, as_of: str = AS_OF, *, settle: str = "") -> ReadModel:
    return current(folder / "ledger.db", folder / "projections.db", as_of, settle=settle)


def test_every_append_is_read_by_the_next_look(world: World, tmp_path: Path) -> None:
    heads = []
    for number in range(3, 6):
        world.record("milestone-agreed", milestone_id=f"M{number}", due="2025-06-27", title="t")
        with look(tmp_path) as tables:
            heads.append(
                (len(tables.rows("milestones")), tables.freshness["position"], tables.rows("entries")[-1]["type"])
            )

    head = world.journal.head()
    assert heads == [(n, head - 4 + n, "milestone-agreed") for n in (2, 3, 4)]


def test_a_look_at_current_tables_imports_nothing_heavy(world: World, tmp_path: Path) -> None:
    look(tmp_path).close()
    script = (
        "import sys; from ledger_projections.readmodel.store import current\n"
        "with current(*sys.argv[1:]) as tables: tables.rows('entries'); tables.rows('slips')\n"
        "print(*sys.modules)"
    )
    paths = [str(tmp_path / "ledger.db"), str(tmp_path / "projections.db")]

    said = subprocess.run([sys.executable, "-c", script, *paths, AS_OF], capture_output=True, text=True, check=True)

    assert set(said.stdout.split()) & (HEAVY | {"ledger_projections.readmodel.catchup", "typing_extensions"}) == set()


def test_the_root_is_the_ledgers(world: World, tmp_path: Path) -> None:
    with look(tmp_path) as tables:
        assert b64decode(tables.freshness["root"]) == world.journal.root()


def test_values_have_the_types_that_the_dictionary_says(world: World, tmp_path: Path) -> None:
    kinds = {"text": str, "integer": int, "number": float, "boolean": bool, "day": str, "instant": str, "moment": str}
    with look(tmp_path) as tables:
        declared = {(c["table_name"], c["column_name"]): c for c in tables.rows("data_dictionary")}
        wrong = [
            (table, name, value)
            for table in tables.tables()
            for row in tables.rows(table)
            for name, value in row.items()
            if (column := declared[table, name])["type"] != "json"
            and not (isinstance(value, kinds[column["type"]]) or (value is None and column["nullable"]))
        ]

    assert wrong == []


def test_every_column_is_described_and_every_table_is_strict(world: World, tmp_path: Path) -> None:
    with look(tmp_path) as tables:
        run = tables.connection.execute
        strict = {name for _, name, kind, *_, strict in run("PRAGMA table_list") if strict and kind == "table"}
        stored = {(table, row[1]) for table in tables.tables() for row in run(f"PRAGMA table_info({table})")}
        described = {
            (row["table_name"], row["column_name"]) for row in tables.rows("data_dictionary") if row["description"]
        }
        names = tables.tables()

    assert described == stored
    assert [*names] == [*TABLES, "freshness", "data_dictionary"]
    assert set(names) <= strict


def test_a_time_that_comes_changes_rows_without_an_entry(world: World, tmp_path: Path) -> None:
    with look(tmp_path, london("2025-06-10T09:00")) as tables:
        before = tables.rows("milestones")[0]["state"]
    with look(tmp_path, london("2025-06-30T09:00")) as tables:
        after = tables.rows("milestones")[0]["state"]

    assert (before, after) == ("agreed", "overdue")


def test_what_grows_is_evaluated_when_asked_for(world: World, tmp_path: Path) -> None:
    world.at("2025-06-06T09:20")
    world.record("slip-foreseen", aware=london("2025-06-06T09:00"), milestone_id="M2", forecast="2025-07-18")
    look(tmp_path, london("2025-06-06T10:00")).close()

    with look(tmp_path, london("2025-06-06T11:00"), settle="slips") as tables:
        assert tables.rows("slips")[0]["delay_bh"] == 2.0


def test_a_clock_a_little_behind_changes_nothing_and_one_far_behind_is_believed(world: World, tmp_path: Path) -> None:
    late, skewed, early = (london(f"2025-06-{day}") for day in ("30T09:00", "30T08:58", "10T09:00"))
    read = []
    for as_of in (late, skewed, early):
        with look(tmp_path, as_of) as tables:
            read.append((tables.freshness["as_of"], tables.rows("milestones")[0]["state"]))

    assert read == [(late, "overdue"), (late, "overdue"), (early, "agreed")]


def test_tombstones_are_kept_and_left_out_unless_asked_for(world: World, tmp_path: Path) -> None:
    entry = str(world.record("milestone-agreed", milestone_id="M9", due="2025-06-27", title="t"))
    with look(tmp_path) as tables:
        target = tables.rows("entries", order="position")[-1]
    world.record("entry-corrected", entry=target["id"], kind="withdraw", reason="never was")

    with look(tmp_path) as tables:
        standing = [row["milestone"] for row in tables.rows("milestones")]
        whole = {row["milestone"]: row for row in tables.rows("milestones", tombstones=True)}

    assert (standing, sorted(whole), entry is not None) == (["M2"], ["M2", "M9"], True)
    assert (whole["M9"]["tombstone"], whole["M9"]["last_position"]) == (True, target["position"] + 1)


def test_a_policy_touches_the_rows_of_every_engagement(world: World, tmp_path: Path) -> None:
    world.record("engagement-opened", "engagement/second", account="acme", alias="second")
    world.record("milestone-agreed", "engagement/second", milestone_id="M1", due="2025-06-27", title="t")
    look(tmp_path).close()
    world.record("policy-set", "practice", policies=[{"policy": "due_next_bd", "value": "2"}], valid_from="2025-01-01")

    with look(tmp_path) as tables:
        assert {row["last_position"] for row in tables.rows("milestones")} == {world.journal.head()}


def test_there_is_no_table_of_another_name(world: World, tmp_path: Path) -> None:
    with look(tmp_path) as tables, pytest.raises(KeyError):
        tables.rows("nonsense")
