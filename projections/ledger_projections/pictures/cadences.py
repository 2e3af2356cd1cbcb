"""Cadences: each time that something was expected, and whether it came on time, late, or not at all (P25, M09)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_projections.pictures.figures import figures
from ledger_projections.pictures.picture import Picture, own, told_only, wall
from ledger_projections.reports.form import Line, Section
from ledger_projections.reports.marks import counted, percent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger_projections.metrics.figure import Figure
    from ledger_projections.pictures.picture import TableRow
    from ledger_projections.reports.source import Source

COLUMNS = ("Rhythm", "Expected", "State", "Came", "Off by")
MOST_TIMES = 30
READING = "A mark a time that was expected: on time by the agreed moment, late within its tolerance, missed after it."


def picture(source: Source) -> Picture:
    """Return the rhythms that were agreed, the one kept worst first."""
    occurrences = own(source, "cadence_occurrences")
    rows = [row for row in occurrences if row["expected_at"] <= source.as_of and row["waived"] != "closed"]
    kept = {name: figures(source, "M09", f"cadence:{name}") for name in dict.fromkeys(row["cadence"] for row in rows)}
    worst = sorted(kept, key=lambda name: (_broken(kept[name]), name))
    rows.sort(key=lambda row: (worst.index(row["cadence"]), row["expected_at"]))
    said = [READING, *(_counted(name, kept[name]) for name in worst)] if rows else []
    lines = [line for name in worst for line in _newest([_line(source, row) for row in rows if row["cadence"] == name])]
    section = Section(_heading(worst, kept), said, COLUMNS if rows else (), lines)
    return Picture("cadences", "Rhythms kept", section)


def _newest(lines: Sequence[Line]) -> list[Line]:
    """Return the times of one rhythm, of which the newest are drawn."""
    return [*told_only(lines[:-MOST_TIMES]), *lines[-MOST_TIMES:]]


def _broken(found: Mapping[str, Figure]) -> tuple[int, int]:
    """Return what rhythms are sorted by: the one missed most often first, then the one late most often."""
    missed, late = (int(found[name].value or 0) for name in ("missed", "late"))
    return -missed, -late


def _heading(worst: Sequence[str], kept: Mapping[str, Mapping[str, Figure]]) -> str:
    if not any(found["expected"].value for found in kept.values()):
        return "No rhythm of reports or reviews has come round yet"
    missed, late, expected = (kept[worst[0]][name].value for name in ("missed", "late", "expected"))
    if not missed and not late:
        return "Every report and review that was due came on time"
    word, count = ("missed", missed) if missed else ("late", late)
    beside = f", and {late} late" if missed and late else ""
    return f"Most often {word}: {worst[0]}, {count} of {expected} times{beside}"


def _counted(name: str, found: Mapping[str, Figure]) -> str:
    on_time, late, missed, expected = (found[key].value for key in ("on_time", "late", "missed", "expected"))
    if not expected:
        return f"{name}: none judged yet."
    share = percent(int(on_time or 0), int(expected))
    return f"{name}: {share} on time; {on_time} on time, {late} late, {missed} missed (n {expected})."


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
    return Line(cells, _behind(row), values=values)


def _behind(row: TableRow) -> Sequence[int]:
    """Return the entries behind *row*, before the others the one that came: to the first a mark leads."""
    behind = dict(zip(row["entries"], row["positions"], strict=True))
    came = [behind[row["entry"]]] if row["entry"] in behind else []
    return [*came, *(position for position in row["positions"] if position not in came)]


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
