"""How much of the warning that could have been given was given (M03, domain 3.3.7; P15).

    share   BH(reported_at, due) / BH(aware_at, due), between 0 and 1

Of each slip that was known before its due date: 1 where it was told at once, 0 where it was told at the due date or after.
Undefined while nobody has told it, and where nobody said when it was known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_projections.metrics.figure import Figure, Meaning, Metric
from ledger_projections.metrics.slips import UNSTATED, UNTOLD, courses, known_facts, told_facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.standing import Course
    from ledger_projections.view import View


def figures(view: View) -> Iterator[Figure]:
    """Yield the share of each slip."""
    for subject, course in courses(view):
        facts = [*known_facts(course), *told_facts(course)]
        yield Figure("share", course.share, 1, facts, subject, "" if course.share is not None else _why(course))


def _why(course: Course) -> str:
    if course.report is None:
        return UNTOLD
    return UNSTATED if course.aware is None else "no warning was possible: known only when it was due, or later"


METRIC = Metric(
    "M03",
    "Share of available warning",
    ("P15",),
    {
        "share": Meaning(
            "The share of the possible warning that was given: 1 at once, 0 at the due date or after.", "of 1", "lower"
        )
    },
    figures,
)
