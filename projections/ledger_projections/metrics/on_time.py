"""What share of the milestones that were due came by their date (M05, domain 3.3.7; P14).

    delivered_by_in_force   delivered by the date in force ÷ milestones whose date in force is no later than as_of
    delivered_by_baseline   delivered by the date agreed first ÷ milestones whose first date is no later than as_of
    accepted_by_…           likewise of acceptance by somebody who may accept
    n                       milestones whose date in force is no later than as_of

Both dates, never one: whoever moves every date is always in time by the one in force. A milestone is held against the date in
force when it came; one that has not come, against the date in force now. It came when it came first, whatever came once more;
but a delivery that was rejected is none. What was accepted had been delivered by then. Milestones that were released before
they came, or were never in force, are left out; one that had come is not, or a release would hide that it came late.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ledger.calendars import parse_instant
from ledger.standing import due_at, due_in_force, first_due_at, progress_of
from ledger.standing.progress import came, let_go
from ledger.values.named import NamedTuple
from ledger_projections.metrics.figure import NONE_YET, Figure, Meaning, Metric

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from ledger.engagement import Milestone
    from ledger.facts import Fact
    from ledger.standing import Known
    from ledger_projections.view import View

DUE = {"in_force": due_at, "baseline": first_due_at}
"""The dates that a milestone is held against."""


class Held(NamedTuple):
    """A milestone that was due, held against one of its dates; None where it is left out because it was released."""

    in_time: bool | None
    facts: Sequence[Fact[Any]]


def figures(view: View) -> Iterator[Figure]:
    """Yield the four rates, and how many milestones were due by the date in force."""
    for act in ("delivered", "accepted"):
        for date in DUE:
            yield _rate(f"{act}_by_{date}", _held(view, act, date))
    due = _held(view, "delivered", "in_force")
    n = sum(one.in_time is not None for one in due)
    yield Figure("n", n, n, [fact for one in due for fact in one.facts])


def _rate(name: str, held: Sequence[Held]) -> Figure:
    judged, facts = (
        [one.in_time for one in held if one.in_time is not None],
        [fact for one in held for fact in one.facts],
    )
    n = len(judged)
    share = Decimal(sum(judged)) / n if n else None
    return Figure(name, share, n, facts, words="" if n else NONE_YET)


def _held(view: View, act: str, date: str) -> Sequence[Held]:
    """Return the milestones whose *date* is no later than as_of, each with whether the *act* came by it."""
    if view.known is None:
        return []
    as_of = parse_instant(view.as_of)
    found = (_one(view.known, each, act, date, as_of) for each in view.known.engagement.milestones.values())
    return [held for held in found if held]


def _one(known: Known, milestone: Milestone, act: str, date: str, as_of: datetime) -> Held | None:
    progress = progress_of(known, milestone, as_of)
    if milestone.agreed is None or not progress.dates:
        return None
    if release := let_go(known, progress, as_of):
        return Held(None, [milestone.agreed, release.fact])
    come = progress.accepted if act == "accepted" else came(known, progress)
    when = known.at(come) if come else as_of
    due, in_force = DUE[date](known, milestone, when), due_in_force(known, milestone, when)
    if due is None or in_force is None or due > as_of:
        return None
    return Held(come is not None and when <= due, [milestone.agreed, in_force.fact, *progress.ends])


METRIC = Metric(
    "M05",
    "On-time rate",
    ("P14",),
    {
        "delivered_by_in_force": Meaning(
            "The share of milestones due that were delivered by the date in force.", "of 1", "lower"
        ),
        "delivered_by_baseline": Meaning(
            "The share of milestones due that were delivered by the date agreed first.", "of 1", "lower"
        ),
        "accepted_by_in_force": Meaning(
            "The share of milestones due that were accepted by the date in force.", "of 1", "lower"
        ),
        "accepted_by_baseline": Meaning(
            "The share of milestones due that were accepted by the date agreed first.", "of 1", "lower"
        ),
        "n": Meaning("Milestones due by the date in force.", "milestones"),
    },
    figures,
)
