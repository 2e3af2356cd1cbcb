"""The rhythm of a record before and after a dispute, and the weeks in which it fell silent (M19)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger.standing.regularity import rhythm, silences, tally, weeks
from ledger_projections.reports.form import Line, Section
from ledger_projections.reports.lateness import lag_words
from ledger_projections.reports.marks import calendar_of, counted, first_dispute, percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.canonical import JSON
    from ledger.standing.regularity import Mark, Rhythm, Silence
    from ledger_projections.reports.source import Source

SHARES = ("Written down within the usual time", "How many", "Of", "Share")
SILENCES = ("Business days without an entry", "From", "To", "Between")
MOST = 5
"""So many silences are listed."""
BAR = 40
"""No bar is drawn longer."""


def rhythm_section(source: Source, marks: Sequence[Mark]) -> Section:
    """Return how much was written down within the usual time, before and after the first dispute."""
    raised = first_dispute(source)
    found = rhythm(marks, raised)
    late = [mark.position for mark in marks if mark.after_dispute]
    said = [*_rhythm_words(found, raised), *_a_words(marks, raised)]
    if raised is not None:
        count = counted(len(late), "entry", "entries") if late else "No entry"
        said.append(f"{count} on the subject of a dispute came after it was raised.")
    rows = [*_shares(found)]
    return Section(
        "The rhythm of this record", said, SHARES if rows else (), rows, entries=[*([raised] if raised else []), *late]
    )


def weeks_section(source: Source, marks: Sequence[Mark]) -> Section:
    """Return the entries a week, drawn, and the longest stretches of open days without one."""
    calendar = calendar_of(source)
    found = silences(marks, calendar, calendar.day_of(parse_instant(source.as_of)))
    counts = weeks(marks)
    empty = sum(not count for _, count in counts)
    longest = (
        f" The longest silence is {counted(found[0].open_days, 'business day', 'business days')}." if found else ""
    )
    said = (
        f"{counted(len(marks), 'entry', 'entries')} in {counted(len(counts), 'week', 'weeks')}; "
        f"{counted(empty, 'week has', 'weeks have')} none.{longest}"
    )
    return Section(
        "Entries a week, and silences",
        [said],
        SILENCES,
        [_silence(source, s) for s in found[:MOST]],
        _bars(source, counts),
    )


def _rhythm_words(found: Rhythm | None, raised: int | None) -> Iterator[str]:
    if found is None:
        yield "No entry states when it was known or when it was so, so that there is no rhythm to tell."
        return
    before = f" before #{raised} raised the first dispute" if raised is not None else ""
    yield (
        f"The usual time from knowing to writing down is {lag_words(found.lag)}: nine in ten of the entries{before} "
        f"kept to it (n {found.taken_of})."
    )


def _a_words(marks: Sequence[Mark], raised: int | None) -> Iterator[str]:
    """Say which share was written down within a day, before and after the first dispute."""
    sides = [("", marks)] if raised is None else [
        (f" before #{raised}", [m for m in marks if m.position < raised]),
        (f" after #{raised}", [m for m in marks if m.position > raised]),
    ]  # fmt: skip
    shares = ((words, tally(some)) for words, some in sides)
    said = [f"{one.grades['A']} of {one.graded}{words}" for words, one in shares]
    yield f"Within a day: {', '.join(said)}."


def _shares(found: Rhythm | None) -> Iterator[Line]:
    if found is None:
        return
    sides = [("before the first dispute" if found.after else "all entries", found.before)]
    sides += [("after it was raised", found.after)] if found.after else []
    for name, (kept, of) in sides:
        yield Line((name, str(kept), str(of), percent(kept, of)), values={"kept": kept, "of": of})


def _silence(source: Source, one: Silence) -> Line:
    until = f"#{one.before}" if one.before else "now"
    cells = (str(one.open_days), source.said(one.first), source.said(one.last), f"#{one.after} and {until}")
    values: dict[str, JSON] = {"open_days": one.open_days, "first": one.first, "last": one.last}
    return Line(cells, [one.after, *([one.before] if one.before else [])], values=values)


def _bars(source: Source, counts: Sequence[tuple[str, int]]) -> list[str]:
    """Draw a line a week; weeks without an entry that follow each other are one."""
    lines: list[str] = []
    empty = 0
    for monday, count in [*counts, ("", 1)]:
        if count == 0:
            empty += 1
            continue
        if empty:
            lines.append(f"{'':15}  {counted(empty, 'week', 'weeks')} without an entry")
            empty = 0
        if monday:
            lines.append(f"{source.said(monday):>15}  {'▪' * min(count, BAR)}{'…' if count > BAR else ''} {count}")
    return lines
