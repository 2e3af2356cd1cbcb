"""A wrong clock put right: what was known when, and how soon it was written down, follow; the bytes stay."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_projections.readmodel.catchup import refresh
from ledger_projections.readmodel.filling import start
from ledger_projections.readmodel.streams import StreamTables
from ledger_projections.replaying.snapshot import snapshot
from ledger_projections.tables import TABLES

from ledger.canonical import JSON
from ledger.clocks import Clocks, read_clocks
from ledger.drafts import Draft
from ledger.events import ClockCorrected
from ledger.names import PRACTICE, read_stream
from ledger.recall import recall
from ledger.replay import Replay
from ledger.stores.reading import SqliteReader
from ledger.values import Position, Stream
from tests.cutting import built, everything, opened
from tests.kept import Kept, kept

LATER = "2025-06-07T08:00:00.000000Z"
HOUR = 3_600
ALL = list(TABLES.values())


def corrected(first: int, last: int, seconds: int) -> Draft:
    data: dict[str, JSON] = {
        "first_position": first,
        "last_position": last,
        "offset_seconds": seconds,
        "reason": "the battery",
    }
    return Draft("clock-corrected", PRACTICE, data)


def with_corrections(folder: Path, *corrections: tuple[int, int, int]) -> Kept:
    """Return a ledger with two pieces of news, at #4 and #5, and *corrections* of the clock that wrote them."""
    of = kept(folder, key=False)
    of.clock.now = of.clock.now.replace(hour=10)
    of.tell("late")
    of.tell("later")
    for correction in corrections:
        with of.open() as ledger:
            ledger.record(corrected(*correction))
    return of


def news_known(of: Kept, known_on: str) -> list[int]:
    """Return the positions of the news that was known then, by the tables and by the fold alike."""
    with SqliteReader(of.path) as reader:
        stream = next(head.stream for head in reader.streams() if head.stream.startswith("engagement/"))
        folded = [
            news.learned.entry.position
            for news in recall(reader, stream, Replay(known_on=known_on)).engagement.news.values()
            if news.learned
        ]
        rows = snapshot(reader, Replay(known_on=known_on), LATER, [TABLES["entries"]])["entries"]
    assert [row["position"] for row in rows if row["type"] == "news-learned"] == folded
    return [int(position) for position in folded]


def entries(of: Kept) -> dict[int, dict[str, Any]]:
    with SqliteReader(of.path) as reader:
        rows = snapshot(reader, Replay(), LATER, [TABLES["entries"]])["entries"]
    return {row["position"]: row for row in rows}


@pytest.mark.parametrize(
    ("corrections", "known"),
    {
        "none": ([], []),
        "an hour ahead": ([(4, 5, -HOUR)], [4, 5]),
        "only the first": ([(4, 4, -HOUR)], [4]),
        "said twice": ([(4, 5, -HOUR), (5, 5, 60)], [4]),
        "said otherwise later": ([(4, 5, 60), (4, 5, -HOUR)], [4, 5]),
        "not by a whole hour": ([(4, 5, -60)], []),
    }.values(),
)
def test_what_was_known_is_told_by_the_right_time(
    corrections: list[tuple[int, int, int]], known: list[int], tmp_path: Path
) -> None:
    assert news_known(with_corrections(tmp_path, *corrections), "2025-06-06T09:30:00.000000Z") == known


def test_a_withdrawn_correction_corrects_nothing(tmp_path: Path) -> None:
    of = with_corrections(tmp_path, (4, 5, -HOUR))
    with of.open() as ledger:
        (fact,) = ledger.names.practice.clocks
        ledger.record(Draft("entry-corrected", PRACTICE, {"entry": fact.entry.id, "kind": "withdraw", "reason": "x"}))

    assert news_known(of, "2025-06-06T09:30:00.000000Z") == []


def test_both_times_are_shown_and_how_soon_it_was_written_follows_the_right_one(tmp_path: Path) -> None:
    before, after = (
        entries(with_corrections(tmp_path / name, *said))[4] for name, said in (("a", []), ("b", [(4, 5, 48 * HOUR)]))
    )

    assert after["recorded"] == before["recorded"] == before["recorded_now"]
    assert after["recorded_now"][:13] == "2025-06-08T10"
    assert (before["grade"], after["grade"], after["lag_hours"]) == ("A", "B", before["lag_hours"] + 48)


def test_the_bytes_and_their_order_stay(tmp_path: Path) -> None:
    of = with_corrections(tmp_path)
    with SqliteReader(of.path) as reader:
        before = reader.since(Position(0), 5)
    with of.open() as ledger:
        ledger.record(corrected(4, 4, 99 * HOUR))

    with SqliteReader(of.path) as reader:
        assert reader.since(Position(0), 5) == before


def test_tables_that_caught_up_are_those_made_anew(tmp_path: Path) -> None:
    of = with_corrections(tmp_path)
    db, projection = opened(), StreamTables(ALL)
    with SqliteReader(of.path) as reader:
        start(db, reader, ALL, LATER)
        refresh(db, reader, projection, LATER)
    with of.open() as ledger:
        ledger.record(corrected(4, 5, 48 * HOUR))
    of.tell("latest")

    with SqliteReader(of.path) as reader:
        refresh(db, reader, projection, LATER)
        assert everything(db, ALL) == built(reader, ALL, LATER)


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 9), st.integers(-9, 9)), max_size=5), st.integers(1, 20))
def test_the_correction_said_last_holds(said: list[tuple[int, int, int]], position: int) -> None:
    clocks = Clocks(
        tuple(
            ClockCorrected(first_position=first, last_position=first + more, offset_seconds=seconds, reason="x")
            for first, more, seconds in said
        )
    )

    covering = [seconds for first, more, seconds in said if first <= position <= first + more]

    assert clocks.offset(position) == (covering[-1] if covering else 0)


def test_a_correction_beyond_a_position_is_not_read_yet(tmp_path: Path) -> None:
    with SqliteReader(with_corrections(tmp_path, (4, 5, -HOUR)).path) as reader:
        facts = read_stream(reader, Stream("practice"))

        assert (read_clocks(reader, facts[-1].entry.position - 1), len(read_clocks(reader).said)) == (Clocks(), 1)
