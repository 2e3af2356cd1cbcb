"""A report as one HTML page, to be read and printed: numbered pages, and on each of them what it is of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ledger_projections.reports.cited import positions

from ledger_cli.printing.output import json_text
from ledger_cli.printing.pages import escaped, page, quoted, styles
from ledger_cli.reporting.about import NAME, question, terms, withheld
from ledger_cli.reporting.rows import ENTRIES, grid, numbers, unnamed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from ledger_projections.reports import Report, Section

WIDE = 7
"""A report with a table of more columns, or one with room to write in, is printed across the page."""
LONG = 28
"""A first cell of longer lines than that is broken between its words."""
LONG_WORD = 24
"""A word that is longer, as a hash is, may be broken anywhere."""
_NAMED = re.compile(r"#(\d{1,15})\b")
_DAY = re.compile(r"(?:→ )?\b(?:[A-Z][a-z]{2} )?\d{1,2} [A-Z][a-z]{2}(?: \d{4})?\b")
"""A day, which is not to be broken over two lines."""


def text(report: Report) -> str:
    """Return *report* as HTML."""
    style = styles("reporting/style.css") + _paper(report)
    return page(report.title, _body(report), style, {NAME: json_text(report.asked.written())})


def _paper(report: Report) -> str:
    """Return how the paper is laid, and what stands on the edge of every sheet (CSS Paged Media Level 3, 5)."""
    across = any(section.blank or len(grid(section).headings) > WIDE for section in report.sections)
    stamp = report.stamp
    running = {
        "top-left": quoted(report.title[:90]),
        "top-right": quoted(f"as recorded up to entry #{stamp.position}"),
        "bottom-left": f"{quoted(f'{stamp.origin}  root ')} {quoted(stamp.root)}",
        "bottom-right": '"page " counter(page) " of " counter(pages)',
    }
    boxes = "".join(f"  @{where} {{ content: {what}; }}\n" for where, what in running.items())
    return f"@page {{ size: A4{' landscape' if across else ''};\n{boxes}}}\n"


def _body(report: Report) -> Iterator[str]:
    there = frozenset(positions(report.sections))
    yield "<main>"
    yield f"<h1>{escaped(report.title)}</h1>"
    yield f'<p class="question">{escaped(question(report))}</p>'
    if report.stamp.withheld:
        yield f'<p class="withheld">{escaped(withheld(report))}</p>'
    for number, section in enumerate(report.sections, 1):
        yield from _section(section, number, there)
    yield "</main>"
    yield "<footer>"
    yield '<h2 class="source">About this report</h2>'
    yield "<dl>"
    yield from (f"<div><dt>{escaped(term)}</dt><dd>{escaped(said)}</dd></div>" for term, said in terms(report))
    yield "</dl>"
    yield "</footer>"


def _section(section: Section, number: int, there: Collection[int]) -> Iterator[str]:
    yield f'<section aria-labelledby="s{number}">'
    yield f'<h2 id="s{number}">{escaped(section.heading)}</h2>'
    yield from (f"<p>{linked(said, there)}</p>" for said in section.said)
    if left := unnamed(section.entries, section.said):
        yield f'<p class="entries">{linked(f"{ENTRIES}: {numbers(left)}", there)}</p>'
    if section.picture:
        drawn = "\n".join(escaped(line) for line in section.picture)
        yield f'<pre role="img" aria-labelledby="s{number}">{drawn}</pre>'
    if section.rows:
        yield from table(section, there)
    yield "</section>"


def table(section: Section, there: Collection[int]) -> Iterator[str]:
    """Yield the rows of *section* as a table; what names an entry that is *there* leads to it."""
    found = grid(section)
    yield f'<table class="{"wide" if len(found.headings) > WIDE else "plain"}">'
    yield f"<caption>{escaped(section.heading)}</caption>"
    columns = "".join(f'<th scope="col">{escaped(heading)}</th>' for heading in found.headings)
    yield f"<thead><tr>{columns}</tr></thead>"
    yield "<tbody>"
    for number, (cells, line) in enumerate(zip(found.cells, section.rows, strict=True)):
        own = f"e{line.entries[0]}" if section.anchors and line.entries else ""
        yield _row(
            zip(found.headings, cells, strict=True), section.blank, there, struck=number in found.struck, own=own
        )
    yield "</tbody>"
    yield "</table>"


def linked(said: str, there: Collection[int]) -> str:
    """Return a text in which each entry that the report lists leads to where it is listed."""
    return _NAMED.sub(
        lambda found: f'<a href="#e{found[1]}">{found[0]}</a>' if int(found[1]) in there else found[0],
        _DAY.sub(r'<span class="day">\g<0></span>', escaped(said, lines=True)),
    )


def _row(
    cells: Iterable[tuple[str, str]], blank: Collection[str], there: Collection[int], *, struck: bool, own: str
) -> str:
    (_, first), *rest = cells
    shown = [
        f'<td data-label="{escaped(name)}"{_classes(*_kind(name in blank, cell))}><div>{linked(cell, there)}</div></td>'
        for name, cell in rest
    ]
    about = (f' id="{own}"' if own else "") + (' class="withdrawn"' if struck else "")
    head = escaped(first, lines=True) if own else linked(first, there)
    return f'<tr{about}><th scope="row"{_classes(*_length(first))}>{head}</th>{"".join(shown)}</tr>'


def _kind(blank: bool, cell: str) -> Iterator[str]:
    if blank or not cell:
        yield "blank" if blank else "empty"
    elif _has_long_word(cell):
        yield "word"


def _length(head: str) -> Iterator[str]:
    if max(map(len, head.split("\n"))) > LONG:
        yield "long"
    if _has_long_word(head):
        yield "word"


def _has_long_word(cell: str) -> bool:
    return max(map(len, cell.split()), default=0) > LONG_WORD


def _classes(*names: str) -> str:
    return f' class="{" ".join(names)}"' if names else ""
