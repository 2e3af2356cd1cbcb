"""How long we knew that a date would not be kept before the other side was told (M02, domain 3.3.7; P15).

    delay_bh   BH(aware_at, reported_at); of a slip that is still undisclosed, BH(aware_at, as_of): at least so long
    censored   whether it is such a one

Of each slip. Aware is the earliest that its entries say, as corrected; where none says, there is no delay, and none is implied:
it is counted apart. A day without a time counts from its opening when it is known, and from its close when it is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_projections.metrics.figure import Figure, Meaning, Metric
from ledger_projections.metrics.slips import UNSTATED, UNTOLD, courses, known_facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.standing import Course
    from ledger_projections.view import View


def figures(view: View) -> Iterator[Figure]:
    """Yield the figures of each slip."""
    for subject, course in courses(view):
        facts = known_facts(course)
        yield Figure("delay_bh", course.delay_bh, 1, facts, subject, _words(course))
        yield Figure("censored", course.undisclosed, 1, facts, subject)


def _words(course: Course) -> str:
    if course.aware is None:
        return UNSTATED
    if course.undisclosed:
        return "not told yet: at least so long"
    return "" if course.report else f"{UNTOLD}: {course.state}"


METRIC = Metric(
    "M02",
    "Disclosure delay",
    ("P15",),
    {
        "delay_bh": Meaning(
            "From when we knew to when they were told; while they are not, so far.", "business hours", "higher"
        ),
        "censored": Meaning(
            "Whether it is still undisclosed, so that the delay is at least that long.", "yes or no", "higher"
        ),
    },
    figures,
)
