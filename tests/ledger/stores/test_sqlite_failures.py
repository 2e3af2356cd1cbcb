"""A store that cannot be read or written says what, which, why and what to do; and nothing is half written."""

import fcntl
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from ledger.errors import Duplicate, Malformed, Unreachable
from ledger.stores import opening, recorder
from ledger.stores.reading import SqliteReader
from ledger.stores.sqlite import SqliteJournal
from ledger.testing.proposals import ORIGIN, STREAM, FakeClock, proposal

Breaker = Callable[[Path], Path]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.db"
    with SqliteJournal.create(path, ORIGIN, FakeClock()) as journal:
        journal.append([*map(proposal, range(1, 31))], {STREAM: 0})
    return path


def foreign(path: Path) -> Path:
    other = path.with_name("other.db")
    with closing(sqlite3.connect(other)) as db:
        db.execute("CREATE TABLE entries (position INTEGER PRIMARY KEY)")
    return other


def newer(path: Path) -> Path:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 2")
    return path


def written(content: bytes) -> Breaker:
    def write(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return write


def cut(size: int) -> Breaker:
    def truncate(path: Path) -> Path:
        path.write_bytes(path.read_bytes()[:size])
        return path

    return truncate


def scribbled(path: Path) -> Path:
    raw = path.read_bytes()
    path.write_bytes(raw[:100] + b"\xff" * 5000 + raw[5100:])
    return path


UNREADABLE: dict[str, tuple[Breaker, str]] = {
    "missing": (lambda path: path.with_name("none.db"), "There is no ledger at"),
    "in a missing folder": (lambda path: path.parent / "none" / "ledger.db", "There is no ledger at"),
    "under a file": (lambda path: path / "ledger.db", "Not a directory"),
    "a folder": (lambda path: path.parent, "is a folder"),
    "empty": (written(b""), "is empty"),
    "a text": (written(b"Dear Northwind,\n" * 99), "is not a database"),
    "cut in its header": (cut(60), "is cut short"),
    "cut in half": (cut(3 * 4096), "is cut short"),
    "cut within a page": (cut(9 * 4096 + 7), "is cut short"),
    "another program's": (foreign, "of another program"),
    "of a later format": (newer, "has format 2"),
    "overwritten": (scribbled, "is damaged"),
}


@pytest.mark.parametrize("opener", [SqliteReader, lambda path: SqliteJournal.open(path, FakeClock())])
@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_ledger_is_not_opened(path: Path, name: str, opener: Callable[[Path], SqliteReader]) -> None:
    spoil, why = UNREADABLE[name]
    spoilt = spoil(path)

    with pytest.raises(Unreachable, match=why) as caught:
        opener(spoilt)

    assert str(spoilt) in caught.value.message
    assert caught.value.advice


def test_a_ledger_is_not_made_where_something_stands(path: Path) -> None:
    before = path.read_bytes()

    with pytest.raises(Duplicate):
        SqliteJournal.create(path, ORIGIN, FakeClock())

    assert path.read_bytes() == before


def test_a_ledger_is_made_whole_or_not_at_all(tmp_path: Path) -> None:
    for spoilt, origin, error in [
        (tmp_path / "none" / "ledger.db", ORIGIN, Unreachable),
        (tmp_path / "ledger.db", "Not An Origin", Malformed),
    ]:
        with pytest.raises(error):
            SqliteJournal.create(spoilt, origin, FakeClock())

    assert [*tmp_path.iterdir()] == []


def test_what_a_killed_creation_left_does_not_stand_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "ledger.db.new").write_bytes(b"half")

    with SqliteJournal.create(tmp_path / "ledger.db", ORIGIN, FakeClock()) as journal:
        assert journal.head() == 0


@contextmanager
def full(_: Path, patch: pytest.MonkeyPatch) -> Iterator[None]:
    with _pragma(patch, "max_page_count = 20"):
        yield


@contextmanager
def read_only(_: Path, patch: pytest.MonkeyPatch) -> Iterator[None]:
    with _pragma(patch, "query_only = ON"):
        yield


@contextmanager
def failing(path: Path, _: pytest.MonkeyPatch) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def locked_by_a_writer(path: Path, _: pytest.MonkeyPatch) -> Iterator[None]:
    with open(f"{path}.lock", "w", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def locked_by_a_stranger(path: Path, _: pytest.MonkeyPatch) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def without_a_place_for_the_lock(path: Path, _: pytest.MonkeyPatch) -> Iterator[None]:
    lock = Path(f"{path}.lock")
    lock.unlink()
    lock.mkdir()
    yield
    lock.rmdir()


@contextmanager
def _pragma(patch: pytest.MonkeyPatch, pragma: str) -> Iterator[None]:
    def connect(path: str, *, patience: float) -> sqlite3.Connection:
        db = opening.connect_writing(path, patience=patience)
        db.execute(f"PRAGMA {pragma}")
        return db

    with patch.context() as local:
        local.setattr(recorder, "connect_writing", connect)
        yield


UNWRITABLE = {
    "the disk is full": full,
    "it can only be read": read_only,
    "the disk fails": failing,
    "is locked by another process": locked_by_a_writer,
    "another program keeps it locked": locked_by_a_stranger,
    "Is a directory": without_a_place_for_the_lock,
}


@pytest.mark.parametrize("why", UNWRITABLE)
def test_an_append_that_fails_leaves_no_trace_and_the_next_succeeds(
    path: Path, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [*map(proposal, range(31, 331))]
    with SqliteJournal.open(path, FakeClock(), patience=0.05) as journal:
        root = journal.root()

        with UNWRITABLE[why](path, monkeypatch), pytest.raises(Unreachable, match=why) as caught:
            journal.append(many, {STREAM: 30})

        assert caught.value.advice
        assert (journal.head(), journal.root()) == (30, root)
        assert journal.append(many, {STREAM: 30})[-1].position == 330


def test_an_appender_waits_its_turn(path: Path) -> None:
    hold = "import fcntl,sys,time; f=open(sys.argv[1],'w'); fcntl.flock(f,2); print(flush=True); time.sleep(.2)"
    held = subprocess.Popen([sys.executable, "-c", hold, f"{path}.lock"], stdout=subprocess.PIPE)
    with held as holder, SqliteJournal.open(path, FakeClock()) as journal:
        assert holder.stdout is not None
        holder.stdout.readline()
        journal.append([proposal(31)], {STREAM: 30})
        assert journal.append([proposal(32)], {STREAM: 31})[0].position == 32
