"""The first page publishes what the others read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.tools.desk import PAGES, unkept

if TYPE_CHECKING:
    from tests.tools.desk import Desk


def test_the_first_page_answers_as_written(desk: Desk) -> None:
    assert unkept(desk.readme) == []


def test_the_first_page_names_every_other() -> None:
    named = set(re.findall(r"\((\w+)\.md\)", (PAGES / "README.md").read_text(encoding="utf-8")))

    assert named == {page.stem for page in PAGES.glob("*.md")} - {"README"}
