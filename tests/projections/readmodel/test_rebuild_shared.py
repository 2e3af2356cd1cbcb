"""Two processes that rebuild make the tables that one makes, and whatever becomes of the second, they are made."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.readmodel import sharing
from ledger_projections.readmodel.rebuild import build, rebuild
from ledger_projections.tables import TABLES

from ledger.stores.reading import SqliteReader
from tests.views import london, northwind

LEARNED, AS_OF = london("2025-06-09T15:00"), london("2025-06-10T09:00")
ALL = list(TABLES.values())
Rows = dict[str, list[tuple[object, ...]]]


class Second:
    """The second process, and how many of the rows of entries are its own."""

    def __init__(self) -> None:
        self.processes: list[subprocess.Popen[bytes]] = []
        self.entries = 0


@pytest.fixture
def second(monkeypatch: pytest.MonkeyPatch) -> Second:
    """Have every rebuild shared, however small and wherever it runs."""
    second, start, copy = Second(), subprocess.Popen, sharing._copy

    def started(*args: Any, **options: Any) -> subprocess.Popen[bytes]:
        second.processes.append(start(*args, **options))
        return second.processes[-1]

    def copied(db: sqlite3.Connection, path: str, tables: Any) -> None:
        copy(db, path, tables)
        second.entries += db.execute("SELECT count(*) FROM half.entries").fetchone()[0]

    monkeypatch.setattr(sharing, "WORTH_A_PROCESS", 1)
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 1}, raising=False)
    monkeypatch.setattr(subprocess, "Popen", started)
    monkeypatch.setattr(sharing, "_copy", copied)
    return second


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[SqliteReader]:
    world = northwind(tmp_path, "2025-06-09T09:00").at("2025-06-10T08:00")
    for number in range(12):
        stream = f"engagement/later{number}"
        world.record("engagement-opened", stream, account="acme", alias=f"later{number}")
        world.record("milestone-agreed", stream, milestone_id="M1", due="2025-07-27", title="opening night")
        world.record("slip-foreseen", stream, milestone_id="M1", forecast="2025-08-01", aware=LEARNED)
    with SqliteReader(tmp_path / "ledger.db") as reader:
        yield reader
    world.journal.close()


def made(reader: SqliteReader, path: Path) -> Rows:
    """Return the rows of all tables as they lie in a file that was built at *path*."""
    build(reader, str(path), ALL, AS_OF)
    db = sqlite3.connect(path)
    names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    rows = {name: db.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
    db.close()
    return rows


def test_two_processes_make_the_rows_that_one_makes_in_the_same_order(
    reader: SqliteReader, second: Second, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = made(reader, tmp_path / "two.db")
    assert 0 < second.entries < reader.head()

    monkeypatch.setattr(sharing, "WORTH_A_PROCESS", reader.head() + 1)
    assert made(reader, tmp_path / "one.db") == shared
    assert len(second.processes) == 1


@pytest.mark.parametrize("python", ["/nonexistent/python", "/bin/false"])
def test_where_a_second_process_cannot_run_the_first_makes_all_rows(
    python: str, reader: SqliteReader, second: Second, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = made(reader, tmp_path / "two.db")
    monkeypatch.setattr(sys, "executable", python)

    assert made(reader, tmp_path / "one.db") == shared


def test_who_is_interrupted_leaves_no_process_and_no_file(reader: SqliteReader, second: Second, tmp_path: Path) -> None:
    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(reader, str(tmp_path / "projections.db"), ALL, AS_OF, stop)

    assert [process.returncode is None for process in second.processes] == [False]
    assert [*tmp_path.glob("*.new-*")] == []


def test_a_second_process_ends_when_nobody_waits_for_it(reader: SqliteReader, tmp_path: Path) -> None:
    task = {"ledger": reader.path, "path": str(tmp_path / "half.db"), "names": ["slips"], "as_of": AS_OF}
    words = json.dumps({**task, "after": 0, "head": reader.head(), "parent": -1})
    places = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}

    ended = subprocess.run(
        [sys.executable, "-P", "-m", "ledger_projections.readmodel.sharing", words], env=places, check=False
    )

    assert ended.returncode == 1


@pytest.mark.parametrize("name", ["slips", "entries"])
def test_tables_that_are_not_those_of_the_program_are_not_shared(
    name: str, reader: SqliteReader, second: Second
) -> None:
    assert sharing.can_share(reader, [TABLES[name]])
    assert not sharing.can_share(reader, [TABLES[name]._replace(description="mine")])
