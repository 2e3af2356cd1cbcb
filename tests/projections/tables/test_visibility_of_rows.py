"""A row of any table says whether it stands on something private: one that says it is shared is there without that too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_projections.publishing.seen import seen_by
from ledger_projections.readers import audience
from ledger_projections.replaying.snapshot import snapshot
from ledger_projections.tables import TABLES

from ledger.replay import TODAY
from ledger.values import Position
from tests.cli.reporting.test_visibility import BUSY, OPENING, Secretive
from tests.histories import LATER, Step, read, steps

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.journal import Reader

    Rows = Mapping[str, Sequence[Mapping[str, Any]]]

COUNTED = {
    "entry_count",
    "last_entry",
    "last_recorded",
    "last_recorded_unix",
    "last_position",
    "updated_at",
    "updated_at_unix",
}
"""What counts or names the newest of all entries, or of all that govern: what is private is among them, and nothing of it."""
SAID = {
    "agreements": {"provider_signatory", "client_signatory"},
    "authorities": {"contact_name", "granted_by_name"},
    "contacts_daily": {"missing"},
    "concerns": {"raised_by_contact", "raised_to"},
    "contacts": {"successor_name"},
    "feedback": {"respondent_name"},
    "flags": {"detail"},
    "gifts": {"counterpart_name", "our_person_name", "approved_by_name"},
    "news": {"reported_to"},
    "notices": {"given_to"},
    "obligations": {"owner_name", "notified_by"},
    "portfolio": {"says", "also", "command"},
    "requests": {"who"},
    "signals": {"says", "also", "command", "cleared_at", "cleared_at_unix"},
    "slips": {"told_to", "acknowledged_by"},
}
"""Words that call somebody by a role or a name, which is known from another entry than those the row stands on (ADR 18);
and the level by which contacts are counted, and when a signal is settled, which are known from there too."""
SECRETS = st.lists(st.sampled_from((0, 0, 1)), min_size=1, max_size=6)
OF_ITSELF = "entries"
"""A row of it is as visible as its one entry was said to be, whatever else its columns compare that with."""
TOLD = [name for name in TABLES if name != OF_ITSELF]


def secretive(taken: Sequence[Step], secrets: Sequence[int], hidden: Sequence[int]) -> Reader:
    """Return a ledger in which some entries are private from the first, and some are made so, none of them an opening."""
    history = Secretive(secrets)
    for step in (*BUSY, *taken):
        history.take(step)
    for which in hidden:
        position = 1 + which % history.journal.head()
        entry = read(history.journal.since(Position(position - 1), 1)[0])
        if entry["subject"] != "practice" and not any(f".{kind}." in str(entry["type"]) for kind in OPENING):
            history.hide(position)
    return history.journal


@given(steps, SECRETS, st.lists(st.integers(0, 40), max_size=5))
@settings(max_examples=15, deadline=None, derandomize=True)
def test_a_row_that_says_it_is_shared_is_the_same_without_what_is_private(
    taken: list[Step], secrets: list[int], hidden: list[int]
) -> None:
    reader = secretive(taken, secrets, hidden)
    whole, shown = rows(reader), rows(seen_by(reader, audience("analyst")))

    wrong = {
        (name, column)
        for name in TOLD
        for key, row in by_key(name, whole).items()
        if row["visibility"] == "shared"
        for column in differing(row, by_key(name, shown).get(key))
        if column not in COUNTED | SAID.get(name, set())
    }

    assert wrong == set()


@given(steps)
@settings(max_examples=10, deadline=None)
def test_a_ledger_without_anything_private_has_no_private_row_but_of_what_is_so_by_itself(taken: list[Step]) -> None:
    made = rows(secretive(taken, [0], []))

    by_itself = {row["id"] for row in made["entries"] if row["visibility"] == "private"}

    assert [
        (name, row)
        for name in TOLD
        for row in made[name]
        if row["visibility"] == "private" and not by_itself & {*row["entries"]}
    ] == []


def rows(reader: Reader) -> Rows:
    """Return the rows of every table."""
    return snapshot(reader, TODAY, LATER, [*TABLES.values()])


def by_key(name: str, made: Rows) -> Mapping[tuple[Any, ...], Mapping[str, Any]]:
    """Return the rows of a table by what tells them apart."""
    return {(row.get("stream"), *(row[column] for column in TABLES[name].key)): row for row in made[name]}


def differing(row: Mapping[str, Any], other: Mapping[str, Any] | None) -> set[str]:
    """Return the columns that say otherwise in *other*; `missing` where there is none."""
    return {"missing"} if other is None else {column for column in row if row[column] != other[column]}


@pytest.mark.parametrize("name", TABLES)
def test_every_table_says_what_of_it_is_private(name: str) -> None:
    assert any(column.name == "visibility" for column in TABLES[name].columns)
