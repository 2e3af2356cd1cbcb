"""What every report is made of: sections of sentences and tables, each line pointing to entries, under one stamp."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.canonical import JSON
    from ledger_projections.reports.asked import Asked
    from ledger_projections.reports.stamp import Stamp


class Line(NamedTuple):
    """A row of a table: *cells* in words, and the positions of the *entries* that it stands on."""

    cells: Sequence[str]
    entries: Sequence[int] = ()
    struck: bool = False
    """Whether what it says was withdrawn: it is struck through, never gone."""
    values: Mapping[str, JSON] = {}
    """The same for programs: instants, numbers, ids."""


class Section(NamedTuple):
    """A part of a report: what is *said* in sentences, then a picture, then a table of *rows* under *columns*."""

    heading: str
    said: Sequence[str] = ()
    columns: Sequence[str] = ()
    rows: Sequence[Line] = ()
    picture: Sequence[str] = ()
    """Lines drawn with characters of one width."""
    blank: Sequence[str] = ()
    """The columns that are left for somebody else to write in."""
    entries: Sequence[int] = ()
    """The positions that the sentences stand on, where no row does."""
    together: Sequence[Sequence[str]] = ()
    """The columns that stand together in one where there is little room, under the heading of the first."""
    labels: Mapping[str, str] = {}
    """What is said before a cell of a column where it stands below another."""
    anchors: bool = False
    """Whether what points to an entry leads to these rows, each of which is about one."""


class Report(NamedTuple):
    """A report: what was *asked*, the *stamp* that lets anybody make it again, and its *sections*."""

    title: str
    asked: Asked
    stamp: Stamp
    sections: Sequence[Section]
