"""Delay by milestone: a bar each, its days in four parts that bear their letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_cli.picturing.spec import BLUE, GREY, NARROW, PAPER, RUST, TEAL, beside, labels, leading, lines

if TYPE_CHECKING:
    from ledger_cli.picturing.spec import Rows, Spec

COLOURS = {"C": BLUE, "B": TEAL, "O": RUST, "N": GREY}
BAR = {"type": "bar", "height": 24, "stroke": PAPER, "strokeWidth": 1.5}


def spec(rows: Rows, width: int) -> Spec:
    """Return the chart of *rows*."""
    for row in rows:
        row["part"] = f"{row['letter']}  {row['kind']}"
    x = {"field": "x0", "type": "quantitative", "axis": {"title": "business days", "tickMinStep": 1, "tickCount": 6}}
    bars = leading({"x": x, "x2": {"field": "x"}, "y": lines(rows), "fill": _parts(rows, 2 if width == NARROW else 4)})
    return {
        "height": {"step": 52},
        "layer": [{"mark": BAR, "encoding": bars}, _letters(rows), labels(rows, "title", width, up=16)],
    }


def _parts(rows: Rows, columns: int) -> Spec:
    there = {row["letter"]: row["part"] for row in rows}
    letters = [letter for letter in COLOURS if letter in there]
    scale = {"domain": [there[letter] for letter in letters], "range": [COLOURS[letter] for letter in letters]}
    return {"field": "part", "type": "nominal", "scale": scale, "legend": {"columns": columns, "symbolType": "square"}}


def _letters(rows: Rows) -> Spec:
    """Return the letter and the number in the middle of each part; of a single day, the letter alone."""
    said = "datum.days > 1 ? datum.letter + ' ' + datum.days : datum.letter"
    middle = {"field": "middle", "type": "quantitative"}
    return {
        "transform": [{"calculate": said, "as": "said"}, {"calculate": "(datum.x0 + datum.x) / 2", "as": "middle"}],
        "mark": beside("text", {"color": PAPER, "fontSize": 11, "fontWeight": "bold"}),
        "encoding": {"x": middle, "y": lines(rows), "text": {"field": "said"}},
    }
