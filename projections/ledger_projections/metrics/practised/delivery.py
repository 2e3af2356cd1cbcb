"""What the practices of delivery ask to see (P16, P20, P21, P33).

P16  without_options   slips that were told without a way out, of those that were told
P20  attained          results attained, of all: as marked at the close, else as measured last
P21  blocking_open     questions of ours that hold up a milestone and wait for an answer
     idle_bd           business days on which at least one such question waited
P33  taken_back        deliveries that were rejected later, or put right, of all deliveries

A share of nothing is undefined.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger.events import MilestoneDelivered, RequestSent
from ledger.facts import corrected
from ledger.standing import course_of, outcomes_of, requests_of
from ledger_projections.metrics.figure import Figure, Meaning, Metric
from ledger_projections.metrics.practised.share import all_of, share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.events import MilestoneJudged
    from ledger.facts import Fact
    from ledger.standing import Outcome
    from ledger_projections.view import View


def told_without_options(view: View) -> Iterator[Figure]:
    """Yield how many slips were told without options."""
    known, as_of = view.standing, parse_instant(view.as_of)
    courses = [course_of(known, name, as_of) for name in known.engagement.slips]
    reports = [course.report for course in courses if course.report]
    yield share("without_options", [fact.event.options_count == 0 for fact in reports], reports)


def results(view: View) -> Iterator[Figure]:
    """Yield how many of the results were attained."""
    found = list(outcomes_of(view.standing, parse_instant(view.as_of)))
    yield share("attained", [_attained(one) for one in found], all_of(one.facts for one in found))


def blocked(view: View) -> Iterator[Figure]:
    """Yield how many of our questions block a milestone, and for how long any did."""
    known, as_of = view.standing, parse_instant(view.as_of)
    asked = requests_of(known, view.dialogue, as_of)
    ours = [one for one in asked if isinstance(one.asked.event, RequestSent) and one.asked.event.blocks]
    waiting = [one for one in ours if one.is_open]
    idle: set[str] = set()
    for one in ours:
        ends = one.answered or as_of
        idle.update(one.calendar.open_days(one.calendar.day_of(one.since), one.calendar.day_of(ends)))
    facts = all_of(one.facts for one in ours)
    yield Figure("blocking_open", len(waiting), len(ours), facts)
    yield Figure("idle_bd", len(idle), len(ours), facts)


def taken_back(view: View) -> Iterator[Figure]:
    """Yield how many deliveries were claimed too soon; a delivery that was withdrawn was one."""
    known = view.standing
    facts = corrected(view.state.history)
    claimed = [fact.saying(event) for fact in facts if isinstance(event := fact.event, MilestoneDelivered)]
    judged = {name: one.judged for name, one in known.engagement.milestones.items()}
    rejected = [_rejection(view, fact, judged.get(fact.event.milestone_id, [])) for fact in claimed]
    so = [bool(fact.corrections) or verdict is not None for fact, verdict in zip(claimed, rejected, strict=True)]
    yield share("taken_back", so, all_of([claimed, [fact for fact in rejected if fact]]))


def _attained(outcome: Outcome) -> bool:
    return outcome.verdict == "attained" if outcome.verdict else bool(outcome.attained)


def _rejection(
    view: View, delivered: Fact[MilestoneDelivered], judged: list[Fact[MilestoneJudged]]
) -> Fact[MilestoneJudged] | None:
    """Return what rejected a delivery: the first judgement after it that counts, if it says so."""
    known = view.standing
    later = (f for f in judged if known.counts_judgement(f) and f.entry.position > delivered.entry.position)
    verdict = next(later, None)
    return verdict if verdict and verdict.event.verdict == "rejected" else None


METRICS = (
    Metric(
        "P16", "Slips told without options", ("P16",),
        {"without_options": Meaning("The share of slips that were told without a way out.", "of 1", "higher")},
        told_without_options,
    ),
    Metric(
        "P20", "Results attained", ("P20",),
        {"attained": Meaning("The share of the results that were attained.", "of 1", "lower")},
        results,
    ),
    Metric(
        "P21", "Waiting for directions", ("P21",),
        {
            "blocking_open": Meaning("Questions of ours that hold up a milestone.", "requests", "higher"),
            "idle_bd": Meaning("Days on which one of them waited.", "business days", "higher"),
        },
        blocked,
        frozenset({"engagement", "account"}),
    ),
    Metric(
        "P33", "Claimed too soon", ("P33", "P14"),
        {"taken_back": Meaning("The share of deliveries rejected later, or put right.", "of 1", "higher")},
        taken_back,
    ),
)  # fmt: skip
