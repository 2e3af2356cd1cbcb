"""One XLSX workbook: a first sheet that says what it is, then a sheet a table; dates are dates, and no text is a formula.

A cell holds 32,767 characters and XML no control character: what is longer is cut and says so, and a character that XML
lacks is written _xHHHH_, as ECMA-376 22.9.2.19 has it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from ledger.errors import TooLarge

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from ledger_projections.publishing.content import Content
    from ledger_projections.publishing.sheet import Sheet
    from ledger_projections.table import Column, ColumnType

    Put = Callable[[int, int, Any], object]

NAME = "ledger.xlsx"
MOST_ROWS = 1_048_575
"""Rows of a sheet below its header."""
MOST_TEXT = 32_767
CUT = "… [cut: {} characters; the other formats have them all]"
FIRST_DAY = "1900-03-01"
"""Excel counts a 29 February 1900; days before this one are written as text."""
INSTANT = "yyyy-mm-dd hh:mm:ss.000"
APART = {"align": "right", "indent": 1}
"""What stands on the right keeps away from the text that begins beside it."""
STYLES = {
    "head": {"bold": True},
    "number": APART,
    "instant": {"num_format": INSTANT, **APART},
    "day": {"num_format": "yyyy-mm-dd", **APART},
    "boolean": {"num_format": '"TRUE";"TRUE";"FALSE"'},  # what LibreOffice Calc knows a boolean by
}
WIDTHS: Mapping[ColumnType, int] = {"text": 20, "instant": 26, "moment": 28, "day": 13, "json": 20}
"""Characters that columns of a type are at least wide, beside what stands above them."""
WIDEST = 48
"""Characters that a column of texts is at most wide: a stream's name has 47."""
PAGE_WIDTH = 300
"""Characters across a printed page: half the size of the screen, which still reads."""
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write(folder: Path, content: Content) -> None:
    """Write the workbook into *folder*."""
    import xlsxwriter

    check(content)
    with xlsxwriter.Workbook(folder / NAME, {**OPTIONS, "tmpdir": str(folder)}) as book:
        book.use_zip64()
        styles = {name: book.add_format(style) for name, style in STYLES.items()}
        _introduce(book.add_worksheet("about"), content, styles["head"])
        for sheet in content.sheets:
            _fill(book.add_worksheet(sheet.name), content, sheet, styles)


def check(content: Content) -> None:
    """Refuse tables that no sheet can hold."""
    for sheet in content.sheets:
        count = content.count(sheet)
        if count > MOST_ROWS:
            raise TooLarge(
                f"{sheet.name} has {count:,} rows, and a sheet of a workbook holds {MOST_ROWS:,}.",
                advice="Leave xlsx out: --format parquet,csv",
            )


def cell(text: str) -> str:
    """Return *text* as a cell holds it."""
    if len(text.encode("utf-16-le")) // 2 <= MOST_TEXT:
        return text
    said = CUT.format(f"{len(text):,}")
    kept = text.encode("utf-16-le")[: 2 * (MOST_TEXT - len(said))].decode("utf-16-le", "ignore")
    return kept + said


def _introduce(page: Any, content: Content, bold: Any) -> None:  # noqa: ANN401 -- xlsxwriter's
    """Fill the first sheet: where the tables come from, and what each is."""
    (freshness,) = (sheet for sheet in content.sheets if sheet.name == "freshness")
    row = content.db.execute("SELECT * FROM freshness").fetchone()
    lines = [*zip((column.name for column in freshness.columns), row, strict=True), ("", "")]
    lines += [(sheet.name, sheet.description) for sheet in content.sheets]
    page.set_column(0, 0, 28)
    page.set_column(1, 1, 90)
    _print(page)
    for number, (name, value) in enumerate(lines):
        page.write_string(number, 0, name, bold)
        page.write_string(number, 1, "" if value is None else cell(str(value)))


def _fill(page: Any, content: Content, sheet: Sheet, styles: Mapping[str, Any]) -> None:  # noqa: ANN401 -- xlsxwriter's
    page.freeze_panes(1, 0)
    for place, column in enumerate(sheet.columns):
        page.write_string(0, place, heading(column), styles["head"])
    page.autofilter(0, 0, content.count(sheet), len(sheet.columns) - 1)
    puts = [_put(page, column.type, styles) for column in sheet.columns]
    longest = [0] * len(puts)
    for number, row in enumerate(content.rows(sheet), 1):
        for place, value in enumerate(row):
            if value is not None:
                puts[place](number, place, value)
                longest[place] = max(longest[place], len(value) if isinstance(value, str) else 0)
    widths = [_width(column, most) for column, most in zip(sheet.columns, longest, strict=True)]
    for place, width in enumerate(widths):
        page.set_column(place, place, width)
    _print(page, -(-sum(widths) // PAGE_WIDTH))


def _width(column: Column, longest: int) -> int:
    """Return how many characters a column is wide: dates by their type, texts by the longest up to WIDEST."""
    fits = min(longest + 1, WIDEST) if column.type in {"text", "json"} else 0
    return max(WIDTHS.get(column.type, 0), len(heading(column)) + 4, fits)


def _print(page: Any, across: int = 1) -> None:  # noqa: ANN401 -- xlsxwriter's
    """Lay out a page as it is printed: A4 on its side, so many pages *across* that it is read, the header on each."""
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(across, 0)
    page.repeat_rows(0)
    page.set_footer("&L&A&R&P / &N")


def heading(column: Column) -> str:
    """Return what stands above a column: times bear no zone in a workbook, so it says which."""
    return f"{column.name} (UTC)" if column.type == "instant" else column.name


def _put(page: Any, type_: ColumnType, styles: Mapping[str, Any]) -> Put:  # noqa: ANN401 -- xlsxwriter's
    """Return what writes a value of a type into a place."""

    def moment(row: int, place: int, value: str, style: object = styles["instant"]) -> None:
        if value < FIRST_DAY:
            page.write_string(row, place, value)
        else:
            page.write_datetime(row, place, datetime.fromisoformat(value.removesuffix("Z")), style)

    def number(row: int, place: int, value: object) -> None:
        page.write_number(row, place, value, styles["number"])

    puts: Mapping[str, Put] = {
        "integer": number,
        "number": number,
        "boolean": lambda row, place, value: page.write_boolean(row, place, value, styles["boolean"]),
        "instant": moment,
        "day": lambda row, place, value: moment(row, place, value, styles["day"]),
    }
    return puts.get(type_, lambda row, place, value: page.write_string(row, place, cell(value)))
