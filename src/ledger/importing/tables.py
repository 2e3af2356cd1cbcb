"""A table in a text file: its delimiter, its header, and its rows as they stand, however they are quoted and folded.

Rows are numbered as a spreadsheet shows them, the header being row 1; lines as an editor does.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from ledger.errors import Malformed, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.importing.encodings import Encoding

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
LARGEST_CELL = 1 << 24
_LOOK = 200
"""How many rows tell which delimiter it is."""
_QUOTES = "A quote that is never closed, or text behind one, makes this. Mend it there, or name the --delimiter."
_LOST = "\ufffd"


@dataclass(frozen=True, slots=True)
class Cells:
    """One row of a table: its number, the line it begins on, its cells."""

    number: int
    line: int
    values: Sequence[str]

    @property
    def where(self) -> str:
        """The row's name."""
        return f"Row {self.number}" if self.number == self.line else f"Row {self.number} (line {self.line})"

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return not any(value.strip() for value in self.values)


class Table:
    """The rows of *source*, read as often as it is asked for them."""

    def __init__(self, source: BinaryIO, encoding: Encoding, delimiter: str) -> None:
        self._source, self._encoding, self.delimiter = source, encoding, delimiter
        self.lost: list[str] = []
        """The rows in which a byte had no meaning, once they are read."""
        header = next(iter(self._read()), None)
        if header is None or header.blank:
            raise Malformed("The file is empty: it has no header.", advice="The first row names the columns.")
        self.names = [name.strip() for name in header.values]

    def __iter__(self) -> Iterator[Cells]:
        self.lost.clear()
        for cells in islice(self._read(), 1, None):
            if any(_LOST in value for value in cells.values) and self._encoding.errors == "replace":
                self.lost.append(cells.where)
            yield cells

    @property
    def notes(self) -> list[str]:
        """What was read otherwise than it stands there."""
        return [f"{where}: a byte that {self._encoding.name} leaves undefined reads as U+FFFD." for where in self.lost]

    def column(self, name: str) -> int:
        """Return the place of the column called *name*; refuse one that is missing or stands twice."""
        names = self.names
        if names.count(name) == 1:
            return names.index(name)
        if name in names:
            raise Malformed(f'The column "{name}" stands {names.count(name)} times in the header.', field=name)
        from ledger.errors import near

        like = " or ".join(f'"{one}"' for one in near(name, dict.fromkeys(names)))
        hint = f" Did you mean {like}?" if like else ""
        raise Malformed(
            f'The file has no column "{name}".{hint}', field=name, advice=f"It has: {', '.join(names)[:500]}."
        )

    def _read(self) -> Iterator[Cells]:
        return read_cells(self._source, self._encoding, self.delimiter)


def read_cells(source: BinaryIO, encoding: Encoding, delimiter: str) -> Iterator[Cells]:
    """Yield the rows of *source* from its beginning; refuse what is no table, naming row and line."""
    csv.field_size_limit(LARGEST_CELL)
    source.seek(0)
    text = TextIOWrapper(source, encoding.name, encoding.errors, newline="")
    number, line, reader = 0, 1, csv.reader(text, delimiter=delimiter, strict=True)
    try:
        for number, values in enumerate(reader, 1):
            yield Cells(number, line, values)
            line = reader.line_num + 1
    except csv.Error as error:
        raise Refused(f"Row {number + 1} (line {line}) cannot be read: {error}.", advice=_QUOTES) from error
    except UnicodeError as error:
        raise Malformed(
            f"Not {encoding.name}: it has bytes that {encoding.name} does not allow ({_reason(error)}).",
            advice="Leave --encoding out, or say which it is: --encoding windows-1252",
        ) from error
    finally:
        text.detach()  # the file stays open: it is read again


def named_delimiter(sign: str) -> str:
    """Return the delimiter that *sign* names: itself, or `tab`; refuse what cannot be one."""
    sign = {"tab": "\t", "\\t": "\t"}.get(sign, sign)
    if len(sign) != 1 or sign in '\r\n"' or sign.isalnum():
        raise Malformed(f'"{sign}" cannot stand between cells.', advice='Say one sign: --delimiter ";" or tab.')
    return sign


def detect_delimiter(source: BinaryIO, encoding: Encoding) -> str:
    """Return the delimiter that gives the most columns, as many in every row as in the header."""
    return max(DELIMITERS, key=lambda one: _fit(source, encoding, one))


def _fit(source: BinaryIO, encoding: Encoding, delimiter: str) -> tuple[int, int]:
    """Return the share of rows (in thousandths) that have as many cells as the header, and how many those are."""
    rows = []
    try:
        rows += [len(cells.values) for cells in islice(read_cells(source, encoding, delimiter), _LOOK) if cells.values]
    except Refused:
        return 0, 0
    if not rows or rows[0] < 2:
        return 0, 0
    return rows.count(rows[0]) * 1000 // len(rows), rows[0]


def _reason(error: UnicodeError) -> str:
    return error.reason if isinstance(error, UnicodeDecodeError) else str(error)
