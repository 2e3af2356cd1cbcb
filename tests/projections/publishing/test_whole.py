"""A reader sees one whole publication or the next, never half of one; a folder of somebody else's is left alone."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from ledger_projections.publishing.alone import Busy, publishing_to
from ledger_projections.publishing.stamp import files_in, read_stamp

from ledger.errors import Refused
from ledger.testing.fakes import MemoryJournal
from tests.publications import raw
from tests.publishing import published
from tests.views import World, london

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AUGUST = london("2025-08-01T09:00")
SEPTEMBER = london("2025-09-01T09:00")
POINTS = 10
"""At how many of its steps a publisher is killed, from the first to the last."""


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    begun = World(tmp_path).begin()
    yield begun
    begun.journal.close()


def is_whole(folder: Path) -> bool:
    return bool(read_stamp(folder)["files"] == {path: written._asdict() for path, written in files_in(folder).items()})


def run(world: World, to: Path, step: int, as_of: str, since: str = "") -> subprocess.CompletedProcess[str]:
    asked = [os.fspath(world.journal.path), os.fspath(to), str(step), since, as_of]
    places = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "tests.publisher", *asked]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=places)


@pytest.mark.slow
def test_a_publisher_killed_at_any_step_leaves_what_was_there_whole(world: World, tmp_path: Path) -> None:
    to = tmp_path / "out"
    whole = run(world, to, 0, AUGUST)
    assert whole.returncode == 0, whole.stderr
    steps = int(whole.stdout.removeprefix("-"))
    first = (to / "current").resolve()
    seen = set()

    for step in range(1, steps + 1, max(1, steps // POINTS)):
        assert run(world, to, step, SEPTEMBER, "auto").returncode < 0
        held = (to / "current").resolve()
        assert is_whole(held)
        assert all(is_whole(to / "increments" / name) for name in read_stamp(held)["increments"])
        seen.add(held == first)

    assert True in seen
    assert run(world, to, 0, SEPTEMBER, "auto").returncode == 0
    assert sorted(path.name for path in to.iterdir()) == [".publishing", "current", "generations", "increments"]


def test_whoever_has_a_publication_open_reads_it_to_the_end(world: World, tmp_path: Path) -> None:
    first = published(world.journal, tmp_path / "out", as_of=AUGUST)
    second = published(world.journal, tmp_path / "out", as_of=SEPTEMBER)

    assert [raw(each.folder, "freshness")[0]["as_of"] for each in (first, second)] == [AUGUST, SEPTEMBER]
    assert (tmp_path / "out" / "current").resolve() == second.folder


STAYS: dict[str, tuple[list[str], list[bool]]] = {
    "published thrice within minutes, all stay": (["09:00", "09:01", "09:02"], [True, True, True]),
    "replaced a quarter of an hour ago, it goes": (["09:00", "09:01", "09:16"], [False, True, True]),
    "replaced a minute less ago, it stays": (["09:00", "09:01", "09:15"], [True, True, True]),
    "the one before stays, however old": (["09:00", "15:00"], [True, True]),
    "each goes when its own time is over": (["09:00", "09:10", "09:20", "09:30"], [False, True, True, True]),
    "made by a clock that was ahead, it goes": (["12:00", "12:01", "09:00"], [False, True, True]),
    "and so does the next": (["12:00", "12:01", "09:00", "09:01"], [False, False, True, True]),
}


@pytest.mark.parametrize(("times", "stays"), STAYS.values(), ids=STAYS)
def test_a_generation_stays_until_it_was_replaced_a_quarter_of_an_hour_ago(
    world: World, tmp_path: Path, times: list[str], stays: list[bool]
) -> None:
    moments = [london(f"2025-08-01T{time}") for time in times]

    made = [published(world.journal, tmp_path / "out", ("csv",), as_of=moment).folder for moment in moments]

    assert [folder.exists() for folder in made] == stays


def test_a_publication_whose_stamp_somebody_spoilt_does_not_stop_the_next(world: World, tmp_path: Path) -> None:
    spoilt = published(world.journal, tmp_path / "out", ("csv",)).folder
    (spoilt / "stamp.json").write_text("{")

    newest = published(world.journal, tmp_path / "out", ("csv",)).folder

    assert ((tmp_path / "out" / "current").resolve(), spoilt.exists()) == (newest, False)


def test_of_two_publishers_one_is_told_to_wait(world: World, tmp_path: Path) -> None:
    with publishing_to(tmp_path / "out"), pytest.raises(Busy, match="Somebody else is publishing"):
        published(world.journal, tmp_path / "out", ("csv",))


@pytest.mark.parametrize("name", ["current/mine.txt", "generations/mine/stamp.txt", "increments/mine"])
def test_a_folder_in_which_our_names_are_somebody_elses_is_refused(world: World, tmp_path: Path, name: str) -> None:
    theirs = tmp_path / "out" / name
    theirs.parent.mkdir(parents=True)
    theirs.write_text("mine")

    with pytest.raises(Refused, match="nothing that this command made"):
        published(world.journal, tmp_path / "out", ("csv",))

    assert theirs.read_text() == "mine"


@pytest.mark.parametrize("name", ["current", "current/csv", "current/new/folder"])
def test_nothing_is_published_into_a_publication(world: World, tmp_path: Path, name: str) -> None:
    held = published(world.journal, tmp_path / "out", ("csv",)).folder

    with pytest.raises(Refused, match="is part of a publication") as refused:
        published(world.journal, tmp_path / "out" / name, ("csv",))

    assert str(tmp_path / "out") in str(refused.value.advice)
    assert is_whole(held)


def test_what_else_stands_in_the_folder_is_left_alone(world: World, tmp_path: Path) -> None:
    out = tmp_path / "out"
    published(world.journal, out, ("csv",))
    theirs = [out / "notes.txt", out / "generations" / "notes.txt", out / ".next-notes"]
    for path in theirs:
        path.write_text("mine")

    for _ in range(3):
        published(world.journal, out, ("csv",))

    assert [path.read_text() for path in theirs] == ["mine"] * 3


@pytest.mark.parametrize("there", ["", "reports", "reports/out"])
def test_a_publication_that_fails_leaves_nothing_behind(world: World, tmp_path: Path, there: str) -> None:
    journal, before = MemoryJournal(lambda: world.now), tmp_path / there
    before.mkdir(parents=True, exist_ok=True)
    found = sorted(tmp_path.rglob("*"))

    with pytest.raises(KeyError):
        published(journal, tmp_path / "reports" / "out", ("no such format",))

    assert sorted(tmp_path.rglob("*")) == found


def test_a_publication_that_fails_leaves_what_stands_there(world: World, tmp_path: Path) -> None:
    held = published(world.journal, tmp_path / "out", ("csv",)).folder

    with pytest.raises(KeyError):
        published(world.journal, tmp_path / "out", ("no such format",))

    assert (tmp_path / "out" / "current").resolve() == held
    assert (tmp_path / "out" / ".publishing").exists()


def test_whoever_took_a_folder_just_as_another_gave_it_up_is_told_to_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock that is held must be the one that stands there, or two would publish at once."""
    out, taken = tmp_path / "out", fcntl.flock

    def given_up(file: int, how: int) -> None:
        taken(file, how)
        (out / ".publishing").unlink()

    monkeypatch.setattr(fcntl, "flock", given_up)

    with pytest.raises(Busy), publishing_to(out):
        pass
