"""Delay by milestone: how many of its late days each side had a hand in; counts of days, and no verdict (P17, M15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger.standing.delays import delays_of
from ledger_projections.pictures.picture import MOST, Picture, told_only
from ledger_projections.reports.form import Line, Section
from ledger_projections.reports.marks import counted
from ledger_projections.reports.reasons import numbers
from ledger_projections.reports.weeks import LETTERS
from ledger_projections.wording import named, span_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.canonical import JSON
    from ledger.standing.delays import Delay
    from ledger_projections.reports.source import Source

COLUMNS = ("Milestone", "Who had a hand in it", "Business days", "Between")
HANDS = {
    "client_only": "the client's only",
    "concurrent": "both sides' at once",
    "own_only": "ours only",
    "unattributed": "with neither side named",
}
READING = (
    "Business days after the date in force, up to the delivery or until now, by whose lateness or stated cause covers them. "
    "Counts of days: they say nothing of what caused what."
)


def picture(source: Source) -> Picture:
    """Return the milestones that are late, the one with most days first."""
    found = delays_of(source.known, parse_instant(source.as_of))
    late = sorted((delay for delay in found if delay.window), key=lambda delay: (-len(delay.window), delay.name))
    rows = [line for delay in late[:MOST] for line in _lines(source, delay)]
    rows += told_only(line for delay in late[MOST:] for line in _lines(source, delay))
    said = [READING, f"n: {counted(len(late), 'milestone', 'milestones')} of {len(found)}."] if late else []
    section = Section(_heading(found, late), said, COLUMNS if late else (), rows)
    return Picture("delays", "Days of delay", section)


def _heading(found: Sequence[Delay], late: Sequence[Delay]) -> str:
    if not late:
        return "No milestone is late by the date in force" if found else "No milestone has been agreed"
    worst = late[0]
    days = counted(len(worst.window), "business day", "business days")
    parts = [
        f"{len(share)} {HANDS[name]}"
        for name, share in sorted(worst.shares._asdict().items(), key=lambda item: -len(item[1]))
        if share
    ]
    verb = "is" if worst.end.how == "open" else "was"
    return f"{worst.name} {verb} {days} late: {', '.join(parts)}"


def _lines(source: Source, delay: Delay) -> Iterator[Line]:
    title = named(delay.name, delay.milestone.agreed.event.title if delay.milestone.agreed else None)
    start = 0
    for kind, days in delay.shares._asdict().items():
        if days:
            letter, words = LETTERS[kind]
            between = span_words(min(days), max(days), source.as_of)
            cells = (title, words, str(len(days)), between)
            values: dict[str, JSON] = {
                "name": delay.name,
                "title": title,
                "kind": words,
                "letter": letter,
                "days": len(days),
            }
            span: dict[str, JSON] = {"x0": start, "x": start + len(days)}
            yield Line(cells, numbers(delay.behind(days) or delay.facts), values={**values, **span})
            start += len(days)
