"""Rows that another process makes for a publication are those made here, and whatever becomes of it, they are made."""

import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from ledger_projections.publishing import folding
from ledger_projections.publishing.folding import Times, fold, fold_here
from ledger_projections.publishing.seen import seen_by
from ledger_projections.readers import audience
from ledger_projections.readmodel import sharing
from ledger_projections.tables import READABLE

from ledger.stores.reading import SqliteReader
from tests.views import london, northwind

ALL = list(READABLE.values())
NOW = Times(london("2025-07-01T09:00"), london("2025-07-01T09:00"))
Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[SqliteReader]:
    world = northwind(tmp_path, "2025-06-20T09:00").at("2025-06-20T10:00")
    world.record("concern-felt", topic="people", text="the director does not listen")
    with SqliteReader(tmp_path / "ledger.db") as reader:
        yield reader
    world.journal.close()


@pytest.fixture(autouse=True)
def _worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "WORTH_A_PROCESS", 1)


def read(path: Path) -> Rows:
    db = sqlite3.connect(path)
    names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    rows = {name: db.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
    db.close()
    return rows


CASES = {
    "all there is": ("consultant", NOW),
    "less what is withheld": ("analyst", NOW),
    "as known on a day": ("analyst", NOW._replace(as_known_on=london("2025-06-10T09:00"))),
}


@pytest.mark.parametrize(("who", "times"), CASES.values(), ids=CASES)
def test_another_process_makes_the_rows_that_this_one_makes(
    reader: SqliteReader, tmp_path: Path, who: str, times: Times, monkeypatch: pytest.MonkeyPatch
) -> None:
    excerpt, told = seen_by(reader, audience(who)), list[int]()
    fold_here(str(tmp_path / "here.db"), excerpt, ALL, times, lambda done: None)
    monkeypatch.setattr(folding, "fold_here", None)  # whoever makes them now is not this process

    fold(str(tmp_path / "apart.db"), excerpt, ALL, times, told.append)

    rows = read(tmp_path / "apart.db")
    assert rows == read(tmp_path / "here.db")
    assert len(rows["entries"]) > 5
    assert told


ENDS = {
    "it cannot be begun": None,
    "it ends at once": "exit 1",
    "it ends in the middle of a row": "echo 1; printf 'SQLite format 3' > {path}; kill -9 $$",
}


@pytest.mark.parametrize("script", ENDS.values(), ids=ENDS)
def test_if_the_other_process_ends_this_one_makes_them(
    reader: SqliteReader, tmp_path: Path, script: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, other = tmp_path / "apart.db", tmp_path / "python"
    excerpt = seen_by(reader, audience("analyst"))
    fold_here(str(tmp_path / "here.db"), excerpt, ALL, NOW, lambda done: None)
    if script is not None:
        other.write_text(f"#!/bin/sh\n{script.format(path=path)}\n")
        other.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(other))

    fold(str(path), excerpt, ALL, NOW, lambda done: None)

    assert read(path) == read(tmp_path / "here.db")
