"""What a rendered letter is made of: headings, paragraphs, lists and tables of plain text, whatever they are written in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

GONE = "(erased or withheld)"
"""What stands in the place of a text that is no longer, or not, in this copy of the ledger."""
MISSING = "Nothing is agreed about this."
"""What stands in the place of a part that a version lacks."""


class Heading(NamedTuple):
    """A part, or what stands below one (*level* 3)."""

    text: str
    level: int = 2


class Paragraph(NamedTuple):
    """A paragraph; a line feed in its text stays one."""

    text: str


class Items(NamedTuple):
    """A list, in no order, named by what stands before it."""

    title: str
    items: Sequence[str]


class Grid(NamedTuple):
    """A table with a caption; each row begins with what it is about."""

    caption: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


Block = Heading | Paragraph | Items | Grid


class Page(NamedTuple):
    """A whole letter: its title, what it is, its parts, and where it comes from."""

    title: str
    standing: Sequence[str]
    blocks: Sequence[Block]
    source: Sequence[tuple[str, str]]
    """The footer: terms and what stands behind them."""
