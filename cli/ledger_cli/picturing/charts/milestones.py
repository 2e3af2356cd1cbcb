"""Milestones: a line each, from the date agreed first to the one in force, with what was known, told and delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_cli.picturing.spec import (
    BLUE,
    NARROW,
    PAPER,
    POINT,
    RUST,
    TEAL,
    Sign,
    beside,
    in_time,
    labels,
    leading,
    lines,
    signed,
)

if TYPE_CHECKING:
    from ledger_cli.picturing.spec import Rows, Spec

SIGNS = {
    "first date": Sign("circle", BLUE, PAPER),
    "date moved": Sign("circle", BLUE, BLUE),
    "known to us": Sign("triangle-up", RUST, PAPER),
    "client told": Sign("triangle-up", RUST, RUST),
    "delivered": Sign("diamond", TEAL, TEAL),
}


def spec(rows: Rows, width: int) -> Spec:
    """Return the chart of *rows*."""
    x, y = in_time(width), lines()
    points = leading({"x": x, "y": y, **signed("kind", SIGNS, rows, 3 if width == NARROW else 0)})
    layer = [
        _span(x, y, "date moved", {"color": BLUE}),
        _span(x, y, "client told", {"color": RUST, "strokeDash": [3, 3]}),
        {"mark": POINT, "encoding": points},
        labels(rows, "title"),
    ]
    return {"height": {"step": 46}, "layer": layer}


def _span(x: Spec, y: Spec, kind: str, look: Spec) -> Spec:
    """Return the line from where marks of one *kind* were before to where they are."""
    return {
        "transform": [{"filter": f"isValid(datum.x0) && datum.kind == '{kind}'"}],
        "mark": beside("rule", {"strokeWidth": 2, **look}),
        "encoding": {"x": x, "x2": {"field": "x0"}, "y": y},
    }
