"""Satisfaction: the score of each wave, with how many answered, and what may be said of its direction (P44, M12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import instant, parse_instant
from ledger.standing.satisfaction import DIRECTED, TESTED, satisfaction_of, satisfied
from ledger.standing.scores import rounded
from ledger_projections.pictures.picture import Picture, number, wall
from ledger_projections.reports.form import Line, Section
from ledger_projections.reports.marks import counted

if TYPE_CHECKING:
    from ledger.standing.satisfaction import Satisfaction, Wave
    from ledger_projections.reports.source import Source

COLUMNS = ("Wave", "Last answered", "Median", "Lowest", "Highest", "Respondents")


def picture(source: Source) -> Picture:
    """Return the waves of feedback, oldest first."""
    found = satisfaction_of(source.known, source.view.dialogue, parse_instant(source.as_of))
    lines = [_line(source, found, wave) for wave in found.waves]
    said = [_reading(found), _trend(found)] if lines else []
    section = Section(_heading(found), said, COLUMNS if lines else (), lines)
    return Picture("satisfaction", "Satisfaction", section)


def _reading(found: Satisfaction) -> str:
    return (
        "The median of each wave's respondents on 0 to 100, and the span from the lowest of them to the highest. The "
        f"dashed line at {number(found.policy('floor'))} is the floor for the smoothed score"
        + (f", which is {number(found.ewma)} now." if found.ewma is not None else ".")
    )


def _heading(found: Satisfaction) -> str:
    if not found.n:
        return "The client has not said how satisfied they are"
    last = number(found.last)
    if found.is_adverse:
        why = "falling" if found.is_falling else "the smoothed score is below the floor" if found.is_low else "very low"
        return f"Satisfaction is adverse: {last} of 100, {why}"
    return f"Satisfaction stands at {last} of 100" + (f", {found.direction}" if found.direction else "")


def _trend(found: Satisfaction) -> str:
    n = f"n: {counted(found.n, 'wave', 'waves')}"
    if found.n < DIRECTED:
        return f"{n}: too few to speak of a direction (at least {DIRECTED})."
    if found.s is None or found.p is None or found.slope is None:
        return f"{n}: {found.direction}; too few for a test (at least {TESTED})."
    slope, chance = number(found.slope), number(float(found.p), 4)
    return f"{n}: {found.direction}, {slope} points in 90 days; S {found.s}, one-sided exact p {chance}."


def _line(source: Source, found: Satisfaction, wave: Wave) -> Line:
    scores = [satisfied(answer) for answer in wave.answers]
    marks = {"y": wave.score, "low": min(scores), "high": max(scores)}
    values = {name: str(rounded(value)) for name, value in marks.items()}
    cells = (wave.name, source.said(instant(wave.at)), *map(number, marks.values()), str(len(scores)))
    positions = sorted(int(answer.entry.position) for answer in wave.answers)
    place = {"wave": wave.name, "x": wall(source, instant(wave.at)), "n": f"n {len(scores)}"}
    return Line(cells, positions, values={**values, **place, "floor": str(found.policy("floor"))})
