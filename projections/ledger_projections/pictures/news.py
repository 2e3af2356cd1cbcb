"""News by delay: how long we knew before we told, good news beside bad (P31, M07)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger_projections.open_time import MANY_HOURS
from ledger_projections.pictures.figures import figures
from ledger_projections.pictures.picture import MOST, Picture, number, own, told_only
from ledger_projections.reports.form import Line, Section
from ledger_projections.reports.marks import counted
from ledger_projections.wording import named, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger_projections.pictures.picture import TableRow
    from ledger_projections.reports.source import Source

COLUMNS = ("News", "What", "Kind", "Learned", "Told", "Business hours")
READING = (
    "A mark a piece of news: the business hours from knowing to telling the client. What is still untold is drawn at its "
    "age so far."
)
ENOUGH = 3
"""With fewer on either side nothing is compared (M07)."""


def picture(source: Source) -> Picture:
    """Return the news of the engagement, what waited longest first."""
    rows = [row for row in own(source, "news") if row["disclosure_bh"] is not None]
    rows.sort(key=lambda row: (-row["disclosure_bh"], row["news"]))
    said = [READING, _compared(source, rows)] if rows else []
    lines = [_line(source, row) for row in rows]
    lines[MOST:] = told_only(lines[MOST:])
    return Picture("news", "News by delay", Section(_heading(source, rows), said, COLUMNS if rows else (), lines))


def _heading(source: Source, rows: Sequence[TableRow]) -> str:
    if not rows:
        return "No news that the client should hear has been recorded"
    worst = rows[0]
    took = _took(source, worst)
    if worst["censored"]:
        return f"{worst['polarity'].capitalize()} news {worst['news']} has waited {took}, and is not told"
    if not worst["disclosure_bh"]:
        return f"All {counted(len(rows), 'piece', 'pieces')} of news told at once"
    return f"The longest wait was {took}, for {worst['polarity']} news {worst['news']}"


def _took(source: Source, row: TableRow) -> str:
    """Say how long *row* waited: in days where it is more than the hours of two weeks."""
    until = row["reported_at"] or (source.as_of if row["censored"] else None)
    if row["disclosure_bh"] <= MANY_HOURS or until is None:
        return f"{number(row['disclosure_bh'])} business hours"
    known, told = (source.calendar.day_of(parse_instant(moment)) for moment in (row["learned_at"], until))
    return f"{source.calendar.bd(known, told)} business days"


def _compared(source: Source, rows: Sequence[TableRow]) -> str:
    bad, good = (sum(row["polarity"] == polarity for row in rows) for polarity in ("bad", "good"))
    counts = f"n: {bad} bad, {good} good"
    if min(bad, good) < ENOUGH:
        return f"{counts}: too few to compare (at least {ENOUGH} of each)."
    found = figures(source, "M07")
    bad_median, good_median, p = (found[name].value for name in ("bad_median_bh", "good_median_bh", "p"))
    flag = ": slower than our policy allows" if found["flagged"].value else ""
    chance = f"; exact one-sided p {number(p, 3)}" if p is not None else ""
    return f"{counts}. Median business hours: bad {number(bad_median)}, good {number(good_median)}{flag}{chance}."


def _line(source: Source, row: TableRow) -> Line:
    untold = "not told yet" if row["censored"] else "withdrawn before it was told"
    hours = f"{'at least ' if row['censored'] else ''}{number(row['disclosure_bh'])}"
    told = source.said(row["reported_at"]) or untold
    cells = (row["news"], quoted(row["summary"]), row["polarity"], source.said(row["learned_at"]), told, hours)
    values = {
        "name": row["news"],
        "title": named(row["news"], row["summary"]),
        "kind": f"{row['polarity']}{', not told' if row['censored'] else ''}",
        "polarity": row["polarity"],
        "x": str(row["disclosure_bh"]),
    }
    return Line(cells, row["positions"], values=values)
