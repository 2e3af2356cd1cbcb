"""Text laid out in columns: tables that fit a terminal, sentences folded at spaces, nothing wider than it is shown."""

from __future__ import annotations

import unicodedata
from itertools import chain
from typing import TYPE_CHECKING

from ledger_cli.printing.output import styled, terminal_width

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

GAP = "  "
NARROWEST = 8
"""No column that folds gets narrower than this; a terminal with less room shows records instead of a table."""


def table(
    cells: Sequence[Sequence[str]], headings: Sequence[str], width: int | None, struck: Collection[int] = ()
) -> list[str]:
    """Return the lines of a table: columns aligned, cells folded where *width* asks for it, or one record a row.

    The rows whose numbers, from 0, are *struck* are struck through.
    """
    return [*lines(cells, headings, width, struck)]


def lines(
    cells: Iterable[Sequence[str]], headings: Sequence[str], width: int | None, struck: Collection[int] = ()
) -> Iterator[str]:
    """Yield the lines of a `table`, and hold none of *cells*, which are gone through again and again."""
    widths = _most(chain([headings], cells), [0] * len(headings), lambda cell, _: _widest(cell))
    if width is not None:
        fitted = _fitted(widths, [max(NARROWEST, cell_width(heading)) for heading in headings], width)
        if fitted is None:
            yield from _records(cells, headings, width, struck)
            return
        widths = fitted if fitted == widths else _taut(chain([headings], cells), fitted, widths)
    yield from columns_of(headings, widths)
    for number, row in enumerate(cells):
        yield from _lined(columns_of(row, widths), struck=number in struck)


def columns_of(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    """Return *row* as lines, each cell at the width of its column."""
    folded = [fold(cell, width) for cell, width in zip(row, widths, strict=True)]
    lines = []
    for number in range(max(map(len, folded))):
        parts = (cell[number] if number < len(cell) else "" for cell in folded)
        lines.append(GAP.join(padded(part, width) for part, width in zip(parts, widths, strict=True)).rstrip())
    return lines


def fold(text: str, width: int) -> list[str]:
    """Return *text* in lines of at most *width* columns, broken where it is broken already, and at spaces."""
    if cell_width(text) <= width and "\n" not in text:
        return [text]  # with the spaces that it begins with
    if "\n" in text:
        return [line for part in text.split("\n") for line in fold(part, width)]
    lines, line = [], ""
    for word in text.split(" "):
        grown = f"{line} {word}" if line else word
        if cell_width(grown) <= width:
            line = grown
            continue
        lines += [line] if line else []
        *full, line = _cut(word, width)
        lines += full
    return [*lines, line]


def prose(text: str) -> list[str]:
    """Return a sentence as lines that fit the terminal."""
    width = terminal_width()
    return [text] if width is None else fold(text, max(width, NARROWEST))


def hung(text: str, indent: str = "  ", *, first: str | None = None) -> list[str]:
    """Return a sentence as lines that fit the terminal, each after *indent*, the *first* after something else if said."""
    width = terminal_width()
    lines = [text] if width is None else fold(text, max(width - len(indent), NARROWEST))
    return [(indent if first is None or number else first) + line for number, line in enumerate(lines)]


def cell_width(text: str) -> int:
    """Return how many columns of a terminal *text* takes (Unicode Standard Annex 11)."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def padded(text: str, width: int) -> str:
    """Return *text* filled with spaces to *width* columns."""
    return text + " " * (width - cell_width(text))


def _widest(text: str) -> int:
    return max(map(cell_width, text.split("\n")))


def _fitted(widths: Sequence[int], least: Sequence[int], width: int) -> list[int] | None:
    """Return *widths* made to fit by narrowing the widest, none below its *least*; None where that does not fit."""
    fitted = list(widths)
    excess = sum(fitted) + len(GAP) * (len(fitted) - 1) - width
    while excess > 0:
        room = [number for number, column in enumerate(fitted) if column > least[number]]
        if not room:
            return None
        fitted[max(room, key=lambda number: fitted[number])] -= 1
        excess -= 1
    return fitted


def _lined(lines: list[str], *, struck: bool) -> list[str]:
    return [styled(line, "struck") for line in lines] if struck else lines


def _taut(rows: Iterable[Sequence[str]], fitted: Sequence[int], widest: Sequence[int]) -> list[int]:
    """Return *fitted* with the room that folded cells leave unused given to the column that lacks most."""
    used = _most(rows, fitted, lambda cell, width: max(map(cell_width, fold(cell, width))))
    lacking = max(range(len(used)), key=lambda number: widest[number] - used[number])
    used[lacking] += sum(fitted) - sum(used)
    return used


def _most(rows: Iterable[Sequence[str]], given: Sequence[int], measure: Callable[[str, int], int]) -> list[int]:
    """Return the most that a cell of each column measures, by its text and what is *given* of the column."""
    most = [0] * len(given)
    for row in rows:
        most = [max(n, measure(cell, width)) for n, cell, width in zip(most, row, given, strict=True)]
    return most


def _records(
    cells: Iterable[Sequence[str]], headings: Sequence[str], width: int, struck: Collection[int]
) -> Iterator[str]:
    name_width = max(map(cell_width, headings))
    value_width = max(NARROWEST, width - name_width - len(GAP))
    for number, row in enumerate(cells):
        if number:
            yield ""
        for name, cell in zip(headings, row, strict=True):
            said = columns_of((name, cell), (name_width, value_width)) if cell else []
            yield from _lined(said, struck=number in struck)


def _cut(word: str, width: int) -> list[str]:
    pieces = [""]
    for character in word:
        if cell_width(pieces[-1] + character) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
