"""What the cells of a column mean: a day, an amount, a word, or "not given"; anything else is refused by name.

    end_date = { column = "end_date", type = "day", formats = ["%d.%m.%y", "%Y-%m-%d"], century = 2000 }

With a century a year of two digits lies in it: `31.12.40` is 2040. Without one it is refused, for nobody can know.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from ledger.errors import Malformed
from ledger.values.currencies import digits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ledger.canonical import JSON

_SHORTENED = 60
_NUMBER = re.compile(r"[^0-9.\-]")


@dataclass(frozen=True, slots=True)
class NotGiven:
    """Cells that say that nothing is said: whole *values*, and *patterns* that match the whole cell."""

    values: frozenset[str] = frozenset()
    patterns: Sequence[re.Pattern[str]] = ()

    def holds(self, cell: str) -> bool:
        """Return whether *cell* says nothing."""
        return not cell or cell in self.values or any(pattern.fullmatch(cell) for pattern in self.patterns)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file as the mapping reads it; *name* is what templates call it."""

    name: str
    column: str
    type: str = "line"
    formats: Sequence[str] = ("%Y-%m-%d",)
    century: int | None = None
    currency: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    required: bool = True
    not_given: NotGiven = NotGiven()

    def read(self, cell: str) -> JSON | None:
        """Return what *cell* says, None where it says nothing; refuse what this column cannot hold."""
        cell = cell.strip()
        if self.not_given.holds(cell):
            if self.required:
                raise Malformed(f"column {self.column}: {_said(cell)} says nothing, and the mapping asks for it.")
            return None
        return READERS[self.type](self, cell)

    def refuse(self, cell: str, what: str) -> Malformed:
        """Return the refusal of *cell*, which is no *what*."""
        return Malformed(f"column {self.column}: {_said(cell)} is no {what}.", field=self.column)


def _line(column: Column, cell: str) -> JSON:
    return " ".join(cell.split())


def _text(column: Column, cell: str) -> JSON:
    return cell.replace("\r\n", "\n").replace("\r", "\n")


def _day(column: Column, cell: str) -> JSON:
    for form in column.formats:
        try:
            # a strange four-digit year cannot slip through %y: strptime takes exactly two digits for it
            day = datetime.strptime(cell, form).date()  # noqa: DTZ007 -- a day has no zone
        except ValueError:
            continue
        if "%y" not in form:
            return day.isoformat()
        if column.century is None:
            raise Malformed(f'column {column.column}: "{cell}" does not say its century.', field=column.column)
        return day.replace(year=column.century + day.year % 100).isoformat()
    raise column.refuse(cell, "date")


def _whole(column: Column, cell: str) -> JSON:
    number = _decimal(column, cell)
    if number != number.to_integral_value():
        raise column.refuse(cell, "whole number")
    return int(number)


def _amount(column: Column, cell: str) -> JSON:
    return format(_decimal(column, cell).normalize(), "f")


def _money(column: Column, cell: str) -> JSON:
    minor = _decimal(column, cell).scaleb(digits(str(column.currency)))
    if minor != minor.to_integral_value():
        raise column.refuse(cell, "amount in whole pennies")
    return {"currency": column.currency, "minor": int(minor)}


def _word(column: Column, cell: str) -> JSON:
    if cell not in column.words:
        raise column.refuse(cell, f"word the mapping knows ({', '.join(column.words)[:200]})")
    return column.words[cell]


def _decimal(column: Column, cell: str) -> Decimal:
    """Read a number with its currency sign and its thousands separators: `£12,343.96`."""
    bare = _NUMBER.sub("", cell)
    if re.search(r"[A-Za-z]{4,}", cell):
        raise column.refuse(cell, "number")
    try:
        return Decimal(bare)
    except InvalidOperation:
        raise column.refuse(cell, "number") from None


def _said(cell: str) -> str:
    shown = " ".join(cell.split())
    return f'"{shown if len(shown) <= _SHORTENED else shown[: _SHORTENED - 1] + "…"}"'


READERS: Mapping[str, Callable[[Column, str], JSON]] = {
    "line": _line,
    "text": _text,
    "day": _day,
    "whole": _whole,
    "decimal": _amount,
    "money": _money,
    "word": _word,
}
"""The types of columns."""
