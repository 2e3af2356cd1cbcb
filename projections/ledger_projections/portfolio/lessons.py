"""The unhappiest answers of all, of which nobody has written down what they teach (P45)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.events import FeedbackReceived
from ledger.standing.satisfaction import satisfied
from ledger.statistics.quantiles import nearest_rank
from ledger_projections.alerts.alert import Alert, recording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from ledger.facts import Fact
    from ledger_projections.view import View

    Answer = tuple[View, Fact[FeedbackReceived], Decimal]

FEWEST = 4
"""Of fewer answers there is no quarter."""


def unlearned(views: Sequence[View]) -> Iterator[tuple[View, Alert]]:
    """Yield an alert for each answer in the lowest quarter of all that no lesson names as its source."""
    answers = [answer for view in views if view.stream != "practice" for answer in _answers(view)]
    if len(answers) < FEWEST:
        return
    quarter = nearest_rank([score for _, _, score in answers], 1, 4)
    for view, fact, score in answers:
        if score <= quarter and not _is_learned(view, fact):
            yield view, _alert(view, fact, score, len(answers))


def _alert(view: View, fact: Fact[FeedbackReceived], score: Decimal, n: int) -> Alert:
    since = view.standing.at(fact)
    return Alert(
        "A-unlearned",
        "P45",
        f"entry:{fact.entry.id}",
        raised=since,
        since=since,
        says=f"#{fact.entry.position} {score.normalize():f} of 100, in the lowest quarter of {n} answers, with no lesson",
        also=f"round {fact.event.wave}",
        command=recording(view, "lesson-recorded", f"--source {_names(fact)[0]}"),
        occurrence=fact.event.wave,
        facts=[fact],
    )


def _answers(view: View) -> Iterator[Answer]:
    for fact in view.state.facts.values():
        if isinstance(event := fact.event, FeedbackReceived) and event.scores:
            answer = fact.saying(event)
            yield view, answer, satisfied(answer)


def _is_learned(view: View, fact: Fact[FeedbackReceived]) -> bool:
    return any(lesson.event.source in _names(fact) for lesson in view.dialogue.lessons)


def _names(fact: Fact[FeedbackReceived]) -> list[str]:
    """Return what a lesson may call an answer by: the request it answers, or its entry."""
    asked = [f"feedback:{fact.event.feedback_id}"] if fact.event.feedback_id else []
    return [*asked, f"entry:{fact.entry.id}"]
