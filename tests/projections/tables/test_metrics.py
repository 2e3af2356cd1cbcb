"""The table `metrics` holds one row a figure, made when it is asked for: how a figure becomes a row."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from ledger_projections.metrics.figure import Figure, Meaning, Metric
from ledger_projections.replaying.snapshot import snapshot
from ledger_projections.tables import ASKED, TABLES
from ledger_projections.tables.metrics import rounded, table_of

from ledger.replay import TODAY
from tests.views import World, london

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ledger_projections.view import View

LATER = london("2025-12-31T00:00")


def _figures(view: View) -> Iterator[Figure]:
    requests = [request.asked for request in view.dialogue.requests.values() if request.asked]
    yield Figure("open_count", len(requests), len(requests), requests)


COUNTED = Metric("M99", "requests", ("P22",), {"open_count": Meaning("How many there are.", "requests")}, _figures)


def test_a_figure_is_a_row_with_the_entries_behind_it(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    asked = world.record("request-received", from_contact="c1", channel="email", kind="question", text="When?")

    (row,) = snapshot(world.journal, TODAY, LATER, [table_of([COUNTED])])["metrics"]

    assert {name: row[name] for name in ("metric", "figure", "subject", "value", "words", "unit", "n", "entries")} == {
        "metric": "M99", "figure": "open_count", "subject": "", "value": 1.0, "words": "", "unit": "requests", "n": 1,
        "entries": [world.entry(asked)]}  # fmt: skip


def test_a_figure_of_nothing_stands_on_what_opened_the_stream(tmp_path: Path) -> None:
    world = World(tmp_path).begin()

    (row,) = snapshot(world.journal, TODAY, LATER, [table_of([COUNTED])])["metrics"]

    opened = next(fact.entry for fact in world.facts() if fact.event.short_name == "engagement-opened")
    assert (row["n"], row["positions"], row["visibility"]) == (0, [opened.position], "shared")


def test_a_metric_has_rows_for_the_kinds_of_stream_it_names_alone(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    both = [COUNTED, COUNTED._replace(id="M98", streams=frozenset({"account"}))]

    rows = snapshot(world.journal, TODAY, LATER, [table_of(both)])["metrics"]

    assert {(row["metric"], row["stream"].partition("/")[0]) for row in rows} == {
        ("M99", "engagement"),
        ("M98", "account"),
    }


@pytest.mark.parametrize(
    ("exact", "shown"),
    [
        ("0.80448", "0.804"),
        ("102.9166667", "102.917"),
        ("0.01666667", "0.0167"),
        ("0.000198413", "0.000198"),
        ("-0.00523", "-0.00523"),
        ("16", "16.000"),
        ("0", "0"),
    ],
)
def test_a_value_has_three_places_and_a_small_one_three_digits(exact: str, shown: str) -> None:
    assert str(rounded(Decimal(exact))) == shown


def test_what_is_made_when_asked_for_is_not_kept() -> None:
    assert set(ASKED) & set(TABLES) == set()
