"""Satisfaction: the median of each wave, with how many answered, and what may be said of its direction (P44, M12)."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from ledger_projections.pictures.figures import figures
from ledger_projections.pictures.picture import Picture, entries, number, own, wall
from ledger_projections.reports.form import Line, Section
from ledger_projections.reports.marks import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger_projections.pictures.picture import TableRow
    from ledger_projections.reports.source import Source

COLUMNS = ("Wave", "First answered", "Median", "Lowest", "Highest", "Scores", "Respondents")
FEW, TESTED = 3, 4
"""Below the first nothing is said of a trend; below the second its direction alone (M12)."""


def picture(source: Source) -> Picture:
    """Return the waves of feedback, oldest first."""
    waves: dict[str, list[TableRow]] = {}
    for row in sorted(own(source, "feedback"), key=lambda row: str(row["answered_at"])):
        waves.setdefault(row["wave"], []).append(row)
    lines = [_line(source, wave, rows) for wave, rows in waves.items()]
    said = [_reading(source), _trend(source, lines)] if lines else []
    return Picture("satisfaction", "Satisfaction", Section(_heading(lines), said, COLUMNS, lines))


def _reading(source: Source) -> str:
    return (
        "The median score of each wave on 0 to 100, and the span from its lowest to its highest score. "
        f"The line at {floor_of(source)} is the floor that was set."
    )


def floor_of(source: Source) -> str:
    """Return the score below which the smoothed satisfaction is adverse (M12)."""
    return number(source.known.number("floor", source.as_of[:10]))


def _heading(lines: Sequence[Line]) -> str:
    if not lines:
        return "Nobody has been asked, or has answered, how satisfied they are"
    last = lines[-1]
    if len(lines) == 1:
        return f"Satisfaction stands at {last.cells[2]} of 100, after one wave"
    before, now = (float(str(line.values["y"])) for line in (lines[-2], last))
    way = "down from" if now < before else "up from" if now > before else "as before:"
    return f"Satisfaction stands at {last.cells[2]} of 100, {way} {lines[-2].cells[2]}"


def _trend(source: Source, lines: Sequence[Line]) -> str:
    n = counted(len(lines), "wave", "waves")
    if len(lines) < FEW:
        return f"n: {n}: too few to speak of a trend (at least {FEW})."
    found = figures(source, "M12")
    direction = found["direction"].words if "direction" in found else ""
    if len(lines) < TESTED or "p" not in found:
        return f"n: {n}{f': {direction}' if direction else ''}. Too few for a test (at least {TESTED})."
    slope = f", {number(found['sen_90d'].value)} points in 90 days" if "sen_90d" in found else ""
    return f"n: {n}: {direction}{slope}, one-sided exact p {number(found['p'].value, 3)} (Mann-Kendall)."


def _line(source: Source, wave: str, rows: Sequence[TableRow]) -> Line:
    scores = [float(row["normalised"]) for row in rows]
    middle, people = median(scores), len({row["respondent"] for row in rows})
    first = rows[0]["answered_at"]
    spread = (number(each) for each in (middle, min(scores), max(scores)))
    cells = (wave, source.said(first), *spread, str(len(scores)), str(people))
    marks = {"y": middle, "low": min(scores), "high": max(scores), "floor": floor_of(source)}
    values = {name: str(value) for name, value in marks.items()}
    return Line(
        cells, entries(rows), values={**values, "wave": wave, "x": wall(source, first), "n": f"n {len(scores)}"}
    )
