"""Mann-Whitney: whether values of one group tend to be above those of another, and how likely that would be by chance.

    R    the sum of the ranks of the upper group; equal values share the mean of their ranks
    p    the share of all choices of that many ranks whose sum is R or more

Nobody assumes how the values are spread: under the hypothesis that nothing distinguishes the groups, every choice of who is in
which is as likely as any other (H. B. Mann and D. R. Whitney, Ann. Math. Stat. 18 (1947) 50-60). The choices are those of the
very ranks there are, so ties need no correction, and p is exact. Of more than EXACT values it is that of a normal
distribution with the same mean and variance, half a step nearer to the middle.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import comb
from typing import TYPE_CHECKING

from ledger.statistics.normal import upper_tail

if TYPE_CHECKING:
    from collections.abc import Sequence

EXACT = 160


def chance_above(upper: Sequence[Decimal], lower: Sequence[Decimal]) -> Fraction:
    """Return p, one-sided, of *upper* lying above *lower*; neither may be empty."""
    if len(upper) > len(lower):  # the same question, asked of the smaller group
        return chance_above([-value for value in lower], [-value for value in upper])
    ranks = doubled_mid_ranks([*upper, *lower])
    seen = sum(ranks[: len(upper)])
    if len(ranks) > EXACT:
        return _approximate(ranks, len(upper), seen)
    return Fraction(_at_least(ranks, len(upper), seen), comb(len(ranks), len(upper)))


def doubled_mid_ranks(values: Sequence[Decimal]) -> list[int]:
    """Return the rank of each of *values* times two, so that the mean of the ranks of equal values is whole."""
    ordered = sorted(values)
    first = {value: place for place, value in reversed([*enumerate(ordered)])}
    last = {value: place for place, value in enumerate(ordered)}
    return [first[value] + last[value] + 2 for value in values]


def _at_least(ranks: Sequence[int], size: int, least: int) -> int:
    """Return how many choices of *size* of *ranks* add up to *least* or more.

    *size* is no more than half of them. `ways[k]` holds, digit by digit, how many choices of k ranks add up to 0, 1, 2, …: its
    digits are so wide that none can overflow, so a rank is added to every choice by one shift. Modulo its largest digit a
    number is the sum of its digits.
    """
    width = comb(len(ranks), size).bit_length() + 1
    ways = [1] + [0] * size
    for rank in ranks:
        for k in range(size, 0, -1):
            ways[k] += ways[k - 1] << rank * width
    return (ways[size] >> least * width) % ((1 << width) - 1)


def _approximate(ranks: Sequence[int], size: int, seen: int) -> Fraction:
    count = len(ranks)
    spread = sum((rank - count - 1) ** 2 for rank in ranks)
    variance = Fraction(size * (count - size) * spread, count * (count - 1))
    if not variance:
        return Fraction(1)
    deviation = (Decimal(variance.numerator) / variance.denominator).sqrt()
    z = (seen - size * (count + 1) - 1) / deviation
    return Fraction(upper_tail(z) if z > 0 else 1 - upper_tail(-z))
