"""Make the picture of a page: the quarter that the demo tells, as known near its end, in a browser.

python -m docs.pictures.pages
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from contextlib import redirect_stdout
from datetime import datetime
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

from ledger_cli.app import App
from ledger_cli.main import outcome
from ledger_cli.story.playing import tell_quietly
from ledger_cli.story.quarter import lay_out, steps
from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parent
DAY = datetime(2025, 6, 25, 9, tzinfo=ZoneInfo("Europe/London"))


def main() -> None:
    """Write the picture."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        lay_out(folder)
        with redirect_stdout(StringIO()):
            tell_quietly(list(steps()), folder)
        words = [
            "--ledger",
            str(folder),
            "report",
            "--html",
            str(folder / "pages"),
            "--as-known-on",
            f"{DAY:%Y-%m-%dT%H:%M}",
        ]
        outcome(words, App(clock=lambda: DAY.replace(year=2025, month=7, day=1)))
        take(folder / "pages" / "fernbank.html", FOLDER / "report.png")
    sys.stdout.write("report.png\n")


def take(page: Path, picture: Path) -> None:
    """Write what a browser shows of the top of *page*."""
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        shown = browser.new_page(viewport={"width": 900, "height": 1240}, device_scale_factor=1.5)
        shown.goto(page.as_uri())
        shown.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    main()
