"""Signals over all are read of one state of the tables, whatever others do to the file meanwhile (ADR 22)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from ledger_projections.readmodel.catchup import refresh
from ledger_projections.readmodel.filling import fill
from ledger_projections.readmodel.store import ReadModel
from ledger_projections.readmodel.streams import StreamTables

from tests.brought import brought
from tests.cutting import Cut, opened
from tests.projections.readmodel.test_kept_over_all import ALL, SPOKEN, anew, over_all

if TYPE_CHECKING:
    from pathlib import Path

    from ledger.journal import Reader
    from tests.projections.readmodel.test_kept_over_all import Row

AT = "2025-04-15T12:00:00.000000Z"
JOURNAL = brought(SPOKEN)
SHORTER = Cut(JOURNAL, JOURNAL.head() - 2)


@pytest.mark.parametrize("kept", [True, False])
@pytest.mark.parametrize("locked", [True, False])
def test_rows_are_of_one_state_before_whichever_statement_another_brings_the_tables_up_to_date(
    tmp_path: Path, kept: bool, locked: bool
) -> None:
    before, after = made(SHORTER), made(JOURNAL)
    assert [] != before != after != []

    for turn in range(100):
        path = tmp_path / f"{turn}.db"
        statements, found = _disturbed(path, turn, kept=kept, locked=locked)
        assert found in (before, after), f"before statement {turn}"
        if turn > statements:
            return
    raise AssertionError("there are more statements than were tried")


def test_a_file_that_is_found_damaged_when_the_rows_are_read_is_made_anew_with_them(tmp_path: Path) -> None:
    path, other = tmp_path / "tables.db", tmp_path / "other.db"
    _copy(JOURNAL, path).close()
    with closing(_copy(JOURNAL, other)) as sound:
        expected = anew(sound, AT)
    model = ReadModel(_Damaged(_opened(path)), lambda: _opened(other))  # type: ignore[arg-type]

    with closing(model):
        assert [row["signal"] for row in model.rows("signals", "signal = 'A-neglected'", at=AT)] == ["A-neglected"]
        assert over_all(model.connection, AT) == expected


def made(reader: Reader) -> list[Row]:
    """Return the signals over all that tables made of *reader* give."""
    db = opened()
    fill(db, reader, ALL, AT)
    with closing(db):
        return anew(db, AT)


class _Damaged:
    """A connection that finds damage in what is kept, once it is kept."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __getattr__(self, name: str) -> object:
        return getattr(self._db, name)

    def execute(self, sql: str, values: tuple[object, ...] = ()) -> sqlite3.Cursor:
        if "UNION ALL" in sql:
            error = sqlite3.DatabaseError("database disk image is malformed")
            error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise error
        return self._db.execute(sql, values)


def _disturbed(path: Path, turn: int, *, kept: bool, locked: bool) -> tuple[int, list[Row]]:
    """Read while another writes before statement *turn*, having *locked* the file before the first if asked."""
    with closing(_copy(SHORTER, path)) as other, closing(_opened(path)) as db:
        if kept:
            over_all(db, AT)
        if locked:
            other.execute("BEGIN IMMEDIATE")
        seen: list[str] = []

        def look(sql: str) -> None:
            if len(seen) == turn:
                if other.in_transaction:
                    other.execute("ROLLBACK")
                refresh(other, JOURNAL, StreamTables(ALL), AT)
            seen.append(sql)

        db.set_trace_callback(look)
        found = over_all(db, AT)
        db.set_trace_callback(None)
        return len(seen), found


def _copy(reader: Reader, path: Path) -> sqlite3.Connection:
    """Return the tables of *reader* in a file."""
    db = _opened(path)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = OFF")
    fill(db, reader, ALL, AT)
    return db


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, timeout=0)
