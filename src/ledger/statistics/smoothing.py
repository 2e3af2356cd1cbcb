"""An average that forgets: the newest value weighs most, and each older one less than the one after it (M12)."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal


def smoothed(values: Sequence[Decimal], weight: Decimal) -> Decimal:
    """Return the exponentially weighted moving average of *values*, oldest first, which starts from the first of them."""
    return reduce(lambda before, value: weight * value + (1 - weight) * before, values)
