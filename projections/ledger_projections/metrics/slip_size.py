"""By how much a date is missed, and how far a milestone has moved in all (M04, domain 3.3.7; P03, P15).

    slip_bd    bd(due_in_force(reported_at), forecast), of each slip: from the date in force when it was first told (untold,
               now) to what was foreseen last, told or not
    total_bd   bd(first agreed due, due in force), of each milestone

Slips are never added up: the second of a milestone is counted from where the first had moved it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger.standing import progress_of, total_bd
from ledger_projections.metrics.figure import Figure, Meaning, Metric
from ledger_projections.metrics.slips import courses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger_projections.view import View


def figures(view: View) -> Iterator[Figure]:
    """Yield the size of each slip, then how far each milestone has moved."""
    for subject, course in courses(view):
        against = [course.due.fact] if course.due else []
        yield Figure("slip_bd", course.slip_bd, 1, [*course.words, *against], subject)
    yield from _moved(view)


def _moved(view: View) -> Iterator[Figure]:
    if view.known is None:
        return
    as_of = parse_instant(view.as_of)
    for name, milestone in view.known.engagement.milestones.items():
        if milestone.agreed is not None:
            dates = progress_of(view.known, milestone, as_of).dates
            moved = total_bd(view.known, milestone, as_of)
            facts = [milestone.agreed, *(date.fact for date in dates[1:])]
            yield Figure("total_bd", moved, 1, facts, f"milestone:{name}", "" if dates else "not in force")


METRIC = Metric(
    "M04",
    "Slip size",
    ("P15", "P03"),
    {
        "slip_bd": Meaning(
            "From the date in force when the slip was first told to its newest forecast.", "business days", "higher"
        ),
        "total_bd": Meaning("From the date agreed first to the date in force now.", "business days", "higher"),
    },
    figures,
)
