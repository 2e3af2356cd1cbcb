"""Theil and Sen's slope: how steeply a series goes, which no single value can tilt (M12)."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from ledger.statistics.quantiles import median

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    Point = tuple[int, Decimal]

ALL_PAIRS = 200


def slope(points: Sequence[Point]) -> Decimal | None:
    """Return the median of the slopes between any two of *points*, days and values oldest first; None of one day alone.

    Two of the same day have no slope between them. Of more than ALL_PAIRS points, each is paired with the one half of the
    series later, as Theil's incomplete method does.
    """
    slopes = [(b - a) / (later - day) for (day, a), (later, b) in _pairs(points) if later != day]
    return median(slopes) if slopes else None


def _pairs(points: Sequence[Point]) -> Iterable[tuple[Point, Point]]:
    half = (len(points) + 1) // 2
    return combinations(points, 2) if len(points) <= ALL_PAIRS else zip(points, points[half:], strict=False)
