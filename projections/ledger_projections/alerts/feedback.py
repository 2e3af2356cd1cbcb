"""Feedback: to be asked for soon after the first meeting, and asked for again where no answer came (P39, P40)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.calendars import instant
from ledger.standing import days_after, falls
from ledger.standing.talk import about, first_meeting, in_time, participants
from ledger.standing.undertakings import first_answers
from ledger_projections.alerts.alert import Alert, command, first
from ledger_projections.wording import moment_words, people

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from ledger.events import FeedbackRequested
    from ledger.facts import Fact
    from ledger.standing import Known
    from ledger_projections.view import View


def feedback_alerts(view: View, known: Known) -> Iterator[Alert]:
    """Yield an alert for each request for feedback that nobody has answered, and one before there is any."""
    for feedback_id, asked in view.dialogue.asked.items():
        if view.concerns("feedback", feedback_id):
            yield _unanswered(view, known, asked)
    if view.engagement is not None and view.concerns("engagement"):
        yield from _first(view, known)


def _unanswered(view: View, known: Known, asked: Fact[FeedbackRequested]) -> Alert:
    event, since = asked.event, known.at(asked)
    answer = first_answers(known, view.dialogue).get(event.feedback_id)
    chased = in_time(known, about(known, view.dialogue, "feedback", event.feedback_id))
    later = [fact for fact in chased if known.at(fact) > since]
    return Alert(
        "A-feedback-unanswered",
        "P39",
        f"feedback:{event.feedback_id}",
        raised=_open_days_after(known, since, "no_answer_bd"),
        since=since,
        says=f"{event.feedback_id} asked of {people(view, event.to)}, not answered",
        also=f"round {event.wave}",
        command=_chase(view, event),
        cleared=first(known.at(answer) if answer else None, *map(known.at, later)),
        calendar=known.calendar(since).name,
        facts=[asked, *([answer] if answer else []), *later],
    )


def _first(view: View, known: Known) -> Iterator[Alert]:
    """Yield what the first meeting calls for."""
    meeting = first_meeting(known, view.dialogue)
    if meeting is None:
        return
    since, asked = known.at(meeting), _asked(view, known)
    raised = _open_days_after(known, since, "first_feedback_bd")
    calendar, whom = known.calendar(since), ",".join(participants(known, meeting.event))
    yield Alert(
        "A-first-feedback",
        "P40",
        "engagement",
        raised=raised,
        since=since,
        says="nobody was asked how it began",
        also=f"first meeting {moment_words(instant(since), calendar, instant(raised))}",
        command=command(view, "feedback", *([f"--ask {whom}"] if whom else []), "--on overall --scale 0-10"),
        deadline=raised,
        cleared=first(*(when for when, _ in asked[:1])),
        calendar=calendar.name,
        facts=[meeting, *(fact for _, fact in asked[:1])],
    )


def _asked(view: View, known: Known) -> Sequence[tuple[datetime, Fact[Any]]]:
    """Return when and how feedback was asked for, an answer to a question of ours too, the first one first."""
    answered = (fact for fact in known.engagement.feedback if fact.event.solicited)
    found = [(known.at(fact), fact) for fact in (*view.dialogue.asked.values(), *answered)]
    return sorted(found, key=lambda pair: (pair[0], pair[1].entry.position))


def _chase(view: View, event: FeedbackRequested) -> str:
    whom = [",".join(event.to)] if event.to else []
    words = ["'asked again for feedback'"] if whom else []
    return command(view, "contact", *whom, *words, "--purpose chase", f"--about {event.feedback_id}")


def _open_days_after(known: Known, since: datetime, policy: str) -> datetime:
    calendar = known.calendar(since)
    day = calendar.day_of(since)
    return falls(calendar, days_after(calendar, day, int(known.number(policy, day))))
