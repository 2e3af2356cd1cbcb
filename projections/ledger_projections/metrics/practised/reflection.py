"""What the practices of feedback ask to see (P39, P40, P45, P48).

P39  answered             requests for feedback that were answered, of all; `asked_days_ago`, the last of them
P40  first_asked_bd       business days from the first meeting to the first request for feedback
P45  unlearned            answers among the lowest quarter (nearest rank) from which no lesson was recorded
P48  without_measure      results of which the client did not say how they are measured, of all results

Scores are compared on 0 to 100, each answer by its dimension `overall`, else by the mean of its own, as in M12.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import day_number, parse_instant
from ledger.events import FeedbackReceived
from ledger.references import parse_ref
from ledger.standing import day_spoken, outcomes_of
from ledger.standing.satisfaction import satisfied
from ledger.standing.talk import in_time
from ledger.standing.undertakings import first_answers
from ledger.statistics.quantiles import nearest_rank
from ledger_projections.metrics.figure import NONE_YET, Figure, Meaning, Metric
from ledger_projections.metrics.practised.share import all_of, share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.facts import Fact
    from ledger_projections.view import View

BOTH = frozenset({"engagement", "account"})
QUARTER = 1, 4


def asked(view: View) -> Iterator[Figure]:
    """Yield how many of our requests for feedback were answered, and how long ago the last was made."""
    known, requests = view.standing, in_time(view.standing, view.dialogue.asked.values())
    answers = first_answers(known, view.dialogue)
    facts = all_of([requests, [a for fact in requests if (a := answers.get(fact.event.feedback_id))]])
    yield share("answered", [fact.event.feedback_id in answers for fact in requests], facts)
    if not requests:
        yield Figure("asked_days_ago", None, 0, (), words=NONE_YET)
        return
    as_of = parse_instant(view.as_of)
    today, last = known.calendar(as_of).day_of(as_of), day_spoken(known, requests[-1])
    yield Figure("asked_days_ago", max(0, day_number(today) - day_number(last)), len(requests), requests)


def first_asked(view: View) -> Iterator[Figure]:
    """Yield how soon after the first meeting feedback was asked for first."""
    known = view.standing
    met = in_time(known, (fact for fact in view.dialogue.contacts_made if fact.event.kind == "meeting"))
    requests = in_time(known, view.dialogue.asked.values())
    if not met or not requests:
        yield Figure("first_asked_bd", None, 0, [*met[:1], *requests[:1]], words=NONE_YET)
        return
    first, then = day_spoken(known, met[0]), day_spoken(known, requests[0])
    calendar = known.calendar(known.at(requests[0]))
    yield Figure("first_asked_bd", calendar.bd(first, then), 1, [met[0], requests[0]])


def unlearned(view: View) -> Iterator[Figure]:
    """Yield how many of the unhappiest answers taught us nothing that was written down."""
    facts = (fact for fact in view.dialogue.facts.values())
    answers = [
        fact.saying(event) for fact in facts if isinstance(event := fact.event, FeedbackReceived) and event.scores
    ]
    scores = [satisfied(fact) for fact in answers]
    most = nearest_rank(scores, *QUARTER) if scores else None
    low = [fact for fact, score in zip(answers, scores, strict=True) if most is not None and score <= most]
    lessons = view.dialogue.lessons
    learned = {parse_ref(fact.event.source) for fact in lessons}
    bare = [fact for fact in low if not learned & _names(fact)]
    yield Figure("unlearned", len(bare), len(low), all_of([answers, lessons]) if answers else ())


def unmeasured(view: View) -> Iterator[Figure]:
    """Yield how many of the results the client did not say how to measure."""
    results = list(outcomes_of(view.standing, parse_instant(view.as_of)))
    so = [one.result.get("measure_stated_by") != "client" for one in results]
    yield share("without_measure", so, all_of([one.draft] for one in results))


def _names(answer: Fact[FeedbackReceived]) -> set[tuple[str, str]]:
    """Return what a lesson may call an answer: its entry, or the request that it answers."""
    asked_for = answer.event.feedback_id
    return {("entry", answer.entry.id), *([("feedback", asked_for)] if asked_for else [])}


METRICS = (
    Metric(
        "P39", "Feedback asked for", ("P39",),
        {
            "answered": Meaning("The share of our requests for feedback that were answered.", "of 1", "lower"),
            "asked_days_ago": Meaning("How long ago we asked last.", "days", "higher"),
        },
        asked, BOTH,
    ),
    Metric(
        "P40", "Feedback early", ("P40",),
        {"first_asked_bd": Meaning("From the first meeting to the first request for feedback.", "business days", "higher")},
        first_asked,
    ),
    Metric(
        "P45", "The unhappiest", ("P45",),
        {"unlearned": Meaning("Answers among the lowest quarter without a lesson.", "answers", "higher")}, unlearned, BOTH,
    ),
    Metric(
        "P48", "Results without the client's measure", ("P48",),
        {"without_measure": Meaning("The share of results of which the client stated no measure.", "of 1", "higher")},
        unmeasured,
    ),
)  # fmt: skip
