"""The tables of a report as people see them: what belongs together in one cell, and the entries that a line stands on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ledger_projections.reports import Section

_NAMED = re.compile(r"#(\d+)")
ENTRIES = "Entries"


class Grid(NamedTuple):
    """The headings of a table and its cells; *struck* are the numbers of the rows that were withdrawn."""

    headings: Sequence[str]
    cells: Sequence[Sequence[str]]
    struck: frozenset[int]


def grid(section: Section, *, together: bool = True) -> Grid:
    """Return the table of *section*, with the entries that each line stands on where it does not name them itself."""
    struck = frozenset(number for number, line in enumerate(section.rows) if line.struck)
    left = [unnamed(line.entries, line.cells) for line in section.rows]
    cells = [list(line.cells) for line in section.rows]
    headings = list(section.columns)
    if together and section.together:
        places = [[headings.index(name) for name in names] for names in section.together]
        labels = [section.labels.get(name, "") for name in headings]
        headings = [headings[indices[0]] for indices in places]
        cells = [[_stacked(row, indices, labels) for indices in places] for row in cells]
    if any(left):
        headings.append(ENTRIES)
        cells = [[*row, numbers(positions)] for row, positions in zip(cells, left, strict=True)]
    return Grid(headings, cells, struck)


def numbers(positions: Iterable[int]) -> str:
    """Return positions as `#14 #21`."""
    return " ".join(f"#{position}" for position in positions)


def unnamed(positions: Iterable[int], texts: Iterable[str]) -> list[int]:
    """Return those of *positions* that no text names."""
    named = {int(number) for text in texts for number in _NAMED.findall(text) if len(number) < 16}
    return [position for position in dict.fromkeys(positions) if position not in named]


def _stacked(row: Sequence[str], indices: Sequence[int], labels: Sequence[str]) -> str:
    """Return the cells that stand together, one below the other, each behind its label."""
    return "\n".join(f"{labels[i]} {row[i]}".lstrip() for i in indices if row[i])
