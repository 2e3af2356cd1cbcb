"""Scores on a declared scale, brought to 0 to 100 so that they can be compared (M11)."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ledger.values.records import Scale

THOUSANDTH = Decimal("0.001")


def normalised(score: Decimal, scale: Scale) -> Decimal:
    """Return a score on 0 to 100: norm(x) of M11."""
    lowest, highest = Decimal(scale["min"]), Decimal(scale["max"])
    return rounded(100 * (score - lowest) / (highest - lowest))


def median(values: Iterable[Decimal]) -> Decimal:
    """Return the middle one of *values*, of an even number the mean of the middle two (domain, Part 2)."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else rounded((ordered[middle - 1] + ordered[middle]) / 2)


def rounded(value: Decimal) -> Decimal:
    """Return *value* to the thousandth."""
    return value.quantize(THOUSANDTH, ROUND_HALF_EVEN)
