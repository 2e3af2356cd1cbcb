"""A letter as one HTML page: no script, nothing fetched, every text escaped; to be read on a phone and printed."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from ledger_cli.letter.blocks import GONE, Grid, Heading, Items, Paragraph
from ledger_cli.safe import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger_cli.letter.blocks import Block, Page

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What a browser may do with the page: show it, in its own style (Content Security Policy Level 3)."""


def html(page: Page) -> str:
    """Return *page* as HTML."""
    head = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{escaped(page.title)}</title>
<style>
{_style()}</style>
</head>
<body>
<main>
"""
    return head + "".join(f"{line}\n" for line in _body(page)) + "</body>\n</html>\n"


def escaped(text: str, *, lines: bool = False) -> str:
    """Return *text* so that a browser shows it as it is; with *lines* a line feed breaks the line."""
    shown = escape(safe(text, lines=lines)).replace("\n", "<br>")
    return shown.replace(GONE, f"<em>{GONE}</em>")


def _body(page: Page) -> Iterator[str]:
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


@cache
def _style() -> str:
    return files("ledger_cli.letter").joinpath("style.css").read_text("utf-8")
