"""A signal and a flag say whether anything behind them is private, so that whoever hands them on can leave those out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_projections.replaying.snapshot import snapshot
from ledger_projections.tables import TABLES

from ledger.replay import TODAY
from ledger.values import Position
from tests.brought import Portfolio
from tests.brought import Step as Act
from tests.brought import steps as acts
from tests.histories import LATER, Step, read, steps
from tests.projections.publishing.test_readers import secretive
from tests.publishing import published
from tests.views import World

if TYPE_CHECKING:
    from pathlib import Path

    from ledger.journal import Reader

    Row = dict[str, Any]

SECRETS = st.lists(st.sampled_from((0, 0, 1, 2)), min_size=1, max_size=6)
HIDDEN = st.lists(st.tuples(st.integers(0, 40), st.booleans()), max_size=5)


@pytest.mark.parametrize("table", ["signals", "flags"])
@given(taken=steps, secrets=SECRETS, hidden=HIDDEN)
@settings(max_examples=15, deadline=None)
def test_a_row_is_private_where_an_entry_behind_it_is(
    table: str, taken: list[Step], secrets: list[int], hidden: list[tuple[int, bool]]
) -> None:
    reader = secretive(taken, secrets, hidden).journal

    of_streams = [row for row in rows(reader, table, LATER) if row["stream"] != "practice"]

    assert of_streams == [{**row, "visibility": expected(reader, row)} for row in of_streams]


@given(acts, st.integers(0, 60))
@settings(max_examples=40, deadline=None)
def test_a_row_over_all_is_private_where_an_entry_behind_it_is(taken: list[Act], which: int) -> None:
    reader, as_of = hiding(taken, which), "2025-07-15T12:00:00.000000Z"

    found = [row for row in rows(reader, "signals", as_of) if expected(reader, row) == "private"]

    assert {row["visibility"] for row in found} <= {"private"}


SIGNALS: dict[str, tuple[str, dict[str, Any], str]] = {
    "A-unraised": ("concern-felt", {"topic": "delivery", "text": "it will be late"}, "private"),
    "A-unverified-news": ("news-learned", {"polarity": "good", "summary": "they won"}, "shared"),
}


@pytest.mark.parametrize("signal", SIGNALS)
def test_whoever_publishes_all_can_leave_out_what_is_private(tmp_path: Path, signal: str) -> None:
    event, data, visibility = SIGNALS[signal]
    world = World(tmp_path).begin().at("2025-06-02T09:00")
    world.record(event, **data)

    done = published(world.journal, tmp_path / "out", ("jsonl",), who="consultant")
    lines = next(done.folder.rglob("signals.jsonl")).read_text("utf-8").splitlines()

    assert [row["visibility"] for row in map(json.loads, lines) if row["signal"] == signal] == [visibility]


def rows(reader: Reader, table: str, as_of: str) -> list[Row]:
    """Return the rows of a table."""
    return snapshot(reader, TODAY, as_of, [TABLES[table]])[table]


def expected(reader: Reader, row: Row) -> str:
    """Return the visibility of *row*: private where one of its entries is."""
    seen = {each["id"]: each["visibility"] for each in rows(reader, "entries", LATER)}
    return "private" if "private" in {seen[entry] for entry in row["entries"]} else "shared"


def hiding(taken: list[Act], which: int) -> Reader:
    """Return the ledger of a small portfolio in which one entry was marked as private later."""
    history = Portfolio()
    for step in taken:
        history.take(step)
    entry = read(history.journal.since(Position(which % history.journal.head()), 1)[0])
    change = {"path": "visibility", "after": '"private"'}
    data: dict[str, Any] = {"entry": entry["id"], "kind": "amend", "reason": "r", "changes": [change]}
    history.record("entry-corrected", str(entry["subject"]), data)
    return history.journal
