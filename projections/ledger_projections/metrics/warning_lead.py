"""How long before the date in force the other side is told that it will not be kept (M01, domain 3.3.7; P15).

    lead_bd   bd(date(reported_at), due_in_force(reported_at))
    lead_bh   BH(reported_at, the close of that day)

Of each slip; below zero it was told after the due date. The date in force is the one that held when it was told first, before
any move of that very moment; undefined while nobody has told it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_projections.metrics.figure import Figure, Meaning, Metric
from ledger_projections.metrics.slips import UNTOLD, courses, told_facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.standing import Course
    from ledger_projections.view import View


def figures(view: View) -> Iterator[Figure]:
    """Yield the figures of each slip."""
    for subject, course in courses(view):
        facts, words = told_facts(course), _words(course)
        yield Figure("lead_bd", course.lead_bd, 1, facts, subject, words)
        yield Figure("lead_bh", course.lead_bh, 1, facts, subject, words)


def _words(course: Course) -> str:
    if course.report is None:
        return UNTOLD
    if course.lead_bh is None or course.lead_calendar_days is None:
        return "no date was in force"
    return "told after the due date" if course.lead_bh < 0 or course.lead_calendar_days < 0 else ""


METRIC = Metric(
    "M01",
    "Warning lead",
    ("P15",),
    {
        "lead_bd": Meaning(
            "From the day it was told to the date then in force; below zero, told after it.", "business days", "lower"
        ),
        "lead_bh": Meaning("From when it was told to the close of that date.", "business hours", "lower"),
    },
    figures,
)
