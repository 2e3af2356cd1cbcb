"""A letter as one HTML page: no script, nothing fetched, every text escaped; to be read on a phone and printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_cli.letter.blocks import GONE, Grid, Heading, Items, Paragraph
from ledger_cli.printing.pages import escaped as shown
from ledger_cli.printing.pages import page as whole
from ledger_cli.printing.pages import styles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger_cli.letter.blocks import Block, Page


def html(page: Page) -> str:
    """Return *page* as HTML."""
    return whole(page.title, _body(page), styles("letter/style.css"))


def escaped(text: str, *, lines: bool = False) -> str:
    """Return *text* so that a browser shows it as it is, and what is gone set off; with *lines* a line feed breaks it."""
    return shown(text, lines=lines).replace(GONE, f"<em>{GONE}</em>")


def _body(page: Page) -> Iterator[str]:
    yield "<main>"
    yield f"<h1>{escaped(page.title)}</h1>"
    yield from (f'<p class="standing">{escaped(text)}</p>' for text in page.standing)
    for block in page.blocks:
        yield from _block(block)
    yield "</main>"
    yield "<footer>"
    yield '<h2 class="source">About this page</h2>'
    yield "<dl>"
    yield from (f"<div><dt>{escaped(term)}</dt><dd>{escaped(text)}</dd></div>" for term, text in page.source)
    yield "</dl>"
    yield "</footer>"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield f"<h{level}>{escaped(text)}</h{level}>"
        case Paragraph(text):
            yield f"<p>{escaped(text, lines=True)}</p>"
        case Items(title, items):
            yield f'<p class="title">{escaped(title)}</p>'
            yield "<ul>"
            yield from (f"<li>{escaped(item)}</li>" for item in items)
            yield "</ul>"
        case Grid(caption, headings, rows):
            yield "<table>"
            yield f"<caption>{escaped(caption)}</caption>"
            columns = "".join(f'<th scope="col">{escaped(heading)}</th>' for heading in headings)
            yield f"<thead><tr>{columns}</tr></thead>"
            yield "<tbody>"
            yield from (_row(headings, row) for row in rows)
            yield "</tbody>"
            yield "</table>"


def _row(headings: Sequence[str], cells: Sequence[str]) -> str:
    """Return a row; on a narrow screen each cell stands below the other, behind its heading."""
    first = f'<th scope="row">{escaped(cells[0])}</th>'
    rest = [
        f'<td data-label="{escaped(name)}">{escaped(cell)}</td>'
        for name, cell in zip(headings[1:], cells[1:], strict=True)
    ]
    return f"<tr>{first}{''.join(rest)}</tr>"
