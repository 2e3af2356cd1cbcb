"""Figures of many engagements come one after another: each stream is folded, told and let go before the next."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from ledger_projections.metrics import METRICS
from ledger_projections.portfolio.gathered import NEEDED
from ledger_projections.replaying.snapshot import scan, snapshot
from ledger_projections.tables import READABLE
from ledger_projections.tables.metrics import table_of

from ledger.replay import TODAY
from tests.histories import LATER, Step, told
from tests.transcripts import FOLDER, Terminal, play

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ledger.journal import Stored
    from ledger.testing.fakes import MemoryJournal
    from ledger.values import Stream

TABLE = READABLE["metrics"]
THREE: Sequence[Step] = [("open", 0, 0)] * 3
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


def test_a_metric_over_all_folds_no_stream_where_its_rows_are_brought(
    journal: MemoryJournal, streams_read: list[Stream]
) -> None:
    made = snapshot(journal, TODAY, LATER, [READABLE[name] for name in NEEDED])
    streams_read.clear()

    def brought(table: str, *, part: str = "", more: str = "", columns: Sequence[str] = ()) -> list[dict[str, Any]]:
        return [row for row in made[table] if not part or row["part"] == part]

    rows = [*scan(journal, TODAY, LATER, [table_of(OVER_ALL)], brought=brought)]

    assert {*streams_read} == {"practice"}  # it tells on which day an instant falls
    assert [row for _, row in rows] == snapshot(journal, TODAY, LATER, [table_of(OVER_ALL)])["metrics"]


@pytest.mark.parametrize("story", ["metrics.txt", "st9.txt", "weekly.txt"])
def test_rows_of_the_tables_and_rows_put_aside_make_the_same_figures(tmp_path: Path, story: str) -> None:
    terminal = Terminal(tmp_path)
    play(FOLDER / story, terminal)

    def rows(*options: str) -> list[dict[str, Any]]:
        answer = terminal.run(" ".join(("engage metrics --json", *options)))
        found: list[dict[str, Any]] = json.loads(answer.out)["rows"]
        return found

    assert rows() == rows("--trust-claimed")
