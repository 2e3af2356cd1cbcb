"""Whatever happened: tables brought up to date entry by entry are the tables made from nothing."""

from collections.abc import Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ledger_projections.readmodel.catchup import refresh
from ledger_projections.readmodel.filling import start
from ledger_projections.readmodel.streams import StreamTables
from ledger_projections.tables import TABLES

from ledger.testing.fakes import MemoryJournal
from tests.cutting import Cut, built, everything, opened
from tests.histories import LATER, Step, eventful, read, steps, told

ALL = list(TABLES.values())
LAST_POSITION = -4
"""The place of `last_position`: before `updated_at`, its twin and `tombstone`."""
FIXED = settings(max_examples=25, deadline=None)


@given(steps, st.integers(1, 9), st.integers(1, 60))
@example([("questioned", 1, 0), ("answered", 0, 0)], 1, 1)
@example([("withdraw", 32, 0), ("gift-recorded", 0, 0), ("due", 1, 1)], 1, 1)
@FIXED
def test_catching_up_makes_the_rows_that_a_rebuild_makes(taken: Sequence[Step], page: int, stride: int) -> None:
    catch_up_and_rebuild(taken, page, stride)


@pytest.mark.slow
@given(steps | eventful)
@settings(max_examples=500, deadline=None)
def test_it_does_so_for_many_a_history_entry_by_entry(taken: Sequence[Step]) -> None:
    catch_up_and_rebuild(taken, 1, 1)


def catch_up_and_rebuild(taken: Sequence[Step], page: int, stride: int) -> None:
    """Assert that tables brought up to date page by page are those made from nothing."""
    journal = told(taken)
    db, projection = opened(), StreamTables(ALL)
    start(db, journal, ALL, LATER)

    cut = Cut(journal, 0)
    for cut.last in [*range(1, journal.head(), stride), journal.head()]:
        refresh(db, cut, projection, LATER, page=page)

    assert everything(db, ALL) == built(journal, ALL, LATER)


@given(steps, st.integers(1, 30))
@FIXED
def test_rows_whose_time_has_come_are_made_anew(taken: Sequence[Step], hours: int) -> None:
    journal = told(taken)
    db, projection = opened(), StreamTables(ALL)
    early = recorded(journal)
    start(db, journal, ALL, early)

    refresh(db, journal, projection, early)
    for day in range(1, 28, hours):
        refresh(db, journal, projection, f"2025-07-{day:02}T12:00:00.000000Z")
    for table in ALL:
        refresh(db, journal, projection, LATER, settle=table.name)

    assert everything(db, ALL) == built(journal, ALL, LATER)


@given(steps, st.data())
@FIXED
def test_a_row_that_nothing_new_touched_keeps_its_last_position(taken: Sequence[Step], data: st.DataObject) -> None:
    journal = told(taken)
    last = data.draw(st.integers(1, journal.head()))
    before, after = built(Cut(journal, last), ALL, LATER), built(journal, ALL, LATER)

    for table in ALL:
        old, new = set(before[table.name]), set(after[table.name])
        assert not [row for row in new - old if int(str(row[LAST_POSITION])) <= last]


def test_a_gift_beside_an_engagement_that_was_taken_back_still_stands_on_its_corrections() -> None:
    journal = told([*[("gift-recorded", 0, 0)] * 2, ("withdraw", 0, 0), ("withdraw", 32, 0)])
    after = set(built(journal, [TABLES["gifts"]], LATER)["gifts"])

    for last in range(1, journal.head()):
        old = set(built(Cut(journal, last), [TABLES["gifts"]], LATER)["gifts"])
        assert not [row for row in after - old if int(str(row[LAST_POSITION])) <= last]


def recorded(journal: MemoryJournal) -> str:
    """Return when the newest entry was recorded."""
    stored = journal.at(journal.head())
    assert stored is not None
    return str(read(stored)["recordedtime"])
