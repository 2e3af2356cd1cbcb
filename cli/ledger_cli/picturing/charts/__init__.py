"""A chart for each picture: from the values of its rows to a specification, at a width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_cli.picturing.charts import cadences, contacts, delays, gaps, milestones, news, satisfaction
from ledger_cli.picturing.spec import CONFIG, rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ledger_projections.pictures import Picture

    from ledger_cli.picturing.spec import Rows, Spec

CHARTS: Mapping[str, Callable[[Rows, int], Spec]] = {
    "milestones": milestones.spec,
    "delays": delays.spec,
    "news": news.spec,
    "cadences": cadences.spec,
    "satisfaction": satisfaction.spec,
    "gaps": gaps.spec,
    "contacts": contacts.spec,
}
IN_TIME = frozenset({"milestones", "cadences", "satisfaction"})
NUMBERS = ("x", "x0", "y", "low", "high", "floor", "ours", "theirs")


def chart(picture: Picture, width: int) -> Spec:
    """Return the chart of *picture*, *width* pixels wide with all that belongs to it."""
    rows = rows_of(picture.section)
    spec = CHARTS[picture.name](rows, width)
    parse = dict.fromkeys(NUMBERS, "number") | ({"x": "date", "x0": "date"} if picture.name in IN_TIME else {})
    fit = {} if "vconcat" in spec else {"width": width, "autosize": {"type": "fit-x", "contains": "padding"}}
    return {"data": {"values": rows, "format": {"parse": parse}}, "config": CONFIG, "padding": 4, **fit, **spec}
