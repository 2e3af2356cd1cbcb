"""Whether a value is of the type that its column declares, exactly as the tables of the ledger hold it."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from ledger.calendars import is_day, normalise_instant
from ledger.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ledger_projections.table import Column

_INT64 = range(-(2**63), 2**63)


def reason(column: Column, value: object) -> str:
    """Return why *value* cannot stand in *column*; nothing where it can."""
    if value is None:
        return "" if column.nullable else "and the column is not nullable"
    holds, needs = _FORMS[column.type]
    return "" if holds(value) else needs


def _is_text(value: object) -> bool:
    """Return whether it is text that a file can hold: no half of a pair (RFC 3629, section 3)."""
    return isinstance(value, str) and not any("\ud800" <= character <= "\udfff" for character in value)


def _is_integer(value: object) -> bool:
    return type(value) is int and value in _INT64


def _is_number(value: object) -> bool:
    return _is_integer(value) or (type(value) is Decimal and value.is_finite())


def _is_day(value: object) -> bool:
    return isinstance(value, str) and is_day(value)


def _is_instant(value: object) -> bool:
    try:
        return isinstance(value, str) and normalise_instant(value) == value
    except Refused:
        return False


def _is_json(value: object) -> bool:
    try:
        json.loads(cast("str", value), parse_constant=_refuse)
    except (TypeError, ValueError):
        return False
    return isinstance(value, str)


def _refuse(constant: str) -> None:
    raise ValueError(constant)


_FORMS: Mapping[str, tuple[Callable[[object], bool], str]] = {
    "text": (_is_text, "which is no text"),
    "integer": (_is_integer, "which is no whole number of 64 bits"),
    "number": (_is_number, "which is neither an int nor a Decimal"),
    "boolean": (lambda value: isinstance(value, bool), "which is neither True nor False"),
    "day": (_is_day, "which is no day such as 2025-06-06"),
    "instant": (_is_instant, "which is no instant in UTC: written(datetime) writes one"),
    "moment": (lambda v: _is_day(v) or _is_instant(v), "which is neither a day nor an instant"),
    "json": (_is_json, "which is no text of JSON"),
}
