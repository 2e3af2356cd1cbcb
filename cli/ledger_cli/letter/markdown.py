"""A letter as Markdown (CommonMark, with GitHub's tables): no text of anybody's is read as markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ledger_cli.letter.blocks import Grid, Heading, Items, Paragraph
from ledger_cli.printing.safe import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ledger_cli.letter.blocks import Block, Page

_MARKUP = re.compile(r"[\\`*_{}\[\]<>|~&#$^]")
_LINKED = re.compile(r"(?i)(?<![a-z])(?:(?:https?|ftp|mailto|xmpp)(?=:)|www(?=\.))|(?=@)")
"""What GitHub would make a link, without being asked, with what stands behind it."""
_BEGINS = re.compile(r"[-+](?=\s|$)|[-=](?=[-=]*\s*$)|\d+(?=[.)](?:\s|$))")
"""What begins a list or underlines a heading."""


def markdown(page: Page) -> str:
    """Return *page* as Markdown."""
    lines = [f"# {escaped(page.title)}"]
    for text in page.standing:
        lines += ["", _begun(text)]
    for block in page.blocks:
        lines += ["", *_block(block)]
    lines += ["", "---", ""]
    lines += [f"- {_begun(f'{term}: {text}')}" for term, text in page.source]
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """Return *text*, on one line, so that Markdown shows it as it is."""
    return _LINKED.sub(r"\g<0>\\", _MARKUP.sub(r"\\\g<0>", safe(text).strip(" ")))


def _begun(text: str) -> str:
    """Return *text* so that it begins nothing but itself; a number is shielded by the mark behind it."""
    shielded = escaped(text)
    match = _BEGINS.match(shielded)
    if match is None:
        return shielded
    return f"{match[0]}\\{shielded[match.end() :]}" if match[0].isdigit() else f"\\{shielded}"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield f"{'#' * level} {escaped(text)}"
        case Paragraph(text):
            yield "\\\n".join(map(_begun, text.split("\n")))
        case Items(title, items):
            yield f"{escaped(title)}:"
            yield ""
            yield from (f"- {_begun(item)}" for item in items)
        case Grid(caption, headings, rows):
            yield f"**{escaped(caption)}**"
            yield ""
            yield _row(map(escaped, headings))
            yield _row("---" for _ in headings)
            yield from (_row(map(escaped, row)) for row in rows)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
