"""Scores on a declared scale, brought to 0 to 100 so that they can be compared (M11)."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ledger.values.records import Scale

THOUSANDTH = Decimal("0.001")


def normalised(score: Decimal, scale: Scale) -> Decimal:
    """Return a score on 0 to 100: norm(x) of M11."""
    lowest, highest = Decimal(scale["min"]), Decimal(scale["max"])
    return rounded(100 * (score - lowest) / (highest - lowest))


def rounded(value: Decimal) -> Decimal:
    """Return *value* to the thousandth."""
    return value.quantize(THOUSANDTH, ROUND_HALF_EVEN)
