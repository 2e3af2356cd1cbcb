"""LibreOffice Calc opens the workbook and CSV: dates are dates, and what begins like a formula stays text."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as Xml

import pytest

from tests.tools.desk import page, unkept
from tests.transcripts import Step, Terminal, blocks
from tests.tutorial import as_transcript

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from tests.tools.desk import Desk

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice Calc is not installed")

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
HOSTILE = (
    "=1+1",
    "@SUM(1+1)",
    "+1+1",
    "-1+1",
    '=HYPERLINK("http://example.com";"x")',
    "'quoted",
    "2025-06-06",
    "00123",
)
"""What a spreadsheet would take for something else, as the summaries of good news."""


TRUTH = {True: "of:=TRUE()", False: "of:=FALSE()"}
"""What Calc itself makes of the booleans of a workbook, which are no formulas there."""


class Cell(NamedTuple):
    """A cell as LibreOffice has it."""

    type: str
    value: str
    formula: str | None


@pytest.fixture(scope="module")
def steps(desk: Desk) -> list[Step]:
    return desk.once("libreoffice", lambda: _opened(desk))


@pytest.fixture(scope="module")
def sheets(desk: Desk, steps: list[Step]) -> Mapping[str, Sequence[Sequence[Cell]]]:
    """Every sheet of every file that was opened."""
    return {
        f"{file.stem} {name}": rows
        for file in sorted((desk.folder / "sheets").glob("*.fods"))
        for name, rows in _read(file)
    }


def test_the_page_answers_as_written(steps: list[Step]) -> None:
    assert unkept(steps) == []


def test_no_cell_of_any_sheet_is_a_formula_but_yes_and_no(sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> None:
    formulas = {cell.formula for rows in sheets.values() for row in rows for cell in row}

    assert formulas == {None, *TRUTH.values()}


def test_every_value_of_the_workbook_is_of_its_type(sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> None:
    types = {"integer": "float", "number": "float", "boolean": "boolean", "day": "date", "instant": "date"}
    names, *meanings = sheets["ledger data_dictionary"]
    places = [[cell.value for cell in names].index(name) for name in ("table_name", "column_name", "type")]
    declared = {(row[places[0]].value, row[places[1]].value): row[places[2]].value for row in meanings}

    found = {
        (name, head.value.removesuffix(" (UTC)"), cell.type)
        for name in {table for table, _ in declared}
        for row in sheets[f"ledger {name}"][1:]
        for head, cell in zip(sheets[f"ledger {name}"][0], row, strict=False)
        if cell.type
    }

    assert len(found) > 300
    assert {each for each in found if each[2] != types.get(declared[each[:2]], "string")} == set()


def test_a_slip_reads_as_it_was(sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> None:
    head, first, *_ = sheets["ledger slips"]
    slip = dict(zip([cell.value for cell in head], first, strict=False))

    assert slip["told_at (UTC)"] == Cell("date", "2025-05-13T08:20:00", None)
    assert slip["lead_bd"] == Cell("float", "8", None)
    assert slip["delay_bh"] == Cell("float", "34.167", None)
    assert slip["notice_kept"] == Cell("boolean", "false", TRUTH[False])
    assert slip["due_in_force"] == Cell("string", "2025-05-23", None)


def test_in_csv_days_are_days_and_numbers_numbers(sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> None:
    head, first, *_ = sheets["slips slips"]
    slip = dict(zip([cell.value for cell in head], first, strict=False))

    assert slip["due_in_force"] == Cell("date", "2025-05-23", None)
    assert slip["delay_bh"] == Cell("float", "34.167", None)
    assert slip["lead_bd"] == Cell("float", "8", None)


def test_hostile_words_stay_words_in_the_workbook(sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> None:
    assert _column(sheets["workbook news"], "summary") == [Cell("string", text, None) for text in HOSTILE]


def test_hostile_words_get_an_apostrophe_in_csv(sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> None:
    summaries = _column(sheets["words words"], "summary")

    assert summaries[:6] == [Cell("string", f"'{text}", None) for text in HOSTILE[:6]]
    assert summaries[6:] == [Cell("date", "2025-06-06", None), Cell("float", "123", None)]  # a CSV file has no types


def _opened(desk: Desk) -> list[Step]:
    """Open all files in one start: those of the page, and those of a ledger with hostile words."""
    document = as_transcript(page("libreoffice").read_text(encoding="utf-8"))
    ((head, body),) = [block for block in blocks(document) if block[0].startswith("$ ")]
    _publish_hostile(Terminal(desk.folder / "hostile"))
    answered = desk.run(f"{head[2:]} hostile/workbook.xlsx hostile/words.csv")
    return [Step(head[2:], [line for line in body if line], answered[:-2])]


def _publish_hostile(terminal: Terminal) -> None:
    terminal.folder.mkdir()
    terminal.at("2025-03-03T09:00")
    terminal.run("engage init --zone Europe/London")
    terminal.run("engage open northwind --account Northwind")
    for text in HOSTILE:
        assert terminal.engage(["good-news", "northwind", "--", text]).code == 0
    assert terminal.run("engage publish --to reports --format xlsx,csv").code == 0
    shutil.copy(terminal.folder / "reports" / "current" / "ledger.xlsx", terminal.folder / "workbook.xlsx")
    shutil.copy(terminal.folder / "reports" / "current" / "csv" / "news.csv", terminal.folder / "words.csv")


def _read(file: Path) -> Iterator[tuple[str, list[list[Cell]]]]:
    for sheet in Xml.parse(file).iter(f"{TABLE}table"):  # noqa: S314 -- what LibreOffice has just written
        rows = [list(_cells(row)) for row in sheet.iter(f"{TABLE}table-row")]
        yield str(sheet.get(f"{TABLE}name")), [row for row in rows if any(cell.type for cell in row)]


def _cells(row: Xml.Element) -> Iterator[Cell]:
    for element in row.iter(f"{TABLE}table-cell"):
        kind = element.get(f"{OFFICE}value-type", "")
        names = {"date": "date-value", "boolean": "boolean-value", "float": "value"}
        said = "\n".join("".join(part.itertext()) for part in element.iter(f"{TEXT}p"))
        value = element.get(f"{OFFICE}{names.get(kind, 'string-value')}", said)
        times = min(int(element.get(f"{TABLE}number-columns-repeated", "1")), 100)
        yield from [Cell(kind, value, element.get(f"{TABLE}formula"))] * times


def _column(rows: Sequence[Sequence[Cell]], name: str) -> list[Cell]:
    place = [cell.value for cell in rows[0]].index(name)
    return [row[place] for row in rows[1:]]
