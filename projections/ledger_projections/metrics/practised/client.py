"""What the practices of the account ask to see (P53, P54, P55, P60).

P53  fit_at_start    how well the client fitted when first assessed, 0 to 100, and the verdict; `attained_at_close`, the
                     share of the results of its closed engagements that were attained
P54  declined        assignments that we declined
P55  plan_days_left  days until the plan in force ends
P60  linked          results that serve a goal of the client, of all results

Results that were waived at a close are neither attained nor missed.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ledger.calendars import day_number, parse_instant
from ledger.standing import day_in, outcomes_of, valid_plan
from ledger.standing.scores import normalised
from ledger_projections.metrics.figure import NONE_YET, Figure, Meaning, Metric
from ledger_projections.metrics.practised.share import all_of, share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger_projections.view import View

OF_ACCOUNTS = frozenset({"account"})


def fit(view: View) -> Iterator[Figure]:
    """Yield how well the client fitted at first, beside what came of it."""
    first = view.account.fits[0] if view.account and view.account.fits else None
    if first is None:
        yield Figure("fit_at_start", None, 0, (), words=NONE_YET)
    else:
        event = first.event
        scores = [normalised(Decimal(each["score"]), event.scale) for each in event.criteria]
        mean = sum(scores, Decimal(0)) / len(scores) if scores else None
        yield Figure("fit_at_start", mean, len(scores), [first], words=event.verdict)
    closed = [state.closed for state in view.engagements if state.closed]
    marks = [
        mark["verdict"] == "attained" for fact in closed for mark in fact.event.results if mark["verdict"] != "waived"
    ]
    yield share("attained_at_close", marks, closed if marks else ())


def declined(view: View) -> Iterator[Figure]:
    """Yield how often we declined."""
    facts = view.account.declined if view.account else ()
    yield Figure("declined", len(facts), len(facts), facts)


def plan(view: View) -> Iterator[Figure]:
    """Yield for how long there is a plan."""
    valid = valid_plan(view.account, view.practice, parse_instant(view.as_of)) if view.account else None
    if valid is None:
        yield Figure("plan_days_left", None, 0, (), words=NONE_YET)
    else:
        left = day_number(valid.event.valid_until) - day_number(day_in(view.practice, view.as_of))
        yield Figure("plan_days_left", left, 1, [valid], f"version:{valid.event.version}")


def linked(view: View) -> Iterator[Figure]:
    """Yield how many of the results serve a goal of the client."""
    results = list(outcomes_of(view.standing, parse_instant(view.as_of)))
    yield share("linked", ["client_goal" in one.result for one in results], all_of([one.draft] for one in results))


METRICS = (
    Metric(
        "P53", "Fit, and what came of it", ("P53",),
        {
            "fit_at_start": Meaning("How well the client fitted when first assessed.", "of 100"),
            "attained_at_close": Meaning("The share of results attained, of those marked at a close.", "of 1"),
        },
        fit, OF_ACCOUNTS,
    ),
    Metric(
        "P54", "Declined", ("P54",), {"declined": Meaning("Assignments that we declined.", "prospects")},
        declined, OF_ACCOUNTS,
    ),
    Metric(
        "P55", "Plan", ("P55",), {"plan_days_left": Meaning("Days until the plan in force ends.", "days", "lower")},
        plan, OF_ACCOUNTS,
    ),
    Metric(
        "P60", "Results that serve a goal", ("P60",),
        {"linked": Meaning("The share of results that serve a goal of the client.", "of 1", "lower")}, linked,
    ),
)  # fmt: skip
