"""A file of tables that is missing, damaged, foreign, old or of another ledger is made anew, and never stops a command."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from ledger_projections.readmodel.comparing import Rebuilt
from ledger_projections.readmodel.file import PROJECTION_VERSION, Stale, connect
from ledger_projections.readmodel.rebuild import rebuild, replace
from ledger_projections.readmodel.schema import dictionary
from ledger_projections.readmodel.store import ReadModel, current
from ledger_projections.replaying.snapshot import snapshot
from ledger_projections.tables import TABLES

from ledger.errors import Unreachable
from ledger.replay import Replay
from ledger.stores.reading import SqliteReader
from tests.views import World, london, northwind

AS_OF = london("2025-06-10T09:00")
LATER = london("2025-06-12T17:00")
ALL = list(TABLES.values())


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path).begin()
    world.record("milestone-agreed", milestone_id="M2", due="2025-06-27", title="dress rehearsal")
    yield world
    world.journal.close()


@pytest.fixture
def paths(world: World, tmp_path: Path) -> tuple[Path, Path]:
    """The ledger, and its tables, made."""
    with current(tmp_path / "ledger.db", tmp_path / "projections.db", AS_OF):
        return tmp_path / "ledger.db", tmp_path / "projections.db"


def sql(statement: str) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        db = sqlite3.connect(path)
        with db:
            db.execute(statement)
        db.close()

    return damage


def middle(path: Path) -> None:
    """Spoil all but the first two pages, and leave no log that mends them."""
    sql("PRAGMA wal_checkpoint(TRUNCATE)")(path)
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))


def gone(path: Path) -> None:
    path.unlink()
    for name in (f"{path}-wal", f"{path}-shm"):
        Path(name).unlink(missing_ok=True)


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (gone, ""),
    "empty": (lambda path: os.truncate(path, 0), "the file is of another program"),
    "cut short": (lambda path: os.truncate(path, 5000), "damaged"),
    "text": (lambda path: path.write_text("x" * 4096), "damaged"),
    "spoilt within": (middle, "damaged"),
    "another program's": (sql("PRAGMA application_id = 7"), "the file is of another program"),
    "older rules": (sql("UPDATE freshness SET projection_version = 0"), "made by another version"),
    "older shape": (sql("UPDATE freshness SET schema_version = 0"), "made by another version"),
    "other tables": (sql("UPDATE internal_state SET tables = ''"), "made by another version"),
    "another ledger's": (sql("UPDATE internal_state SET leaf_hash = x'00'"), "they are of another ledger"),
    "a table lost": (sql("DROP TABLE freshness"), "damaged"),
    "a replacement interrupted": (lambda path: Path(f"{path}.replacing").touch(), "its replacement was interrupted"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_whatever_is_wrong_with_the_file_the_tables_are_there(
    name: str, world: World, paths: tuple[Path, Path]
) -> None:
    ledger, path = paths
    damage, why = DAMAGES[name]
    with current(ledger, path, AS_OF) as model:
        good = model.rows("entries")
    damage(path)
    world.record("milestone-agreed", milestone_id="M3", due="2025-07-27", title="opening night")

    notes: list[str] = []
    with current(ledger, path, AS_OF, note=notes.append) as model:
        rows = model.rows("entries")
    with current(ledger, path, AS_OF, note=notes.append) as model:
        again = model.rows("entries")

    assert rows[:-1] == good
    assert again == rows
    assert [why in note for note in notes] == ([True] if why else [])


def test_damage_found_while_reading_is_mended_while_reading(world: World, paths: tuple[Path, Path]) -> None:
    ledger, path = paths
    with current(ledger, path, AS_OF) as model:
        good = model.rows("milestones")
    middle(path)

    notes: list[str] = []
    with current(ledger, path, AS_OF, note=notes.append) as model:
        assert model.rows("milestones") == good
    assert len(notes) == 1


def test_who_has_the_old_file_open_reads_on(world: World, paths: tuple[Path, Path]) -> None:
    ledger, path = paths
    old = ReadModel(connect(str(path)))
    before = old.rows("entries")
    world.record("milestone-agreed", milestone_id="M3", due="2025-07-27", title="opening night")

    with SqliteReader(ledger) as reader:
        rebuild(reader, str(path), ALL, AS_OF)
    with current(ledger, path, AS_OF) as new:
        assert len(new.rows("entries")) == len(before) + 1

    assert old.rows("entries") == before
    old.close()


def test_a_rebuild_of_what_is_right_differs_in_nothing(paths: tuple[Path, Path]) -> None:
    ledger, path = paths
    told: list[tuple[int, int]] = []

    with SqliteReader(ledger) as reader:
        found = rebuild(reader, str(path), ALL, AS_OF, lambda done, of: told.append((done, of)))
        head = reader.head()

    assert (found, told[-1]) == (Rebuilt([]), (head, head))


@pytest.mark.parametrize("now", [AS_OF, london("2025-06-10T09:01"), LATER, london("2025-06-01T09:00")])
@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (
            "UPDATE milestones SET title = 'dress rehearse'",
            "milestone M2, sequence 1: title was 'dress rehearse', is 'dress rehearsal'",
        ),
        ("DELETE FROM milestones", "milestone M2, sequence 1: was missing"),
        ("UPDATE milestones SET milestone = 'M7'", "milestone M7, sequence 1: has no entry"),
        ("UPDATE entries SET what = 'HACK' WHERE position = 9", "position 9: what was 'HACK', is 'eng"),
    ],
)
def test_a_rebuild_at_any_time_names_what_was_wrong_and_mends_it(
    statement: str, told: str, now: str, paths: tuple[Path, Path]
) -> None:
    ledger, path = paths
    sql(statement)(path)

    with SqliteReader(ledger) as reader:
        found = rebuild(reader, str(path), ALL, now)
        again = rebuild(reader, str(path), ALL, now)

    assert told in found.differed[0]
    assert (found.uncompared, again) == ("", Rebuilt([]))


@pytest.mark.parametrize("rebuilt_at", [LATER, london("2025-09-10T09:00")])
def test_a_rebuild_later_on_differs_in_nothing_and_leaves_the_tables_of_now(rebuilt_at: str, tmp_path: Path) -> None:
    world, ledger, path = northwind(tmp_path, "2025-06-10T09:00"), tmp_path / "ledger.db", tmp_path / "projections.db"
    for moment in (AS_OF, london("2025-06-10T15:00")):  # the delay that grows is as of the first of them
        current(ledger, path, moment).close()

    with SqliteReader(ledger) as reader:
        found = rebuild(reader, str(path), ALL, rebuilt_at)
        rebuild(reader, str(tmp_path / "other.db"), ALL, rebuilt_at)

    with current(ledger, path, rebuilt_at) as one, current(ledger, tmp_path / "other.db", rebuilt_at) as other:
        assert [one.rows(name) for name in TABLES] == [other.rows(name) for name in TABLES]
        assert one.freshness == other.freshness
    assert found == Rebuilt([])
    world.journal.close()


def test_the_dictionary_says_of_every_column_that_time_alone_changes_that_it_does(tmp_path: Path) -> None:
    world = northwind(tmp_path)
    said, moved, before = set[tuple[str, str]](), set[tuple[str, str]](), dict[tuple[object, ...], dict[str, object]]()
    with SqliteReader(tmp_path / "ledger.db") as reader:
        for day in ("2025-03-04", "2025-06-10", "2025-06-25", "2025-07-15", "2025-12-30"):
            rows = snapshot(reader, Replay(), london(f"{day}T09:00"), ALL)
            for table in ALL:
                for row in rows[table.name]:
                    old = before.setdefault((table.name, row["stream"], *(row[name] for name in table.key)), row)
                    moved |= {(table.name, name) for name in row if row[name] != old[name]}
    said = {(str(row[0]), str(row[1])) for row in dictionary(ALL) if "(as of freshness.as_of)" in str(row[5])}

    assert {pair for pair in moved if pair[1] not in {"positions", "entries"}} - said == set()
    assert {("milestones", "state"), ("slips", "delay_bh")} <= said
    world.journal.close()


UNCOMPARED = {
    "missing": (gone, "there were none"),
    "text": (lambda path: path.write_text("x" * 4096), "damaged: file is not a database"),
    "behind": (lambda path: None, "they stood at #10, the ledger at #11"),
    "another shape": (sql("UPDATE internal_state SET tables = ''"), "they were made by another version"),
    "another ledger's": (sql("UPDATE internal_state SET origin = 'x'"), "they were of another ledger"),
}


@pytest.mark.parametrize("name", UNCOMPARED)
def test_what_cannot_be_compared_is_said_not_to_be(name: str, world: World, paths: tuple[Path, Path]) -> None:
    ledger, path = paths
    damage, why = UNCOMPARED[name]
    damage(path)
    world.record("milestone-agreed", milestone_id="M3", due="2025-07-27", title="opening night")

    with SqliteReader(ledger) as reader:
        assert rebuild(reader, str(path), ALL, LATER) == Rebuilt([], why)
        assert rebuild(reader, str(path), ALL, LATER) == Rebuilt([])


def test_a_file_spoilt_within_is_replaced_and_said_to_be_unreadable(paths: tuple[Path, Path]) -> None:
    ledger, path = paths
    middle(path)

    with SqliteReader(ledger) as reader:
        found = rebuild(reader, str(path), ALL, LATER)

        assert found.uncompared or "cannot be read" in found.differed[0]
        assert rebuild(reader, str(path), ALL, LATER) == Rebuilt([])


def test_a_restored_older_ledger_is_said_to_be_older(world: World, paths: tuple[Path, Path], tmp_path: Path) -> None:
    ledger, path = paths
    backup, now = sqlite3.connect(tmp_path / "backup.db"), sqlite3.connect(ledger)
    now.backup(backup)
    backup.close()
    now.close()
    world.record("milestone-agreed", milestone_id="M3", due="2025-07-27", title="opening night")
    current(ledger, path, AS_OF).close()

    notes: list[str] = []
    current(tmp_path / "backup.db", path, AS_OF, note=notes.append).close()

    assert notes == [f"The tables at {path} were made anew: the ledger is older than its tables."]


def test_a_folder_where_the_tables_go_is_refused_with_what_to_do(world: World, tmp_path: Path) -> None:
    (tmp_path / "projections.db").mkdir()

    with pytest.raises(Unreachable, match="is a folder") as refused:
        current(tmp_path / "ledger.db", tmp_path / "projections.db", AS_OF)

    assert refused.value.advice == "Move it away, then try again."


@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
def test_the_tables_have_the_rights_that_the_umask_leaves(mask: int, world: World, tmp_path: Path) -> None:
    before = os.umask(mask)
    try:
        current(tmp_path / "ledger.db", tmp_path / "projections.db", AS_OF).close()
    finally:
        os.umask(before)

    assert (tmp_path / "projections.db").stat().st_mode & 0o777 == 0o666 & ~mask


def test_a_rebuild_that_fails_leaves_the_old_file(paths: tuple[Path, Path], tmp_path: Path) -> None:
    ledger, path = paths

    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with SqliteReader(ledger) as reader, pytest.raises(KeyboardInterrupt):
        rebuild(reader, str(path), ALL, AS_OF, stop)

    connect(str(path)).close()
    assert [*tmp_path.glob("*.new-*")] == []


def test_what_somebody_left_who_was_killed_is_taken_away(paths: tuple[Path, Path], tmp_path: Path) -> None:
    ledger, path = paths
    for ending in ("", "-half", "-then", "-journal"):
        (tmp_path / f"projections.db.new-0a1b2c3d4e5f{ending}").write_text("what may be erased since")

    with SqliteReader(ledger) as reader:
        rebuild(reader, str(path), ALL, AS_OF)

    assert [*tmp_path.glob("*.new-*")] == []


def test_a_folder_that_cannot_be_written_is_read_from_memory(world: World, tmp_path: Path) -> None:
    notes: list[str] = []

    with current(
        tmp_path / "ledger.db", tmp_path / "no such folder" / "projections.db", AS_OF, note=notes.append
    ) as model:
        assert len(model.rows("entries")) == world.journal.head()
    assert "in memory" in notes[0]


def test_tables_that_somebody_else_writes_are_read_as_they_stand(
    world: World, paths: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger_projections.readmodel.file.PATIENCE", 0.05)
    writer, notes = connect(str(paths[1])), list[str]()
    writer.execute("BEGIN IMMEDIATE")
    world.record("milestone-agreed", milestone_id="M3", due="2025-07-27", title="opening night")

    with current(*paths, AS_OF, note=notes.append) as model:
        assert (model.freshness["position"], len(notes)) == (world.journal.head() - 1, 1)
    writer.close()


def test_a_ledger_that_is_not_there_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(Unreachable):
        current(tmp_path / "ledger.db", tmp_path / "projections.db", AS_OF)


def test_a_stale_log_beside_a_new_file_is_never_read(paths: tuple[Path, Path], tmp_path: Path) -> None:
    ledger, path = paths
    reader = connect(str(path))  # keeps the log from being folded into the file
    sql("UPDATE freshness SET built_at = 'spoilt'")(path)
    assert os.path.getsize(f"{path}-wal")
    with SqliteReader(ledger) as log:
        rebuild(log, str(tmp_path / "other.db"), ALL, AS_OF)
    shutil.copy(tmp_path / "other.db", tmp_path / "new.db")

    replace(str(tmp_path / "new.db"), str(path))

    with current(ledger, path, AS_OF) as model:
        assert model.freshness["built_at"] == AS_OF
    reader.close()


def test_four_processes_that_find_no_tables_all_read_them(world: World, tmp_path: Path) -> None:
    script = (
        "import sys; from ledger_projections.readmodel.store import current\n"
        "with current(sys.argv[1], sys.argv[2], sys.argv[3]) as m: print(len(m.rows('entries')))"
    )
    paths = [str(tmp_path / "ledger.db"), str(tmp_path / "projections.db")]

    runs = [
        subprocess.Popen([sys.executable, "-c", script, *paths, AS_OF], stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]

    assert [(run.communicate()[0].strip(), run.returncode) for run in runs] == [(str(world.journal.head()), 0)] * 4


def test_a_file_of_these_rules_opens(paths: tuple[Path, Path]) -> None:
    sql(f"UPDATE freshness SET projection_version = {PROJECTION_VERSION + 1}")(paths[1])

    with pytest.raises(Stale, match="another version"):
        connect(str(paths[1]))
