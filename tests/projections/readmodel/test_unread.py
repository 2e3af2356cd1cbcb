"""Entries that no row of a table says anything of are not read for it: its rows are those it has among all tables."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_projections.replaying.snapshot import snapshot
from ledger_projections.table import Table
from ledger_projections.tables import TABLES
from ledger_projections.tables.conversation import CONVERSATION

from ledger.drafts import Draft, Identity
from ledger.events import BY_NAME
from ledger.journal import Reader, Stored
from ledger.replay import Replay
from ledger.service import Ledger
from ledger.stores.reading import SqliteReader
from ledger.stores.sqlite import SqliteJournal
from ledger.testing.fakes import SetClock
from ledger.values import Stream
from tests.cutting import Cut, built
from tests.histories import LATER, Step, eventful, steps, told

ALL = list(TABLES.values())
ALONE = [table for table in ALL if table.unread]
TOGETHER = [[table for table in ALONE if table.unread == unread] for unread in {table.unread for table in ALONE}]
"""Those that leave out the same."""
NAMES = {kind.stored_name for kind in CONVERSATION}
TYPES = {kind.stored_name for kind in BY_NAME.values()}
TALK: Sequence[Step] = [("asked", which, 0) for which in (1, 2, 3, 5, 6, 7)]
E1 = Stream("engagement/e1")


@given(steps | eventful, st.integers(0, 3))
@settings(max_examples=200, deadline=None)
def test_tables_made_without_talk_have_the_rows_that_are_made_with_it(taken: Sequence[Step], cut: int) -> None:
    journal = told(taken)
    reader = Cut(journal, journal.head() - cut)

    for tables in TOGETHER:
        assert built(reader, tables, LATER) == built(reader, reading_all(tables), LATER)


@given(steps | eventful, st.integers(1, 28), st.booleans(), st.booleans())
@settings(max_examples=200, deadline=None)
def test_a_replay_of_them_too(taken: Sequence[Step], day: int, of_what_was_known: bool, of_what_was_so: bool) -> None:
    then = f"2025-06-{day:02}T23:00:00.000000Z"
    replay = Replay(then if of_what_was_known else None, then if of_what_was_so else None)
    journal = told(taken)

    for tables in ([table for table in some if not table.counts] for some in TOGETHER):
        assert snapshot(journal, replay, then, tables) == snapshot(journal, replay, then, reading_all(tables))


@pytest.mark.parametrize(
    ("kind", "agreed", "kept"),
    [("feedback", 21, "feedback-requested"), ("check_in", 22, "spoke"), ("account_review", 23, "spoke")],
)
def test_a_rhythm_that_talk_keeps_is_kept_in_a_replay_of_it_alone(kind: str, agreed: int, kept: str) -> None:
    journal = told([("cadence", agreed, 9), (kept, {"spoke": 21}.get(kept, 13), 0), *TALK])

    rows = snapshot(journal, Replay(), LATER, [TABLES["cadence_occurrences"]])["cadence_occurrences"]

    assert [row["kind"] for row in rows if row["entry"] is not None] == [kind]


def test_questions_are_not_read_for_milestones_and_slips() -> None:
    reader = Noting(told([*TALK, ("foreseen", 1, 0), *TALK]))

    snapshot(reader, Replay(), LATER, [TABLES["milestones"], TABLES["slips"]])
    built(reader, [TABLES["milestones"], TABLES["engagement_status"]], LATER)

    assert reader.read_kinds.isdisjoint(NAMES - {reader.newest_kind})
    assert "engagement.slip-foreseen.v1" in reader.read_kinds


def test_status_counts_what_was_not_read() -> None:
    journal = told([*TALK, ("foreseen", 1, 0), *TALK])

    (row,) = snapshot(journal, Replay(), LATER, [TABLES["engagement_status"]])["engagement_status"]

    assert row["entry_count"] == journal.version(Stream(f"engagement/{row['engagement']}")) > 2 * len(TALK)
    assert (
        built(journal, [TABLES["engagement_status"]], LATER)["engagement_status"]
        == (built(journal, ALL, LATER)["engagement_status"])
    )


@given(steps, st.sets(st.sampled_from(sorted(TYPES))))
@settings(max_examples=40, deadline=None)
def test_what_is_left_out_is_of_those_types_and_never_the_newest(taken: Sequence[Step], types: set[str]) -> None:
    journal = told(taken)

    for head in journal.streams():
        check_read_but(journal, head.stream, types)


@pytest.fixture
def on_disk(tmp_path: Path) -> Iterator[SqliteReader]:
    path, clock = tmp_path / "ledger.db", SetClock()
    with closing(SqliteJournal.create(path, "ledger.example/engagements/unread", clock)) as journal:
        ledger = Ledger(journal, Identity("lead@example.org", "Lead"), clock=clock)
        ledger.record(
            Draft("account-opened", "account/acme", {"kind": "organisation", "alias": "acme", "name": "Acme"})
        )
        ledger.record(Draft("engagement-opened", E1, {"account": "acme", "alias": "e1"}))
        for number in range(1, 4):
            milestone = {"milestone_id": f"M{number}", "due": "2025-07-01", "title": "t"}
            ledger.record(Draft("milestone-agreed", E1, milestone))
            ledger.record(Draft("assumption-recorded", E1, {"statement": f"guess {number}"}))
    with SqliteReader(path) as reader:
        yield reader


MILESTONE, GUESS, OPENED = (
    f"engagement.{name}.v1" for name in ("milestone-agreed", "assumption-recorded", "engagement-opened")
)


@pytest.mark.parametrize(
    "types", [(), (MILESTONE,), (GUESS,), (GUESS, MILESTONE), (GUESS, MILESTONE, OPENED), ("engagement.unheard-of.v1",)]
)
def test_a_file_leaves_out_what_memory_leaves_out(on_disk: SqliteReader, types: Sequence[str]) -> None:
    check_read_but(on_disk, E1, types)


def test_nothing_is_left_out_of_a_stream_that_is_not_there(on_disk: SqliteReader) -> None:
    assert on_disk.read_but(Stream("engagement/nobody"), [GUESS]) == ([], 0)


def check_read_but(reader: Reader, stream: Stream, types: Collection[str]) -> None:
    """Assert that *reader* leaves out those *types* of a stream, and nothing else."""
    every = reader.read(stream)
    kept, left_out = reader.read_but(stream, types)

    assert [*kept] == [each for each in every if each is every[-1] or said(each)["type"] not in types]
    assert left_out == len(every) - len(kept)


def reading_all(tables: Sequence[Table]) -> list[Table]:
    """Return the same tables, that leave nothing out."""
    return [table._replace(unread=frozenset()) for table in tables]


def said(stored: Stored) -> Mapping[str, Any]:
    """Return the attributes of an entry."""
    attributes: dict[str, Any] = orjson.loads(stored.raw)
    return attributes


class Noting:
    """A reader that notes of which types the entries of engagements are that it gives."""

    def __init__(self, journal: Reader) -> None:
        self._journal = journal
        self.read_kinds: set[str] = set()
        self.newest_kind = ""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._journal, name)

    def read(self, stream: Stream) -> Sequence[Stored]:
        return self._noted(stream, self._journal.read(stream))

    def read_but(self, stream: Stream, types: Collection[str]) -> tuple[Sequence[Stored], int]:
        kept, left_out = self._journal.read_but(stream, types)
        return self._noted(stream, kept), left_out

    def _noted(self, stream: Stream, kept: Sequence[Stored]) -> Sequence[Stored]:
        if stream.startswith("engagement/"):
            self.read_kinds |= {said(each)["type"] for each in kept}
            self.newest_kind = said(kept[-1])["type"]
        return kept
