"""A file of tables that is missing, damaged, foreign, old or of another ledger is made anew, and never stops a command."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from ledger_projections.file import PROJECTION_VERSION, Stale, connect
from ledger_projections.rebuild import rebuild, replace
from ledger_projections.store import ReadModel, current
from ledger_projections.tables import TABLES

from ledger.errors import Unreachable
from ledger.stores.reading import SqliteReader
from tests.views import World, london

AS_OF = london("2025-06-10T09:00")
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
        differences = rebuild(reader, str(path), ALL, AS_OF, lambda done, of: told.append((done, of)))
        head = reader.head()

    assert (differences, told[-1]) == ([], (head, head))


def test_a_rebuild_names_the_rows_that_were_wrong(paths: tuple[Path, Path]) -> None:
    ledger, path = paths
    sql("UPDATE milestones SET title = 'dress rehearse'")(path)

    with SqliteReader(ledger) as reader:
        differences = rebuild(reader, str(path), ALL, AS_OF)

    assert [d.partition(": (")[0] for d in differences] == [
        "milestones: only in the old tables",
        "milestones: missing in the old tables",
    ]


def test_a_rebuild_that_fails_leaves_the_old_file(paths: tuple[Path, Path], tmp_path: Path) -> None:
    ledger, path = paths

    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with SqliteReader(ledger) as reader, pytest.raises(KeyboardInterrupt):
        rebuild(reader, str(path), ALL, AS_OF, stop)

    connect(str(path)).close()
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
    monkeypatch.setattr("ledger_projections.file.PATIENCE", 0.05)
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
        "import sys; from ledger_projections.store import current\n"
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
