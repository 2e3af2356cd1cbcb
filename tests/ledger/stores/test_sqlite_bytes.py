"""The SQLite store finishes bytes exactly as `entry.encode` writes them, and takes erased texts for said."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import canonical, entry
from ledger.canonical import JSON
from ledger.errors import IdConflict
from ledger.stores.finishing import finish
from ledger.stores.recorder import LedgerDatastore, LedgerRecorder
from ledger.stores.sqlite import SqliteJournal
from ledger.testing.proposals import ORIGIN, STREAM, FakeClock, entry_id, proposal
from ledger.values import Stream
from tests.strategies import json_objects

RECORDED = "2025-06-06T08:20:00.000000Z"
hostile = st.sampled_from(['","subject":"', '","provenance":"cli', '\\","subject":"x', '"', "\\", "é", "x"])
lines = st.lists(hostile, min_size=1, max_size=4).map("".join)
optional: st.SearchStrategy[dict[str, JSON]] = st.fixed_dictionaries(
    {},
    optional={
        "signature": st.just("Zm9v"),
        "signerkey": lines,
        "correlationid": lines,
        "causationid": lines,
        "claimedactor": lines,
        "privileged": st.just(True),
        "sourcekey": st.just("ab" * 32),
        "onbehalfof": st.just("c7"),
        "occurred": st.just("2025-06-06"),
    },
)
nested = st.fixed_dictionaries({}, optional={"subject": lines, "provenance": lines, "source": lines, "more": lines})


@given(optional, json_objects, nested, st.integers(1, 2**53 - 1))
def test_a_finished_proposal_is_the_encoded_entry(
    more: dict[str, JSON], data: dict[str, JSON], inner: dict[str, JSON], version: int
) -> None:
    said = {**proposal(1, fields={**data, "inner": inner}).attributes, **more}

    finished = finish(canonical.encode(said), RECORDED, version)

    assert finished == entry.encode({**said, "recordedtime": RECORDED, "streamversion": version})


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqliteJournal]:
    with SqliteJournal.create(tmp_path / "ledger.db", ORIGIN, FakeClock()) as journal:
        yield journal


def test_a_repeat_of_what_was_erased_is_answered_though_nobody_can_compare_it(journal: SqliteJournal) -> None:
    first = proposal(1)
    journal.append([first, proposal(2)], {STREAM: 0})
    with closing(sqlite3.connect(journal.path, isolation_level=None)) as db:
        db.execute("DELETE FROM disclosures WHERE length(disclosure) > 40")

    assert not journal.append([first, proposal(2, text="who knows")], {STREAM: 2})[1].new
    with pytest.raises(IdConflict):
        journal.append([proposal(1, actor="a2")], {STREAM: 2})


def test_eventsourcing_reads_the_same_entries_by_our_positions(journal: SqliteJournal) -> None:
    other = Stream("practice")
    journal.append([proposal(1), proposal(2, other), proposal(3)], {STREAM: 0, other: 0})
    datastore = LedgerDatastore(journal.path, 1)
    recorder = LedgerRecorder(datastore, FakeClock())

    notified = recorder.select_notifications(start=2, limit=9)
    selected = recorder.select_events(STREAM, gt=1)
    newest = recorder.max_notification_id()
    datastore.close()

    assert [(n.id, n.originator_id, n.originator_version) for n in notified] == [(2, other, 1), (3, STREAM, 2)]
    assert [(n.id, n.state) for n in notified] == [(s.position, s.raw) for s in journal.since(notified[0].id - 1, 9)]  # type: ignore[arg-type]  # a position
    assert [(e.originator_version, e.state) for e in selected] == [(2, journal.read(STREAM)[1].raw)]
    assert newest == 3


def test_a_full_tile_of_full_tiles_is_kept_once_it_is_full(journal: SqliteJournal) -> None:
    stream, head = STREAM, 0
    for size in (300, 65_535, 65_536, 65_540):
        said = [_bare(number) for number in range(head + 1, size + 1)]
        journal.append(said, {stream: head})
        head = size

    with closing(sqlite3.connect(journal.path)) as db:
        kept = db.execute("SELECT level, count(*), max(number) FROM tiles GROUP BY level").fetchall()
    assert kept == [(0, 256, 255), (1, 1, 0)]


def _bare(number: int) -> entry.Proposal:
    attributes = dict(_BARE.attributes)
    attributes["id"] = entry_id(number)
    return entry.Proposal(attributes)


_BARE = entry.Proposal({**proposal(1).attributes, "data": {}})
