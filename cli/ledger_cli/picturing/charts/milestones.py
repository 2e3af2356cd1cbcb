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
    from collections.abc import Mapping

    from ledger_cli.picturing.spec import Rows, Spec

SIGNS = {
    "first date": Sign("circle", BLUE, PAPER),
    "date moved": Sign("circle", BLUE, BLUE),
    "known to us": Sign("triangle-up", RUST, PAPER),
    "client told": Sign("triangle-up", RUST, RUST),
    "delivered": Sign("diamond", TEAL, TEAL),
}
LOOKS: Mapping[str, Spec] = {
    "known to us": {"size": 190},
    "client told": {"size": 70},
    "delivered": {"size": 80, "yOffset": 12},
}
"""What falls on one moment with another is still to be seen: in a larger mark, or below it."""


def spec(rows: Rows, width: int) -> Spec:
    """Return the chart of *rows*."""
    x, y = in_time(width), lines(rows)
    encoding = leading({"x": x, "y": y, **signed("kind", SIGNS, rows, 3 if width == NARROW else 0)})
    points = [_points(kind, encoding) for kind in SIGNS]
    spans = [
        _span(x, y, "date moved", {"color": BLUE}),
        _span(x, y, "client told", {"color": RUST, "strokeDash": [3, 3]}),
    ]
    return {"height": {"step": 48}, "layer": [*spans, *points, labels(rows, "title", width)]}


def _span(x: Spec, y: Spec, kind: str, look: Spec) -> Spec:
    """Return the line from where marks of one *kind* were before to where they are."""
    return {
        "transform": [{"filter": "isValid(datum.x0)"}, _of(kind)],
        "mark": beside("rule", {"strokeWidth": 2, **look}),
        "encoding": {"x": x, "x2": {"field": "x0"}, "y": y},
    }


def _points(kind: str, encoding: Spec) -> Spec:
    mark: Spec = {**POINT, **LOOKS.get(kind, {})}
    return {"transform": [_of(kind)], "mark": mark, "encoding": encoding}


def _of(kind: str) -> Spec:
    return {"filter": {"field": "kind", "equal": kind}}
