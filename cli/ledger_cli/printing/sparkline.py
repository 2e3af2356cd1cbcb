"""A row of bars, one a value, in a line of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

BARS = "▁▂▃▄▅▆▇█"
NONE = "·"
"""Stands where there is no value, so that every bar keeps its place."""


def sparkline(values: Sequence[float | None]) -> str:
    """Return a bar for each of *values*, the lowest for the least and the highest for the most of them."""
    known = [value for value in values if value is not None]
    least, most = min(known, default=0), max(known, default=0)
    return "".join(NONE if value is None else BARS[_height(value, least, most)] for value in values)


def _height(value: float, least: float, most: float) -> int:
    return round((value - least) / (most - least) * (len(BARS) - 1)) if most > least else 0
