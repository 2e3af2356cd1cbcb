"""A delay drawn as a calendar: a week a line, a letter a day.

             M T W T F S S
23 Jun 2025  . . . . . - -   Fri M2 due
30 Jun 2025  C C B B O - -   Tue O4 given
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from ledger.calendars import instant, is_day
from ledger.standing import falls
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger.standing.delays import Delay

LETTERS = {
    "client_only": ("C", "the client only"),
    "concurrent": ("B", "both at once"),
    "own_only": ("O", "us only"),
    "unattributed": ("N", "neither is named"),
}
"""The letter of each set, and what it is called."""
LEGEND = (
    "   ".join(f"{letter} {words}" for letter, words in LETTERS.values()),
    ". an open day that is not late   - a closed day",
)
HEADING = f"{'':11}  M T W T F S S"
MOST_DAYS = 2_600
"""Delays of more open days than ten years have are counted, and not drawn."""
ALIKE = 3
"""So many weeks that look the same are drawn before the rest of them is counted."""


class Week(NamedTuple):
    """A week: its Monday, a letter for each of its days, and what happened in it."""

    monday: date
    letters: str
    notes: Sequence[str]


def drawn(delay: Delay) -> list[str]:
    """Return *delay* as lines of one width; none where no day is late, or where there are too many to look at."""
    if not 0 < len(delay.window) <= MOST_DAYS:
        return []
    return [HEADING, *_lines(_weeks(delay)), "", *LEGEND]


def happenings(delay: Delay) -> list[tuple[str, str]]:
    """Return what happened to the milestone, and to what blocks it, by day, the earliest first."""
    calendar = delay.calendar
    found = [*_dates(delay), *_owed(delay), *_judged(delay)]
    return sorted((day if is_day(day) else calendar.day_of(falls(calendar, day)), said) for day, said in found)


def _dates(delay: Delay) -> Iterator[tuple[str, str]]:
    for number, held in enumerate(delay.dates, 1):
        yield held.due, f"{delay.name} due" + ("" if number == len(delay.dates) else ", moved since")


def _owed(delay: Delay) -> Iterator[tuple[str, str]]:
    for late in delay.lates:
        yield late.owed.agreed.event.due, f"{late.owed.name} due"
        if late.owed.given:
            yield instant(late.owed.given), f"{late.owed.name} given"


def _judged(delay: Delay) -> Iterator[tuple[str, str]]:
    at = delay.known.at
    yield from ((instant(at(fact)), f"{delay.name} delivered") for fact in delay.milestone.delivered)
    yield from ((instant(at(fact)), f"{delay.name} {fact.event.verdict}") for fact in delay.milestone.judged)
    if delay.end.how in {"released", "closed"}:
        yield instant(delay.end.when), delay.end.how


def _weeks(delay: Delay) -> Iterator[Week]:
    letters = {day: LETTERS[name][0] for name, days in delay.shares._asdict().items() for day in days}
    notes: dict[str, list[str]] = {}
    for day, happened in happenings(delay):
        notes.setdefault(day, []).append(happened)
    first, last = min(letters), max(letters)
    before = [day for day in notes if day < first]
    monday, end = _monday(max(before, default=first)), date.fromisoformat(last)
    while monday <= end:
        days = [(monday + timedelta(days=number)).isoformat() for number in range(7)]
        said = [f"{date.fromisoformat(day):%a} {', '.join(notes[day])}" for day in days if day in notes]
        yield Week(monday, " ".join(_letter(delay, letters, day) for day in days), said)
        monday += timedelta(days=7)


def _letter(delay: Delay, letters: Mapping[str, str], day: str) -> str:
    return letters.get(day) or ("." if delay.calendar.is_open_day(day) else "-")


def _monday(day: str) -> date:
    found = date.fromisoformat(day)
    return found - timedelta(days=found.weekday())


def _lines(weeks: Iterator[Week]) -> Iterator[str]:
    for _, alike in groupby(weeks, key=lambda week: (week.letters, "" if not week.notes else week.monday)):
        run = list(alike)
        yield from map(_line, run[:ALIKE])
        if (left := len(run) - ALIKE) > 0:
            yield f"{'':11}  and {left} {'week' if left == 1 else 'weeks'} more like this"


def _line(week: Week) -> str:
    words = f"{week.monday.day:>2} {week.monday:%b} {week.monday.year:04}"
    return f"{words:11}  {week.letters}   {'; '.join(week.notes)}".rstrip()
