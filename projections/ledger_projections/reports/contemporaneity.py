"""How soon after the fact an engagement was written down, and how steadily: grades, rhythm, silences, corrections (M19)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.standing.brackets import held_roots
from ledger.standing.regularity import GRADES, tally
from ledger_projections.reports.brackets import bracket_sections, bracket_words
from ledger_projections.reports.form import Line, Section
from ledger_projections.reports.lateness import lag_words
from ledger_projections.reports.marks import counted, marks_of, percent
from ledger_projections.reports.rhythm import rhythm_section, weeks_section

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ledger.canonical import JSON
    from ledger.standing.regularity import Mark
    from ledger_projections.reports.source import Source

TITLE = "Contemporaneity"
METHOD = (
    "A: written down within a day of knowing it, B: within a week, C: within 30 days, D: later. Where nobody said when it was "
    "known, it counts from when it was so. Each entry has the grade of what it said first, and a correction of a moment its "
    "own: from the corrected moment to when that was written down. A day without a time counts from its opening if it is "
    "one of knowing, from its close otherwise."
)
GRADED = ("n", *GRADES, "No time stated", "Median", "Later than a week")
LATE = frozenset("CD")
MOST = 6
"""So many entries are named on a line."""
ENTRIES = ("Entry", "What", "Happened", "Known", "Written down", "After", "Grade", "Committed")


def sections(source: Source) -> Iterator[Section]:
    """Yield how soon and how steadily it was written down, how its corrections were, and what brackets the times."""
    marks = marks_of(source)
    if not marks:
        yield Section("Nothing was written down", ["There is no entry to look at."])
        return
    yield from kept_sections(source, marks)
    yield corrections_section(source, marks)
    yield from bracket_sections(source, [mark.position for mark in marks])
    if source.asked.options.get("entries"):
        yield entries_section(source, marks)


def kept_sections(source: Source, marks: Sequence[Mark]) -> Iterator[Section]:
    """Yield the grades by kind and, of several people, by recorder; the rhythm and the weeks."""
    yield _grades("Grades by kind of act", "Kind of act", marks, lambda mark: mark.kind)._replace(
        said=_method(source, marks)
    )
    if len({mark.recorder for mark in marks}) > 1:
        yield _grades("Grades by who wrote it down", "Who", marks, lambda mark: mark.recorder)
    yield rhythm_section(source, marks)
    yield weeks_section(source, marks)


def corrections_section(source: Source, marks: Sequence[Mark]) -> Section:
    """Return how many corrections were made, and how soon after what they correct."""
    made = [mark for mark in marks if mark.kind == "entry-corrected"]
    if not made:
        return Section("Corrections", ["Nothing was corrected."])
    after = sum(mark.after_dispute for mark in made)
    times = [mark.lag for mark in made if mark.lag is not None]
    said = [
        f"{counted(len(made), 'correction', 'corrections')}, {after or 'none'} after a dispute on the subject was raised."
    ]
    said += [f"The latest came {lag_words(max(times))} after the corrected moment."] if times else []
    rows = [_line("corrections", made)]
    return Section("Corrections", said, ("What", *GRADED), rows, entries=[mark.position for mark in made])


def entries_section(source: Source, marks: Sequence[Mark]) -> Section:
    """Return each entry with its clocks, its grade, and between which roots that others hold it was committed."""
    rows, roots = [], held_roots(source.now.practice)
    for mark in marks:
        row = source.trail[mark.position]
        after = ", after a dispute on it was raised" if mark.after_dispute else ""
        times = [source.changed(row[name], row[f"{name}_now"]) for name in ("occurred", "aware")]
        cells = (f"#{mark.position}", row["what"], *times, source.said(mark.recorded), _lag(mark),
                 f"{mark.grade or ''}{after}", bracket_words(source, roots, mark.position))  # fmt: skip
        rows.append(Line(cells, [mark.position], struck=bool(row["withdrawn"]), values=_values(mark)))
    return Section("Entry by entry", [], ENTRIES, rows)


def _method(source: Source, marks: Sequence[Mark]) -> list[str]:
    imported = sum(source.trail[mark.position]["provenance"] == "import" for mark in marks)
    said = f"{counted(imported, 'entry was', 'entries were')} imported: when they were written down is when they came here."
    return [METHOD, *([said] if imported else [])]


def _grades(heading: str, name: str, marks: Sequence[Mark], of: Callable[[Mark], str]) -> Section:
    rows = [_line(one, [mark for mark in marks if of(mark) == one]) for one in sorted(set(map(of, marks)))]
    return Section(heading, [], (name, *GRADED), [*rows, _line("all", marks)])


def _line(name: str, marks: Sequence[Mark]) -> Line:
    found, late = tally(marks), [mark.position for mark in marks if mark.grade in LATE]
    shares = (f"{count}{_share(count, found.graded)}" for count in found.grades.values())
    median = "" if found.median is None else lag_words(found.median)
    listed = " ".join(f"#{position}" for position in late[:MOST]) + (
        f" and {len(late) - MOST} more" if late[MOST:] else ""
    )
    values: dict[str, JSON] = {"name": name, "n": found.total, "ungraded": found.ungraded, **found.grades}
    values |= {} if found.median is None else {"median_lag_hours": str(found.median)}
    cells = (name, str(found.total), *shares, str(found.ungraded), median, listed)
    return Line(cells, late[:MOST], values={**values, "entries": [mark.position for mark in marks]})


def _share(count: int, of: int) -> str:
    return f" ({percent(count, of)})" if count else ""


def _values(mark: Mark) -> dict[str, JSON]:
    found: dict[str, JSON] = {"position": mark.position, "recorded": mark.recorded, "after_dispute": mark.after_dispute}
    found |= {} if mark.lag is None else {"lag_hours": str(mark.lag)}
    return found | ({"grade": mark.grade} if mark.grade else {})


def _lag(mark: Mark) -> str:
    return "" if mark.lag is None else lag_words(mark.lag)
