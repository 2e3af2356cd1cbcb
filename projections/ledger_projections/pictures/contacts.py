"""Contacts: on which days the two sides spoke, how, and with people of which level (P29, P50, M13)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from ledger_projections.pictures.figures import figures
from ledger_projections.pictures.picture import Picture, entries, number, own
from ledger_projections.reports.form import Line, Section
from ledger_projections.reports.marks import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger_projections.pictures.picture import TableRow
    from ledger_projections.reports.source import Source

COLUMNS = ("Level", "Day", "Contacts", "How", "Minutes")
LEVELS = ("executive", "senior", "manager", "operational", "none")
MOST_WEEKS = 20
READING = (
    "A square a day, by the level of the client's people who took part; a contact with people of two levels stands with "
    "both. Its letter is the kind: M meeting, C call, V visit, E email, T message, + several; the darker, the more."
)
LETTERS = {"meeting": "M", "call": "C", "visit": "V", "email": "E", "message": "T"}


def picture(source: Source) -> Picture:
    """Return the days of contact, by level from the top."""
    days: dict[tuple[str, str], list[TableRow]] = {}
    for row in own(source, "contacts_daily"):
        days.setdefault((row["level"], row["day"]), []).append(row)
    order = sorted(days, key=lambda key: (LEVELS.index(key[0]), key[1]))
    lines = [_line(source, level, day, days[level, day]) for level, day in order]
    newest = max((str(line.values["week"]) for line in lines), default="")
    lines = [
        line if _weeks(str(line.values["week"]), newest) < MOST_WEEKS else line._replace(values={}) for line in lines
    ]
    said = [READING, _n(source, lines)] if lines else []
    return Picture("contacts", "Contacts", Section(_heading(source, order), said, COLUMNS if lines else (), lines))


def _weeks(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days // 7


def _heading(source: Source, order: Sequence[tuple[str, str]]) -> str:
    if not order:
        return "No contact with the client has been recorded"
    last = {level: max(day for at, day in order if at == level) for level, _ in order if level != "none"}
    if not last:
        return f"Last contact: {source.said(max(day for _, day in order))}"
    unseen = [level for level in LEVELS[:2] if level not in last]
    if unseen:
        return f"Nobody of {' or '.join(unseen)} level has been spoken with"
    level = min(last, key=lambda name: last[name])
    return f"Longest ago: {level} level, {source.said(last[level])}"


def _n(source: Source, lines: Sequence[Line]) -> str:
    made = {position for line in lines for position in line.entries}
    begun = figures(source, "M13").get("initiation")
    share = "" if begun is None or begun.value is None else f"; we began {number(100 * begun.value, 0)}% of them"
    return f"n: {counted(len(made), 'contact', 'contacts')}{share}."


def _line(source: Source, level: str, day: str, rows: Sequence[TableRow]) -> Line:
    count = sum(row["contacts"] for row in rows)
    kinds = {row["kind"] for row in rows}
    how = ", ".join(f"{row['kind']} {'by us' if row['direction'] == 'outbound' else 'by them'}" for row in rows)
    minutes = sum(row["minutes"] for row in rows)
    said = "nobody named" if level == "none" else level
    cells = (said, source.said(day), str(count), how, str(minutes) if minutes else "")
    when = date.fromisoformat(day)
    values = {
        "level": said,
        "week": (when - timedelta(days=when.weekday())).isoformat(),
        "weekday": when.weekday(),
        "count": count,
        "letter": LETTERS.get(next(iter(kinds)), "+") if len(kinds) == 1 else "+",
    }
    return Line(cells, entries(rows), values=values)
