"""Contacts: a calendar for each level, a column a week and a square a day, the darker the more, with the letter of its kind."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from ledger.values.named import NamedTuple
from ledger_cli.picturing.spec import INK, PAPER, RULE, beside, leading

if TYPE_CHECKING:
    from ledger_cli.picturing.spec import Rows, Spec

HEAT = {"type": "threshold", "domain": [2, 3, 4], "range": [f"var(--heat{number})" for number in (1, 2, 3, 4)]}
LARGEST, TALLEST = 26, 19
"""A square is no wider, and no taller, than so many pixels."""
MARGIN = 46
SPACED = {"paddingInner": 0.12}


class Sheet(NamedTuple):
    """What the calendars of all levels have in common: the weeks, the days of a week, and how wide a week is."""

    weeks: list[str]
    days: int
    step: int


def spec(rows: Rows, width: int) -> Spec:
    """Return the chart of *rows*."""
    first, last = (date.fromisoformat(pick(row["week"] for row in rows)) for pick in (min, max))
    weeks = [(first + timedelta(days=7 * number)).isoformat() for number in range((last - first).days // 7 + 1)]
    days = 7 if any(row["weekday"] > 4 for row in rows) else 5
    sheet = Sheet(weeks, days, min(LARGEST, (width - MARGIN) // len(weeks)))
    return {"vconcat": [_level(level, list(those), sheet) for level, those in groupby(rows, lambda row: row["level"])]}


def _level(level: str, rows: Rows, sheet: Sheet) -> Spec:
    place = _place(sheet)
    empty = [{"week": week, "weekday": day} for week in sheet.weeks for day in range(sheet.days)]
    fill = {"field": "count", "type": "quantitative", "scale": HEAT, "legend": None}
    letters = beside("text", {"fontSize": min(11, sheet.step - 5), "fontWeight": "bold"})
    ink = {"condition": {"test": "datum.count > 2", "value": PAPER}, "value": INK}
    blank = beside("rect", {"color": RULE, "opacity": 0.45})
    layer = [
        {"data": {"values": empty}, "mark": blank, "encoding": place},
        {
            "data": {"values": rows},
            "mark": {"type": "rect", "cornerRadius": 2},
            "encoding": leading({**place, "fill": fill}),
        },
        {"data": {"values": rows}, "mark": letters, "encoding": {**place, "text": {"field": "letter"}, "color": ink}},
    ]
    size = {"width": {"step": sheet.step}, "height": {"step": min(sheet.step, TALLEST)}}
    return {"title": level, **size, "layer": layer}


def _place(sheet: Sheet) -> Spec:
    """Return where a day stands: in the column of its week, in the row of its weekday."""
    weeks = {
        "title": None,
        "labelExpr": "utcFormat(toDate(datum.value), '%-d %b')",
        "labelOverlap": "greedy",
        "labelAngle": 0,
        "labelFontSize": 10,
    }
    names = {"title": None, "labelExpr": "['Mon', '', 'Wed', '', 'Fri', '', 'Sun'][datum.value]", "minExtent": 30}
    x = {"field": "week", "type": "ordinal", "scale": {"domain": sheet.weeks, **SPACED}, "axis": weeks}
    y = {"field": "weekday", "type": "ordinal", "scale": {"domain": [*range(sheet.days)], **SPACED}, "axis": names}
    return {"x": x, "y": y}
