"""News by delay: a line each, as long as it waited, bad news above good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_cli.picturing.spec import (
    BLUE,
    GREY,
    NARROW,
    PAPER,
    POINT,
    RUST,
    SOFT,
    Sign,
    beside,
    labels,
    leading,
    lines,
    signed,
)

if TYPE_CHECKING:
    from ledger_cli.picturing.spec import Rows, Spec

SIGNS = {
    "bad": Sign("square", RUST, RUST),
    "bad, not told": Sign("square", RUST, PAPER),
    "neutral": Sign("diamond", GREY, GREY),
    "neutral, not told": Sign("diamond", GREY, PAPER),
    "good": Sign("circle", BLUE, BLUE),
    "good, not told": Sign("circle", BLUE, PAPER),
}


def spec(rows: Rows, width: int) -> Spec:
    """Return the chart of *rows*."""
    polarities = ("bad", "neutral", "good")
    rows.sort(key=lambda row: polarities.index(row["polarity"]))
    axis = {"title": "business hours from knowing to telling", "grid": True, "tickCount": 5}
    x = {"field": "x", "type": "quantitative", "axis": axis, "scale": {"domainMin": 0, "nice": True}}
    y = lines(rows)
    stem = beside("rule", {"color": SOFT, "strokeWidth": 1.25})
    points = leading({"x": x, "y": y, **signed("kind", SIGNS, rows, 2 if width == NARROW else 0)})
    stems = {"mark": stem, "encoding": {"x": x, "x2": {"datum": 0}, "y": y}}
    layer = [stems, {"mark": POINT, "encoding": points}, labels(rows, "title", width)]
    return {"height": {"step": 42}, "layer": layer}
