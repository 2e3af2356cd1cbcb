"""What is drawn of a busy engagement is what was drawn before: each mark, letter and colour, wherever the fonts place them.

python -m tests.cli.pages.test_pictures_drawn        writes down what is drawn now: look at the difference
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.pictured import HTML, SVG, busy, read
from tests.places import VECTORS
from tests.transcripts import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree import ElementTree as ET

DRAWN = VECTORS / "drawn.txt"
LOOKS = ("fill", "stroke", "stroke-dasharray", "font-weight", "text-anchor")
"""No opacity: which letters of an axis have room beside each other depends on the fonts."""
SHAPES = {"path": "MLAHVZC", "line": "", "text": "", "tspan": ""}


def test_every_mark_is_drawn_as_it_was(tmp_path: Path) -> None:
    assert drawn(tmp_path) == DRAWN.read_text("utf-8").splitlines()


def drawn(folder: Path) -> list[str]:
    """Return a line for each thing in the drawings of the page of a busy engagement, without where it stands."""
    busy(folder)
    terminal = Terminal(folder.resolve(), settings={"ENGAGE_LEDGER": "ledger.db"})
    terminal.at("2025-06-27T17:00")
    assert terminal.run("engage report northwind --html pages").code == 0
    page = read((terminal.folder / "pages" / "northwind.html").read_text("utf-8"))
    return [line for section in page.iter(f"{HTML}section") for line in _of_section(section)]


def _of_section(section: ET.Element) -> Iterator[str]:
    for box in section.iter(f"{HTML}div"):
        for number, svg in enumerate(box.iter(f"{SVG}svg")):
            name = section.attrib["aria-labelledby"].rpartition(" ")[2]
            yield f"{name}, {box.attrib['class']}" + ("" if number == 0 else f" {number}")
            yield from (f"  {line}" for element in svg.iter() if (line := _said(element)))


def _said(element: ET.Element) -> str:
    """Return what an element is and how it looks: of a shape the commands that draw it, of a text its letters."""
    kind = element.tag.rpartition("}")[2]
    if kind == "a":
        return f"link {element.attrib['href']} {element.attrib['aria-label']}"
    if kind not in SHAPES:
        return ""
    shape = "".join(c for c in element.get("d", "") if c in SHAPES[kind])
    looks = [f"{name}={element.attrib[name]}" for name in LOOKS if name in element.attrib]
    return " ".join(filter(None, (kind, shape, *looks, repr(element.text) if element.text else "")))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        DRAWN.write_text("".join(f"{line}\n" for line in drawn(Path(name))), "utf-8")
