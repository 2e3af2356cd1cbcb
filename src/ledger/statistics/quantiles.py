"""The middle of some values, and how far most of them go (domain, part 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from decimal import Decimal

NINE_IN_TEN = 9, 10


def median(values: Iterable[Decimal]) -> Decimal:
    """Return the middle one of *values*, of an even number the mean of the middle two; there must be one."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def nearest_rank(values: Collection[Decimal], of: int, out_of: int) -> Decimal:
    """Return the smallest of *values* that *of* in *out_of* of them do not pass: of 9 in 10, the ⌈0.9 n⌉-th smallest."""
    return sorted(values)[-(-of * len(values) // out_of) - 1]
