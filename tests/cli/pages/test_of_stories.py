"""The pages of story ST1: what was known and told of the slip, as known then and as known now, with exactly its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.pictured import HTML, check_page
from tests.transcripts import FOLDER, Terminal, play

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

TOLD = ("client told of S1", "Wed 11 Jun 2025 10:05", "Fri 18 Jul 2025", "12")


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    made = Terminal(tmp_path_factory.mktemp("story").resolve())
    play(FOLDER / "st1.txt", made)
    made.at("2025-08-05T09:00")
    return made


@pytest.mark.parametrize(
    ("asked", "known", "heading"),
    [
        ("--as-known-on 2025-06-30", "Fri 6 Jun 2025 09:00", "M2 is going to be 15 business days late"),
        ("", "Tue 3 Jun 2025 14:20", "M2 is going to be 15 business days late"),
    ],
)
def test_the_slip_is_told_as_it_was_known(terminal: Terminal, asked: str, known: str, heading: str) -> None:
    assert terminal.run(f"engage report northwind --html pages {asked}").code == 0

    tree = check_page((terminal.folder / "pages" / "northwind.html").read_text("utf-8"))
    section = next(each for each in tree.iter(f"{HTML}section") if "milestones" in each.attrib["aria-labelledby"])
    rows = [tuple("".join(cell.itertext()) for cell in row)[1:5] for row in section.iter(f"{HTML}tr")][1:]
    assert words(section, "h2") == f"{heading}; the client was told 12 business days before its date"
    assert ("S1 known to us", known, "Fri 18 Jul 2025", "15") in rows
    assert TOLD in rows


def words(element: ET.Element, tag: str) -> str:
    """Return the text of the first *tag* in an element."""
    return "".join(next(element.iter(f"{HTML}{tag}")).itertext())
