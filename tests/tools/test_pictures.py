"""The pictures of the pages are there, and those of terminals show what the pages say."""

from __future__ import annotations

import re

from docs.pictures.tools import FOLDER, terminals
from tests.tools.desk import PAGES


def test_a_terminal_shows_what_its_page_says() -> None:
    assert {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.svg")} == terminals()


def test_every_page_has_its_picture() -> None:
    shown = {
        page.stem: re.findall(r"!\[.+\]\(pictures/(.+)\)", page.read_text(encoding="utf-8"))
        for page in PAGES.glob("*.md")
        if page.stem != "README"
    }

    assert {name: [picture.partition(".")[0] for picture in pictures] for name, pictures in shown.items()} == {
        name: [name] for name in shown
    }
    assert {path.name for path in FOLDER.iterdir()} == {name for pictures in shown.values() for name in pictures}
