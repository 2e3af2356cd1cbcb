"""Scores on a declared scale, brought to 0 to 100 so that they can be compared (M11)."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ledger.values.records import Scale

THOUSANDTH = Decimal("0.001")
GRAIN = Decimal("1E-12")
"""What scores are reckoned with: far below what is shown, and coarse enough that a third is a third on every scale."""


def normalised(score: Decimal, scale: Scale) -> Decimal:
    """Return a score on 0 to 100 as it is shown: norm(x) of M11."""
    return rounded(unrounded(score, scale))


def unrounded(score: Decimal, scale: Scale) -> Decimal:
    """Return a score on 0 to 100 as it is reckoned with."""
    lowest, highest = Decimal(scale["min"]), Decimal(scale["max"])
    return grained(100 * (score - lowest) / (highest - lowest))


def grained(value: Decimal) -> Decimal:
    """Return *value* as fine as scores are reckoned with."""
    return value.quantize(GRAIN, ROUND_HALF_EVEN)


def rounded(value: Decimal) -> Decimal:
    """Return *value* to the thousandth."""
    return value.quantize(THOUSANDTH, ROUND_HALF_EVEN)
