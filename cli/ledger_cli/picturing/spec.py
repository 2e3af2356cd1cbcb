"""What all charts share, in the grammar of Vega-Lite: how they look, and how their marks are told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.values.named import NamedTuple
from ledger_cli.printing.safe import safe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger_projections.reports import Section

Spec = dict[str, Any]
Rows = list[dict[str, Any]]

WIDE, NARROW = 740, 340
"""The widths in pixels that a chart is drawn at: for a desk, and for a phone."""
INK, SOFT, RULE, PAPER = "var(--ink)", "var(--soft)", "var(--rule)", "var(--paper)"
BLUE, RUST, TEAL, GREY = "var(--blue)", "var(--rust)", "var(--teal)", "var(--grey)"
CONFIG: Mapping[str, Any] = {
    "background": "transparent",
    "font": "Arial, Helvetica, 'Liberation Sans', sans-serif",  # of one width: what was measured when drawn holds when read
    "view": {"stroke": None},
    "axis": {
        "labelColor": SOFT,
        "titleColor": SOFT,
        "labelFontSize": 11,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
        "domain": False,
        "ticks": False,
        "gridColor": RULE,
        "labelPadding": 6,
        "labelLimit": 0,
        "titlePadding": 8,
    },
    "legend": {
        "orient": "top",
        "title": None,
        "labelColor": INK,
        "labelFontSize": 12,
        "labelLimit": 0,
        "symbolSize": 90,
        "offset": 12,
        "rowPadding": 4,
        "columnPadding": 14,
    },
    "title": {"color": INK, "fontSize": 12, "anchor": "start", "fontWeight": "bold", "offset": 6},
    "concat": {"spacing": 14},
}
"""How all charts look; their colours are those of the page, by day and by night.

Measuring texts takes nearly all the time of drawing, and a limit measures each once more: only what people write has one.
"""
LABEL = 12
"""The height of the label of a line."""
BROAD = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZmw@%&#<>+=~^")
POINT: Mapping[str, Any] = {"type": "point", "size": 95, "strokeWidth": 1.75, "opacity": 1}


class Sign(NamedTuple):
    """How one kind of mark is told from the others: by shape and filling, so that colour says nothing alone."""

    shape: str
    stroke: str
    fill: str


def rows_of(section: Section) -> Rows:
    """Return the marks of *section*: the values of its rows, what each says, and where it leads."""
    return [
        {
            **{name: safe(value) if isinstance(value, str) else value for name, value in line.values.items()},
            "says": safe(", ".join(cell for cell in line.cells if cell)),
            "href": f"#e{line.entries[0]}",
        }
        for line in section.rows
        if line.values and line.entries
    ]


def leading(channels: Mapping[str, Any]) -> Spec:
    """Return the encoding of marks that say what they are and lead to their entries."""
    return {**channels, "href": {"field": "href"}, "description": {"field": "says"}}


def beside(mark: str, how: Mapping[str, Any]) -> Spec:
    """Return a mark that is drawn beside what says the same: nobody is read it twice."""
    return {"type": mark, "aria": False, **how}


def in_time(width: int) -> Spec:
    """Return the axis of time: days, with the year below where it begins."""
    year = "datum.index == 0 || utcmonth(datum.value) == 0 ? utcFormat(datum.value, '%Y') : ''"
    label = f"[utcFormat(datum.value, '%-d %b'), {year}]"
    ticks = 4 if width == NARROW else 9
    axis = {"title": None, "labelExpr": label, "tickCount": ticks, "grid": True, "labelOverlap": True}
    return {"field": "x", "type": "temporal", "scale": {"type": "utc", "padding": 8}, "axis": axis}


def lines(rows: Rows) -> Spec:
    """Return the axis of lines in the order of *rows*, each under its own label."""
    return {"field": "name", "type": "nominal", "sort": [*dict.fromkeys(row["name"] for row in rows)], "axis": None}


def labels(rows: Rows, text: str, width: int, up: int = 9) -> Spec:
    """Return the labels of the lines, each so many pixels *up* from its own, where there is room for all of it."""
    said: dict[str, str] = {}
    for row in rows:
        said.setdefault(row["name"], row[text])
    look = {"align": "left", "baseline": "bottom", "dy": -up, "fontSize": LABEL, "color": INK}
    limit = {} if all(_has_room(label, width - 10) for label in said.values()) else {"limit": width - 10}
    return {
        "data": {"values": [{"name": name, "label": label} for name, label in said.items()]},
        "mark": beside("text", {**look, **limit}),
        "encoding": {"x": {"value": 0}, "y": lines(rows), "text": {"field": "label"}},
    }


def signed(field: str, signs: Mapping[str, Sign], rows: Rows, columns: int = 0) -> Spec:
    """Return the encoding of kinds by their *signs*, of those that occur in *rows*."""
    there = [kind for kind in signs if any(row[field] == kind for row in rows)]
    legend = {"columns": columns} if columns else {}
    return {
        channel: _told(field, there, [getattr(signs[kind], channel) for kind in there], legend)
        for channel in Sign._fields
    }


def _has_room(label: str, pixels: int) -> bool:
    """Return whether *label* surely has room: in no font of a page is a letter wider than so many hundredths of its height."""
    return label.isascii() and LABEL * sum(102 if c in BROAD else 65 for c in label) <= 100 * pixels


def _told(field: str, kinds: Sequence[str], looks: Sequence[str], legend: Spec) -> Spec:
    return {"field": field, "type": "nominal", "scale": {"domain": kinds, "range": looks}, "legend": legend}
