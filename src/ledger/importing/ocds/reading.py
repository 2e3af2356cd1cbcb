"""What the values of a release mean: ids, texts, dates, amounts; what they cannot be is refused by path."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, cast

from ledger.calendars import is_day, normalise_instant
from ledger.errors import Malformed
from ledger.values.currencies import digits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.importing.ocds.nodes import Node

LONGEST = 2_000
LONGEST_LINE = 200
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_ZONE = "Write RFC 3339 with an offset: 2010-05-10T09:30:00Z, or a day: 2010-05-10."


def line(text: str, most: int = LONGEST_LINE) -> str:
    """Return *text* as one line without signs that steer a terminal, cut where it is too long."""
    return _cut(" ".join(_CONTROL.sub(" ", text).split()), most)


def text(node: Node) -> str:
    """Read a text of any length, cut after 2,000 characters."""
    return _cut(_CONTROL.sub(" ", _string(node)).strip(), LONGEST)


def identifier(node: Node) -> str:
    """Read an id: text or a whole number, as the standard allows."""
    value = node.value
    said = str(value) if isinstance(value, int) and not isinstance(value, bool) else _string(node).strip()
    if not said or line(said) != said:
        raise node.no("id", "An id is one line of 1 to 200 characters.")
    return said


def moment(node: Node) -> str:
    """Read a day, or an instant in whatever zone, brought to UTC."""
    said = _string(node)
    if is_day(said):
        return said
    try:
        return normalise_instant(said)
    except Malformed as error:
        raise node.no("date with a zone", _ZONE) from error


def stamp(node: Node) -> str:
    """Read a day or an instant, kept as it was written: its own day is the one that counts."""
    moment(node)
    return str(node.value)


def words(node: Node) -> list[str]:
    """Read a list of words."""
    if not isinstance(node.value, list) or not all(isinstance(word, str) for word in node.value):
        raise node.no("list of words")
    return [line(word) for word in node.value if word.strip()]


def amount(node: Node) -> str:
    """Read an amount of money as a decimal, written one way."""
    value = node.value
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        raise node.no("amount")
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise node.no("amount") from None
    if not number.is_finite() or number < 0 or number.adjusted() > 15 or cast("int", number.as_tuple().exponent) < -9:
        raise node.no("amount of money", "It is a number from 0 on, below 10^15, with at most nine decimals.")
    return format(number.normalize(), "f")


def currency(node: Node) -> str:
    """Read a currency (ISO 4217)."""
    if not re.fullmatch("[A-Z]{3}", _string(node)):
        raise node.no("currency", "Three capitals of ISO 4217: GBP.")
    return str(node.value)


def minor_units(money: Mapping[str, str]) -> int | None:
    """Return *money* in minor units of its currency; None where it is not a whole number of them."""
    number = Decimal(money["amount"]).scaleb(digits(money["currency"]))
    return int(number) if number == number.to_integral_value() else None


def _string(node: Node) -> str:
    if not isinstance(node.value, str):
        raise node.no("text")
    return node.value


def _cut(said: str, most: int) -> str:
    return said if len(said) <= most else f"{said[: most - 1]}…"
