"""Signals over all that are kept are those that are made anew, at any state of the tables and any time (ADR 22)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st
from ledger_projections.portfolio import PORTFOLIO, signals_over_all
from ledger_projections.portfolio.gathered import Gathered, twinned
from ledger_projections.readmodel.catchup import refresh
from ledger_projections.readmodel.filling import fill, start
from ledger_projections.readmodel.over_all import with_those_over_all
from ledger_projections.readmodel.store import ReadModel
from ledger_projections.readmodel.streams import StreamTables
from ledger_projections.tables import TABLES

from ledger.replay import TODAY
from tests.brought import NEGLECTED, Step, brought, steps
from tests.cutting import Cut, opened
from tests.projections.portfolio.test_laws import MADE, OFTEN, all_rows, days

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    Row = dict[str, Any]

ALL = [*MADE, TABLES["signals"]]
AS_OF = "2025-03-03T08:00:00.000000Z"
SPOKEN: Sequence[Step] = (*NEGLECTED, ("spoke", 5, 0), ("person", 1, 0))
moments = st.lists(
    st.tuples(days, st.integers(0, 23), st.integers(0, 59)).map(lambda t: f"{t[0][:11]}{t[1]:02}:{t[2]:02}:00.000000Z"),
    min_size=1,
    max_size=4,
)


@given(steps, moments, st.data())
@OFTEN
def test_what_is_kept_is_what_is_made_anew(taken: Sequence[Step], asked: Sequence[str], data: st.DataObject) -> None:
    journal, grown = brought(taken), opened()
    start(grown, Cut(journal, 0), ALL, AS_OF)
    ends = sorted(data.draw(st.sets(st.integers(1, journal.head()), max_size=3)) | {journal.head()})
    for last in ends:
        for at in sorted(asked):
            reader = Cut(journal, last)
            refresh(grown, reader, StreamTables(ALL), at)
            assert over_all(grown, at) == over_all(grown, at) == anew(grown, at)
    grown.close()


@given(steps.filter(len), moments)
@OFTEN
def test_so_it_is_whenever_one_looks_while_nothing_is_written(taken: Sequence[Step], asked: Sequence[str]) -> None:
    journal, db = brought(taken), opened()
    fill(db, journal, ALL, AS_OF)
    for at in asked:  # forward and back: what was kept last may be of a later time
        assert over_all(db, at) == anew(db, at)
    db.close()


def test_they_are_read_beside_the_others_and_not_gathered_first() -> None:
    """Each is a scan of its own: of rows that are not wanted, SQLite does not so much as read the lists of entries."""
    journal, db, at = brought(SPOKEN), opened(), "2025-04-15T12:00:00.000000Z"
    fill(db, journal, ALL, at)
    plans: list[Any] = []

    def planned(source: str) -> list[Any]:
        plans.extend(
            db.execute(f"EXPLAIN QUERY PLAN SELECT signal, entries FROM {source} WHERE rank = 1 AND NOT tombstone")
        )
        return []

    with_those_over_all(ReadModel(db), at, planned)

    assert plans
    assert not [step for *_, step in plans if "CO-ROUTINE" in step or "MATERIALIZE" in step]
    db.close()


def test_they_say_what_a_replay_of_now_says() -> None:
    journal, db, at = brought(SPOKEN), opened(), "2025-04-15T12:00:00.000000Z"
    fill(db, journal, ALL, at)

    assert over_all(db, at) == over_all(db, at) == all_rows(journal, TODAY, at) != []
    db.close()


def test_what_is_kept_holds_until_a_day_begins_in_a_zone_that_it_counts_in() -> None:
    journal, db = brought(SPOKEN), opened()
    fill(db, journal, ALL, "2025-04-15T12:00:00.000000Z")

    assert [kept_for(db, f"2025-04-{at}:00.000000Z") for at in ("15T12:00", "15T22:59", "15T23:00")] == [
        ("2025-04-15T12:00:00.000000Z", "2025-04-15T23:00:00.000000Z"),  # midnight in London
        ("2025-04-15T12:00:00.000000Z", "2025-04-15T23:00:00.000000Z"),
        ("2025-04-15T23:00:00.000000Z", "2025-04-16T00:00:00.000000Z"),
    ]
    db.close()


def test_whoever_brings_the_tables_up_to_date_lets_go_of_it() -> None:
    journal, db = brought(SPOKEN), opened()
    fill(db, Cut(journal, journal.head() - 1), ALL, AS_OF)
    kept_for(db, AS_OF)
    refresh(db, journal, StreamTables(ALL), AS_OF)

    assert [db.execute(f"SELECT count(*) FROM internal_{name}").fetchone() for name in ("over_all", "signals")] == [
        (0,),
        (0,),
    ]
    db.close()


def test_a_file_that_another_writes_to_is_read_without_waiting_and_nothing_is_kept_in_it(tmp_path: Path) -> None:
    at, path = "2025-04-15T12:00:00.000000Z", tmp_path / "tables.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as db, closing(sqlite3.connect(path)) as other:
        db.execute("PRAGMA journal_mode = WAL")
        fill(db, brought(SPOKEN), ALL, at)
        other.execute("BEGIN IMMEDIATE")

        assert over_all(db, at) == over_all(db, at) == anew(db, at) != []
        other.rollback()
        assert other.execute("SELECT count(*) FROM internal_over_all").fetchone() == (0,)


def test_a_file_that_can_only_be_read_is_read(tmp_path: Path) -> None:
    at, path = "2025-04-15T12:00:00.000000Z", tmp_path / "tables.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        fill(db, brought(SPOKEN), ALL, at)
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)) as db:
        assert over_all(db, at) == over_all(db, at) == anew(db, at) != []


def over_all(db: sqlite3.Connection, at: str) -> list[Row]:
    """Return the signals over all that are read, kept or not."""
    rows = ReadModel(db).rows("signals", at=at)
    return sorted((row for row in rows if row["signal"] in PORTFOLIO), key=repr)


def anew(db: sqlite3.Connection, at: str) -> list[Row]:
    """Return the same, made of the tables as they are."""
    model = ReadModel(db)

    def rows(table: str, *, part: str = "", more: str = "", columns: Sequence[str] = ()) -> list[Row]:
        return model.rows(table, f"part = '{part}'" if part else more, columns=columns)

    names = model.columns("signals")
    return sorted((twinned(row, names) for row in signals_over_all(Gathered(rows, at))), key=repr)


def kept_for(db: sqlite3.Connection, at: str) -> tuple[str, str]:
    """Look at the signals at an instant, and return from when until when what is kept then holds."""
    over_all(db, at)
    since, until = db.execute("SELECT since, until FROM internal_over_all").fetchone()
    return since, until
