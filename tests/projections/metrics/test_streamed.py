"""Figures of many engagements come one after another: each stream is folded, told and let go before the next."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_projections.metrics import METRICS
from ledger_projections.portfolio.gathered import NEEDED
from ledger_projections.readmodel.catchup import refresh
from ledger_projections.readmodel.filling import start
from ledger_projections.readmodel.reread import reading_again
from ledger_projections.readmodel.streams import StreamTables
from ledger_projections.replaying.snapshot import scan, snapshot
from ledger_projections.tables import READABLE
from ledger_projections.tables.metrics import table_of

from ledger.replay import TODAY
from tests.brought import brought, steps
from tests.cutting import Cut, opened
from tests.histories import LATER, Step, told
from tests.projections.portfolio.test_laws import MADE, days
from tests.transcripts import FOLDER, Terminal, play

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ledger.journal import Stored
    from ledger.testing.fakes import MemoryJournal
    from ledger.values import Stream
    from tests.brought import Step as Sown

TABLE = READABLE["metrics"]
THREE: Sequence[Step] = [("open", 0, 0)] * 3
BY_ID = {metric.id: metric for metric in METRICS}
OVER_ALL = [metric for metric in METRICS if metric.over_all]


@pytest.fixture
def journal() -> MemoryJournal:
    """Return a ledger of several engagements."""
    return told([*THREE, ("news", 1, 0), ("foreseen", 0, 0)])


@pytest.fixture
def streams_read(journal: MemoryJournal, monkeypatch: pytest.MonkeyPatch) -> list[Stream]:
    """Return the list that the streams of the ledger are put into as they are read."""
    seen: list[Stream] = []
    read = journal.read

    def noted(stream: Stream) -> Sequence[Stored]:
        seen.append(stream)
        return read(stream)

    monkeypatch.setattr(journal, "read", noted)
    return seen


def test_the_first_rows_come_before_the_last_stream_is_read(journal: MemoryJournal, streams_read: list[Stream]) -> None:
    last = [head.stream for head in journal.streams()][-1]

    next(scan(journal, TODAY, LATER, [TABLE]))

    assert last not in streams_read


def test_an_engagement_is_read_once_for_itself_and_its_account(
    journal: MemoryJournal, streams_read: list[Stream]
) -> None:
    rows = [row for _, row in scan(journal, TODAY, LATER, [TABLE])]

    engagements = [stream for stream in streams_read if stream.startswith("engagement/")]
    assert sorted(engagements) == sorted({row["stream"] for row in rows if row["engagement"]})


def test_a_metric_over_all_folds_no_stream_where_its_rows_are_brought(
    journal: MemoryJournal, streams_read: list[Stream]
) -> None:
    made = snapshot(journal, TODAY, LATER, [READABLE[name] for name in NEEDED])
    streams_read.clear()

    def told_already(
        table: str, *, part: str = "", more: str = "", columns: Sequence[str] = ()
    ) -> list[dict[str, Any]]:
        return [row for row in made[table] if not part or row["part"] == part]

    rows = [*scan(journal, TODAY, LATER, [table_of(OVER_ALL)], brought=told_already)]

    assert {*streams_read} == {"practice"}  # it tells on which day an instant falls
    assert [row for _, row in rows] == snapshot(journal, TODAY, LATER, [table_of(OVER_ALL)])["metrics"]


@given(steps, days, st.data())
@settings(max_examples=60, deadline=None)
def test_however_the_rows_came_about_figures_over_all_are_the_same_in_the_same_order(
    taken: Sequence[Sown], as_of: str, data: st.DataObject
) -> None:
    journal, grown = brought(taken), opened()
    start(grown, Cut(journal, 0), MADE, as_of)
    for last in sorted(data.draw(st.sets(st.integers(1, journal.head())))):
        refresh(grown, Cut(journal, last), StreamTables(MADE), as_of)
    refresh(grown, journal, StreamTables(MADE), as_of)

    kept = scan(journal, TODAY, as_of, [table_of(OVER_ALL)], brought=reading_again(grown.execute, MADE))
    aside = scan(journal, TODAY, as_of, [table_of(OVER_ALL)])

    assert [*kept] == [*aside]
    grown.close()


@given(steps, days)
@settings(max_examples=60, deadline=None)
def test_figures_that_do_not_name_all_entries_say_which_figures_do(taken: Sequence[Sown], as_of: str) -> None:
    rows = snapshot(brought(taken), TODAY, as_of, [table_of([BY_ID["P30"]])])["metrics"]

    for total in rows:
        told_by = [row for row in rows if row["figure"] in total["through"].split(", ")]
        named = {position for row in told_by for position in row["positions"]}
        assert named >= {*total["positions"]} or not total["through"]
        assert len(named) == total["n"] or not total["through"] or total["value"] is None


@pytest.mark.parametrize("story", ["metrics.txt", "st9.txt", "weekly.txt"])
def test_rows_of_the_tables_and_rows_put_aside_make_the_same_figures(tmp_path: Path, story: str) -> None:
    terminal = Terminal(tmp_path)
    play(FOLDER / story, terminal)

    def rows(*options: str) -> list[dict[str, Any]]:
        answer = terminal.run(" ".join(("engage metrics --json", *options)))
        found: list[dict[str, Any]] = json.loads(answer.out)["rows"]
        return found

    assert rows() == rows("--trust-claimed")


def test_what_stands_on_several_streams_is_of_our_own_side_and_names_the_figures_behind_it(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    play(FOLDER / "talk.txt", terminal)

    said = terminal.run("engage metrics P30").out

    assert "\npractice\n" in said
    assert " · the others: minutes\n" in said
