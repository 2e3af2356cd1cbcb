"""Scores on a declared scale, brought to 0 to 100 so that they can be compared (M11)."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ledger.values.records import Scale

THOUSANDTH = Decimal("0.001")
GRAIN, FINE = Decimal("1E-12"), Decimal("1E-20")
"""What scores are compared with, far below what is shown and coarse enough that a third is a third however it was added up;
and what they are added up with."""


def normalised(score: Decimal, scale: Scale) -> Decimal:
    """Return a score on 0 to 100 as it is shown: norm(x) of M11."""
    return rounded(unrounded(score, scale))


def unrounded(score: Decimal, scale: Scale) -> Decimal:
    """Return a score on 0 to 100 as it is added up."""
    lowest, highest = Decimal(scale["min"]), Decimal(scale["max"])
    return (100 * (score - lowest) / (highest - lowest)).quantize(FINE, ROUND_HALF_EVEN)


def grained(value: Decimal) -> Decimal:
    """Return *value* as fine as scores are compared; what is nothing has no sign."""
    return value.quantize(GRAIN, ROUND_HALF_EVEN) + 0


def rounded(value: Decimal) -> Decimal:
    """Return *value* to the thousandth."""
    return value.quantize(THOUSANDTH, ROUND_HALF_EVEN)
