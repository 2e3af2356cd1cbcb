"""Make the pictures of the pages about reporting tools: terminals out of the pages, windows out of the real programs.

python -m docs.pictures.tools

The terminals are the pages' own text, which tests hold against the tools. The windows need Chromium, LibreOffice Calc,
pdftoppm and dbt.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from rich.syntax import Syntax

from docs.pictures.make import framed
from tests.tools.desk import PAGES, Desk, page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

FOLDER = PAGES / "pictures"
TERMINALS = {"duckdb": 1, "pandas": 1, "polars": 1, "adbc": 1, "frictionless": 0, "postgresql": 1}
"""Which block of a page its picture shows, from 0."""
SHOWN = ("slip", "milestone", "title", "state", "due_in_force", "told_at (UTC)", "told_to", "delay_bh", "notice_kept")
"""The columns of the sheet `slips` that fit a picture."""
CROPPED = "-singlefile -x 90 -y 95 -W 1080 -H 80"
"""The page without what is empty."""
WINDOW = {"width": 1280, "height": 800}
_BLOCK = re.compile(r"```(python|console)\n(.*?)```", re.DOTALL)


def main() -> None:
    """Write every picture."""
    FOLDER.mkdir(exist_ok=True)
    for name, svg in terminals().items():
        (FOLDER / name).write_text(svg, encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder, Desk(Path(folder).resolve()) as desk:
        _calc(desk)
        desk.typed(page("datasette"))
        desk.typed(page("dbt"))
        for name, shown in _browsed(desk):
            shown.screenshot(path=FOLDER / name)
            sys.stdout.write(f"{name}\n")


def terminals() -> dict[str, str]:
    """Return the pictures of terminals by their names, each as its page has the text."""
    return {f"{name}.svg": _terminal(name, number) for name, number in TERMINALS.items()}


def _terminal(name: str, number: int) -> str:
    kind, text = _BLOCK.findall(page(name).read_text(encoding="utf-8"))[number]
    lexer = "pycon" if kind == "python" else "console"
    return framed(name, Syntax(text.strip(), lexer, theme="ansi_dark", background_color="default", word_wrap=True))


def _browsed(desk: Desk) -> Iterator[tuple[str, Page]]:
    """Yield Datasette and the site of dbt in a browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        window = browser.new_page(viewport=WINDOW)  # type: ignore[arg-type]  # a dictionary of two numbers
        window.goto(
            f"http://127.0.0.1:{desk.port}/ledger/signals?_col=signal&_col=subject&_col=deadline&_col=says&_size=20&_facet_size=4"
        )
        window.click("th[data-column=deadline] svg")
        yield "datasette.png", window
        window.goto(
            f"file://{desk.folder}/ledger-dbt/target/static_index.html#!/source/source.engagement_ledger.ledger.slips"
        )
        window.get_by_text("notice_kept").first.wait_for()
        yield "dbt.png", window
        browser.close()


def _calc(desk: Desk) -> None:
    """Print the sheet `slips` with LibreOffice Calc, some columns of it on one page."""
    from openpyxl import load_workbook

    book = load_workbook(desk.current / "ledger.xlsx")
    for name in set(book.sheetnames) - {"slips"}:
        del book[name]
    sheet = book["slips"]
    sheet.column_dimensions.clear()
    for column in sheet.columns:
        about = sheet.column_dimensions[column[0].column_letter]
        about.hidden = column[0].value not in SHOWN
        about.width = 3 + max(len(str(cell.value)) for cell in column)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A5
    sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight = True, 0
    sheet.print_options.gridLines = sheet.print_options.headings = True
    book.save(desk.folder / "slips.xlsx")
    desk.run(f"soffice --headless --convert-to pdf slips.xlsx && pdftoppm -png -r 150 {CROPPED} slips.pdf slips")
    shutil.copy(desk.folder / "slips.png", FOLDER / "libreoffice.png")


if __name__ == "__main__":
    main()
