"""Mann-Kendall: whether a series rises or falls, and how likely it would by chance, equal values included (M12).

    S    pairs of which the later value is the higher, less those of which it is the lower
    p    the share of all orders of the same values whose S lies as far out on the same side, or farther

Of all orders of values that come t1, t2, … times, those with d falling pairs are as many as the coefficient of q^d in

    [n]! / ([t1]! [t2]! …)        [m]! = (1 - q)(1 - q²)…(1 - q^m) / (1 - q)^m

(MacMahon). Each pair of unequal values falls or rises, so S = pairs - 2d, and all coefficients are whole numbers: p is exact.
Of more than EXACT values it is that of a normal distribution with the same variance, half a step nearer to the middle, as
Kendall has it: where no two are equal, off by less than 0.001.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from math import comb, factorial, prod
from operator import sub
from typing import TYPE_CHECKING

from ledger.statistics.normal import upper_tail

if TYPE_CHECKING:
    from collections.abc import Sequence

EXACT = 60


def score(values: Sequence[Decimal]) -> int:
    """Return S of *values* in their order."""
    before: list[Decimal] = []
    total = 0
    for value in values:
        total += bisect_left(before, value) - (len(before) - bisect_right(before, value))
        insort(before, value)
    return total


def chance(values: Sequence[Decimal]) -> Fraction:
    """Return p, one-sided, on the side to which *values* go."""
    times = list(Counter(values).values())
    apart = comb(len(values), 2) - sum(comb(t, 2) for t in times)
    far = abs(score(values))
    if len(values) > EXACT:
        return _approximate(len(values), times, far)
    orders = factorial(len(values)) // prod(factorial(t) for t in times)
    return Fraction(sum(_falling(times, (apart - far) // 2)), orders)


def _falling(times: Sequence[int], most: int) -> list[int]:
    """Return how many orders have 0, 1, … *most* falling pairs."""
    counts = [1] + [0] * most
    placed = 0
    for among in times:
        for i in range(1, among + 1):
            _multiply(counts, placed + i)
            _divide(counts, i)
        placed += among
    return counts


def _multiply(counts: list[int], power: int) -> None:
    """Multiply by 1 - q^*power*."""
    counts[power:] = map(sub, counts[power:], counts)


def _divide(counts: list[int], power: int) -> None:
    """Divide by 1 - q^*power*."""
    for first in range(min(power, len(counts))):
        counts[first::power] = accumulate(counts[first::power])


def _approximate(n: int, times: Sequence[int], far: int) -> Fraction:
    variance = Fraction(_spread(n) - sum(map(_spread, times)), 18)
    if not variance:
        return Fraction(1)
    deviation = (Decimal(variance.numerator) / variance.denominator).sqrt()
    return Fraction(upper_tail((far - 1) / deviation))


def _spread(count: int) -> int:
    return count * (count - 1) * (2 * count + 5)
