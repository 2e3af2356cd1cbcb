"""Satisfaction: the score of each wave over time, its span and its n, above or below the floor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_cli.picturing.spec import BLUE, GREY, POINT, RUST, SOFT, beside, in_time, leading

if TYPE_CHECKING:
    from ledger_cli.picturing.spec import Rows, Spec


def spec(rows: Rows, width: int) -> Spec:
    """Return the chart of *rows*."""
    axis = {"title": "score, 0 to 100", "tickCount": 5, "grid": True}
    x, y = in_time(width), _score("y", {"scale": {"domain": [0, 100]}, "axis": axis})
    floor = {"color": RUST, "strokeDash": [4, 3], "strokeWidth": 1.25}
    span = {"color": GREY, "strokeWidth": 5, "opacity": 0.4, "strokeCap": "round"}
    low, high = _score("low"), {"field": "high"}
    layer = [
        {"mark": beside("rule", floor), "encoding": {"y": {"aggregate": "max", **_score("floor")}}},
        {"mark": beside("rule", span), "encoding": {"x": x, "y": low, "y2": high}},
        {"mark": beside("line", {"color": BLUE, "strokeWidth": 2}), "encoding": {"x": x, "y": y}},
        {"mark": {**POINT, "filled": True, "color": BLUE}, "encoding": leading({"x": x, "y": y})},
        _people(x, low),
    ]
    return {"height": 200, "layer": layer}


def _score(field: str, more: Spec | None = None) -> Spec:
    return {"field": field, "type": "quantitative", **(more or {})}


def _people(x: Spec, low: Spec) -> Spec:
    """Return how many answered, below each span."""
    look = {"dy": 12, "fontSize": 11, "color": SOFT, "baseline": "top"}
    return {"mark": beside("text", look), "encoding": {"x": x, "y": low, "text": {"field": "n"}}}
