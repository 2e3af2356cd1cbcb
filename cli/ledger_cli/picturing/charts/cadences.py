"""Rhythms: a line each, with a mark for every time that something was expected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_cli.picturing.spec import (
    BLUE,
    GREY,
    NARROW,
    PAPER,
    POINT,
    RUST,
    Sign,
    in_time,
    labels,
    leading,
    lines,
    signed,
)

if TYPE_CHECKING:
    from ledger_cli.picturing.spec import Rows, Spec

SIGNS = {
    "on time": Sign("circle", BLUE, BLUE),
    "late": Sign("triangle-up", RUST, RUST),
    "missed": Sign("M-.8,-.8L.8,.8M.8,-.8L-.8,.8", RUST, RUST),
    "not yet judged": Sign("circle", BLUE, PAPER),
    "not expected": Sign("stroke", GREY, GREY),
}


def spec(rows: Rows, width: int) -> Spec:
    """Return the chart of *rows*."""
    signs = signed("kind", SIGNS, rows, 2 if width == NARROW else 0)
    marks = {"mark": POINT, "encoding": leading({"x": in_time(width), "y": lines(rows), **signs})}
    return {"height": {"step": 40}, "layer": [marks, labels(rows, "name", width)]}
