"""The perception gap: what we think of our work beside what the client says of it, by wave and dimension (P41, M11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_projections.pictures.picture import Picture, number, own, told_only
from ledger_projections.reports.form import Line, Section
from ledger_projections.reports.marks import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.canonical import JSON
    from ledger_projections.pictures.picture import TableRow
    from ledger_projections.reports.source import Source

COLUMNS = ("Wave", "Dimension", "Ours", "The client's", "Gap", "Respondents", "State")
MOST_WAVES = 6
READING = (
    "Scores on 0 to 100. The square is our score, the dot the client's. The gap is ours less theirs, in points: above zero, "
    "we think better of it than they do. It is only reckoned where we had said ours before anybody of the wave answered."
)


def picture(source: Source) -> Picture:
    """Return the gaps, the newest wave first, in it the widest first."""
    rows = own(source, "gaps")
    newest = sorted({row["wave"]: row["first_answered_at"] for row in rows}.items(), key=lambda wave: wave[1])
    order = {wave: -number for number, (wave, _) in enumerate(newest)}
    rows.sort(key=lambda row: (order[row["wave"]], -abs(row["gap"] or 0), row["dimension"]))
    sealed = [row for row in rows if row["gap"] is not None]
    if not sealed:
        return Picture("gaps", "Perception gap", Section(_heading(rows, sealed)))
    said = [READING, f"n: {counted(len(sealed), 'pair', 'pairs')} of scores, {counted(len(order), 'wave', 'waves')}."]
    lines = [_line(row) for row in rows]
    drawn = sum(order[row["wave"]] <= -len(order) + MOST_WAVES for row in rows)
    lines[drawn:] = told_only(lines[drawn:])
    section = Section(_heading(rows, sealed), said, COLUMNS, lines)
    return Picture("gaps", "Perception gap", section)


def _heading(rows: Sequence[TableRow], sealed: Sequence[TableRow]) -> str:
    if not rows:
        return "The client has not been heard on how things are going"
    if not sealed:
        return "No gap to tell: what we thought was not written down beforehand, or this reader is not shown it"
    wave = sealed[0]["wave"]
    worst = max((row for row in sealed if row["wave"] == wave), key=lambda row: abs(row["gap"]))
    if not worst["gap"]:
        return f"In {wave} we saw everything as the client did"
    side = "better" if worst["gap"] > 0 else "worse"
    return (
        f"Widest in {wave}: on {worst['dimension']} we think {number(abs(worst['gap']))} points {side} than the client"
    )


def _line(row: TableRow) -> Line:
    gap = "-" if row["gap"] is None else f"{'+' if row['gap'] > 0 else ''}{number(row['gap'])}"
    ours, theirs = number(row["self_normalised"]), number(row["client_normalised"])
    cells = (row["wave"], row["dimension"], ours, theirs, gap, str(row["respondents"]), row["state"])
    values: dict[str, JSON] = {"wave": row["wave"], "dimension": row["dimension"], "gap": gap}
    values["theirs"] = str(row["client_normalised"])
    if row["gap"] is not None:
        values["ours"] = str(row["self_normalised"])
    return Line(cells, row["positions"], values=values)
