"""The perception gap: a line a dimension from the client's score to ours, the waves one below the other."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from ledger_cli.picturing.spec import BLUE, INK, POINT, RUST, SOFT, Sign, beside, leading, signed

if TYPE_CHECKING:
    from ledger_cli.picturing.spec import Rows, Spec

SIGNS = {"ours": Sign("square", RUST, "transparent"), "the client's": Sign("circle", BLUE, BLUE)}
SIZES = {"domain": list(SIGNS), "range": [190, 70]}
MARGIN, NUMBERS = 84, 62
"""Pixels to the left for the dimensions, and to the right for the gaps."""


def spec(rows: Rows, width: int) -> Spec:
    """Return the chart of *rows*."""
    waves = [(wave, list(those)) for wave, those in groupby(rows, key=lambda row: row["wave"])]
    return {
        "vconcat": [_wave(wave, those, width - MARGIN - NUMBERS, last=wave == waves[-1][0]) for wave, those in waves]
    }


def _wave(wave: str, rows: Rows, width: int, *, last: bool) -> Spec:
    """Return the gaps of one wave; the last one bears the axis of all."""
    axis = {"title": "score, 0 to 100" if last else None, "grid": True, "tickCount": 5, "labels": last}
    x = {"type": "quantitative", "scale": {"domain": [0, 100]}, "axis": axis}
    names = {
        "title": None,
        "labelFontSize": 12,
        "labelColor": INK,
        "labelLimit": MARGIN - 8,
        "minExtent": MARGIN,
        "maxExtent": MARGIN,
    }
    y = {"field": "dimension", "type": "nominal", "sort": None, "axis": names}
    layer = [_apart(rows, x, y), _sides(rows, x, y), _gap(rows, y, width)]
    return {"title": wave, "width": width, "height": {"step": 28}, "layer": layer}


def _apart(rows: Rows, x: Spec, y: Spec) -> Spec:
    """Return the lines between the two scores, where there are two."""
    both = [{**row, "ours": float(row["ours"]), "theirs": float(row["theirs"])} for row in rows if "ours" in row]
    encoding = {"x": {"field": "ours", **x}, "x2": {"field": "theirs"}, "y": y}
    return {"data": {"values": both}, "mark": beside("rule", {"color": SOFT, "strokeWidth": 2}), "encoding": encoding}


def _sides(rows: Rows, x: Spec, y: Spec) -> Spec:
    """Return a mark for each score; where both are the same, one stands in the other."""
    names = {"ours": "ours", "the client's": "theirs"}
    scores = [
        {**row, "side": side, "score": float(row[name])} for side, name in names.items() for row in rows if name in row
    ]
    size = {"field": "side", "type": "nominal", "scale": SIZES, "legend": None}
    encoding = leading({"x": {"field": "score", **x}, "y": y, "size": size, **signed("side", SIGNS, scores)})
    return {"data": {"values": scores}, "mark": POINT, "encoding": encoding}


def _gap(rows: Rows, y: Spec, width: int) -> Spec:
    """Return the gap in points, at the end of each line."""
    look = beside("text", {"align": "right", "fontSize": 12, "color": INK})
    encoding = {"x": {"value": width + NUMBERS - 16}, "y": y, "text": {"field": "gap"}}
    return {"data": {"values": rows}, "mark": look, "encoding": encoding}
