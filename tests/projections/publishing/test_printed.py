"""A workbook is laid out for who looks at it and for who prints it: texts fit their columns, a page has its header."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from ledger_projections.publishing.as_xlsx import PAGE_WIDTH, WIDEST

from tests.publishing import published
from tests.views import World, london


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Any]]:
    """Yield the sheets of a workbook in which texts are short and long."""
    folder = tmp_path_factory.mktemp("printed")
    world = World(folder).begin()
    world.at("2025-06-02T09:00").record("news-learned", polarity="bad", summary="late " * 40)
    done = published(world.journal, folder / "out", ("xlsx",), as_of=london("2025-06-09T10:00"))
    yield openpyxl.load_workbook(Path(done.folder, "ledger.xlsx")).worksheets
    world.journal.close()


def test_a_page_lies_on_its_side_with_the_header_of_its_columns(sheets: list[Any]) -> None:
    laid = {
        (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.print_title_rows, sheet.page_setup.fitToHeight)
        for sheet in sheets
    }

    assert laid == {("landscape", 9, "$1:$1", 0)}
    assert all(sheet.sheet_properties.pageSetUpPr.fitToPage for sheet in sheets)


def test_columns_stand_on_as_few_pages_as_can_be_read(sheets: list[Any]) -> None:
    for sheet in sheets:
        assert _width(sheet) <= PAGE_WIDTH * (sheet.page_setup.fitToWidth or 1) < _width(sheet) + PAGE_WIDTH


def test_a_column_is_as_wide_as_its_longest_text_up_to_a_most(sheets: list[Any]) -> None:
    entries = next(sheet for sheet in sheets if sheet.title == "entries")
    names = {cell.value: cell.column_letter for cell in entries[1]}
    longest = {
        name: max(len(str(cell.value or "")) for cell in entries[names[name]]) for name in ("stream", "id", "what")
    }

    widths = {name: round(entries.column_dimensions[names[name]].width) for name in longest}
    assert {name: widths[name] >= min(longest[name], WIDEST) for name in longest} == dict.fromkeys(longest, True)
    assert widths["what"] < WIDEST + 2


def test_what_stands_on_the_right_keeps_away_from_the_text_beside_it(sheets: list[Any]) -> None:
    cells = [cell for sheet in sheets for row in sheet.iter_rows(min_row=2) for cell in row]

    kinds = {cell.data_type for cell in cells if cell.alignment.horizontal == "right" and cell.alignment.indent == 1}
    assert kinds == {"n", "d"}
    assert not [
        cell for cell in cells if cell.data_type in kinds and cell.value is not None and not cell.alignment.indent
    ]


def _width(sheet: Any) -> int:
    """Return how many characters the columns of *sheet* are wide, without the space that Excel adds to each."""
    return sum(int(same.width) * (same.max - same.min + 1) for same in sheet.column_dimensions.values())
