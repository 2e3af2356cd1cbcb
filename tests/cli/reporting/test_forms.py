"""The forms of a report: the same lines in each, struck where withdrawn, and pages to be read aloud and printed."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from typing import TYPE_CHECKING

import pytest
from ledger_cli.printing.columns import table
from ledger_cli.printing.output import terminal_width
from ledger_cli.reporting.rendering import rendered
from ledger_cli.reporting.rows import grid, unnamed
from ledger_projections.reports import Asked, Line, Report, Section, report

from ledger.calendars import instant
from tests.views import World

if TYPE_CHECKING:
    from pathlib import Path

SECTION = Section(
    "What happened",
    columns=("Entry", "Told", "Acknowledged", "Evidence"),
    rows=[
        Line(("#1", "6 Jun (#2)", "7 Jun (#3)", ""), (1, 2, 3, 4)),
        Line(("#5", "", "", "sha256 9f…"), (5,), struck=True),
    ],
    together=(("Entry",), ("Told", "Acknowledged")),
    labels={"Acknowledged": "acknowledged"},
)


def test_columns_stand_together_where_there_is_little_room_and_apart_in_a_spreadsheet() -> None:
    assert grid(SECTION) == (
        ["Entry", "Told", "Entries"],
        [["#1", "6 Jun (#2)\nacknowledged 7 Jun (#3)", "#4"], ["#5", "", ""]],
        frozenset({1}),
    )
    assert grid(SECTION, together=False).headings == ["Entry", "Told", "Acknowledged", "Evidence", "Entries"]


@pytest.mark.parametrize(
    ("texts", "left"),
    [
        ([], [1, 12]),
        (["see #1"], [12]),
        (["see #12"], [1]),
        (["#1#12"], []),
        ([f"#{'1' * 40}"], [1, 12]),
    ],
)
def test_an_entry_is_named_once_in_a_line(texts: list[str], left: list[int]) -> None:
    assert unnamed([1, 12, 1], texts) == left


def test_a_row_that_was_withdrawn_is_struck_through_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)

    lines = table([("a", "b"), ("c", "d")], ("x", "y"), None, struck={1})

    assert lines == ["x  y", "a  b", "\x1b[9mc  d\x1b[0m"]


@pytest.fixture
def made(tmp_path: Path) -> Report:
    """Return a chronology of two entries, the first of which was withdrawn by the second."""
    world = World(tmp_path).begin().at("2025-06-02T09:00")
    agreed = world.record("milestone-agreed", milestone_id="M2", due="2025-06-27", title="dress rehearsal")
    world.record("entry-corrected", entry=world.entry(agreed), kind="withdraw", changes=[], reason="never agreed")
    name = next(h.stream for h in world.journal.streams() if h.stream.startswith("engagement/")).partition("/")[2]
    return report(
        world.journal,
        Asked("chronology", name, int(world.journal.head()), instant(world.now), {"subject": "milestone:M2"}),
    )


def test_what_was_withdrawn_is_told_in_every_form_and_marked(made: Report) -> None:
    document = json.loads(rendered(made, "json"))
    sheet = list(csv.reader(io.StringIO(rendered(made, "csv"))))
    page = rendered(made, "html")

    rows = [row for row in sheet if row and re.fullmatch(r"#\d+", row[0]) and len(row) > 5]
    assert [row["withdrawn"] for row in document["sections"][0]["rows"]] == [True, False]
    assert [row[-1] for row in rows] == ["yes", "no"]
    assert re.findall(r'<tr class="withdrawn">.*?dress rehearsal', page)
    assert f"corrected by #{made.stamp.position}, withdrawn" in rendered(made, "text")


def test_the_text_of_a_file_is_the_same_at_whatever_terminal(made: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = rendered(made, "text")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr("os.get_terminal_size", lambda: os.terminal_size((40, 20)))
    monkeypatch.setenv("TERM", "xterm")

    assert rendered(made, "text") == elsewhere
    assert terminal_width() == 40


def test_a_page_can_be_read_aloud_and_printed(made: Report) -> None:
    page = rendered(made, "html")

    assert page.count("<table") == page.count("<caption>") == page.count("<thead>")
    assert not re.search(r"<th(?! scope=\"(?:col|row)\")[ >]", page.replace("<thead>", ""))
    assert 'content: "page " counter(page) " of " counter(pages)' in page
    assert '@top-left { content: "Chronology: northwind"; }' in page
    assert "prefers-color-scheme: dark" in page
    assert "<script" not in page
    assert f"as recorded up to entry #{made.stamp.position}" in page
