"""Cadences: each time that something was expected, and whether it came on time, late, or not at all (P25, M09)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ledger_projections.pictures.picture import Picture, own, wall
from ledger_projections.reports.form import Line, Section
from ledger_projections.reports.marks import counted, percent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger_projections.pictures.picture import TableRow
    from ledger_projections.reports.source import Source

COLUMNS = ("Rhythm", "Expected", "State", "Came", "Off by")
JUDGED = ("on time", "late", "missed")
READING = "A mark a time that was expected: on time by the agreed moment, late within its tolerance, missed after it."


def picture(source: Source) -> Picture:
    """Return the rhythms that were agreed, the one kept worst first."""
    rows = [row for row in own(source, "cadence_occurrences") if row["expected_at"] <= source.as_of]
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        counts.setdefault(row["cadence"], Counter())[row["state"]] += 1
    worst = sorted(counts, key=lambda name: (_kept(counts[name]), name))
    rows.sort(key=lambda row: (worst.index(row["cadence"]), row["expected_at"]))
    said = [READING, *(_counted(name, counts[name]) for name in worst)] if rows else []
    lines = [_line(source, row) for row in rows]
    return Picture("cadences", "Rhythms kept", Section(_heading(worst, counts), said, COLUMNS, lines))


def _kept(states: Mapping[str, int]) -> float:
    """Return the share that came on time (M09); of nothing judged, all of it."""
    judged = sum(states[state] for state in JUDGED)
    return states["on time"] / judged if judged else 1.0


def _heading(worst: Sequence[str], counts: Mapping[str, Counter[str]]) -> str:
    if not worst:
        return "No rhythm of reports or reviews has fallen due"
    states = counts[worst[0]]
    if missed := states["missed"]:
        return f"{worst[0]}: {missed} of {_judged(states)} missed, {states['late']} late"
    if late := states["late"]:
        return f"{worst[0]}: {late} of {_judged(states)} late, none missed"
    return "Every report and review that was due came on time"


def _judged(states: Mapping[str, int]) -> int:
    return sum(states[state] for state in JUDGED)


def _counted(name: str, states: Mapping[str, int]) -> str:
    judged = _judged(states)
    if not judged:
        return f"{name}: none judged yet."
    parts = ", ".join(f"{states[state]} {state}" for state in JUDGED)
    return f"{name}: {percent(states['on time'], judged)} on time; {parts} (n {judged})."


def _line(source: Source, row: TableRow) -> Line:
    state = "not expected" if row["waived"] else row["state"]
    off = "" if row["off_minutes"] is None else _off(row["off_minutes"])
    said = f"{state}: {row['waived']}" if row["waived"] else state
    cells = (
        f"{row['cadence']} ({row['kind']})",
        source.said(row["expected_at"]),
        said,
        source.said(row["came_at"]),
        off,
    )
    values = {"name": row["cadence"], "kind": state, "x": wall(source, row["expected_at"])}
    return Line(cells, row["positions"], values=values)


def _off(minutes: int) -> str:
    """Return how far from its time something came, in the unit that people would say it in."""
    size, way = abs(minutes), "early" if minutes < 0 else "late"
    if not size:
        return "to the minute"
    if size < 120:
        return f"{counted(size, 'minute', 'minutes')} {way}"
    hours = round(size / 60)
    return (
        f"{counted(hours, 'hour', 'hours')} {way}"
        if hours < 48
        else f"{counted(round(hours / 24), 'day', 'days')} {way}"
    )
