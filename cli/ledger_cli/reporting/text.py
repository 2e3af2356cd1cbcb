"""A report at a terminal; and as plain text in a file, whose last line is the question that it answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ledger_cli.printing.columns import fold, table
from ledger_cli.printing.output import as_in_a_file, json_text, styled, terminal_width
from ledger_cli.printing.safe import safe
from ledger_cli.reporting.about import NAME, question, times, withheld
from ledger_cli.reporting.painting import painted
from ledger_cli.reporting.rows import grid, numbers, unnamed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger_projections.reports import Report, Section

FILED = 120
"""A file is so many columns wide, wherever it is made: two stand side by side on a screen."""
NARROW = 90
"""On a terminal with fewer columns a day stands without its weekday."""
_MOMENT = re.compile(r"^(→ )?([A-Z][a-z]{2} )(\d{1,2} [A-Z][a-z]{2} \d{4})(?: (\d\d:\d\d)(?=$| \(#))?", re.MULTILINE)
"""A day, with its time or without, at the beginning of a line."""


CHECKED = "To check this text, in a file: engage verify-report FILE. With each entry's id and hash: --html FILE"


def text(report: Report) -> str:
    """Return *report* as plain text, the same wherever it is made, that `engage verify-report` makes again."""
    asked = json_text(report.asked.shortened())
    with as_in_a_file():
        return "".join(f"{line}\n" for line in (*_told(report), CHECKED, f"{NAME} {asked}"))


def lines(report: Report) -> Iterator[str]:
    """Yield the lines of *report*, fitted to the terminal."""
    yield from _told(report)
    yield from _prose(
        "In a file, each entry stands with its id and its hash: --html FILE. To check one: engage verify-report FILE"
    )


def _told(report: Report) -> Iterator[str]:
    yield styled(safe(report.title), "bold")
    yield from _prose(question(report))
    if report.stamp.withheld:
        yield from _prose(withheld(report))
    for section in report.sections:
        if not section.anchors:
            yield ""
            yield from _section(section)
    yield ""
    yield from _stamp(report)


def _section(section: Section) -> Iterator[str]:
    yield styled(safe(section.heading), "bold")
    left = unnamed(section.entries, section.said)
    for number, text in enumerate(section.said, 1):
        beside = f"  ({numbers(left)})" if left and number == len(section.said) else ""
        yield from _prose(f"{safe(text)}{beside}")
    if section.picture:
        yield ""
        yield from (painted(safe(line)) for line in section.picture)
    if section.rows:
        found = grid(section)
        yield ""
        cells = [[_timed(section, safe(cell, lines=True)) for cell in row] for row in found.cells]
        yield from table(cells, [*map(safe, found.headings)], terminal_width() or FILED, found.struck)


def _stamp(report: Report) -> Iterator[str]:
    """Yield the stamp in short; what a file says of itself is longer, and lists every entry with its id and hash."""
    stamp = report.stamp
    yield from _prose(f"Ledger {stamp.origin}, {stamp.position} entries, root {stamp.root}.")
    yield from _prose(f"{times(report)} {withheld(report)}")


def _prose(text: str) -> list[str]:
    return fold(text, terminal_width() or FILED)


def _timed(section: Section, cell: str) -> str:
    """Return a cell with the time of a moment below its day, where columns are narrow."""
    if not section.together:
        return cell
    weekday = "" if (terminal_width() or NARROW) < NARROW else r"\g<2>"
    return _MOMENT.sub(
        lambda found: found.expand(rf"\g<1>{weekday}\g<3>") + (f"\n{found[4]}" if found[4] else ""), cell
    )
