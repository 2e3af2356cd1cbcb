"""Satisfaction that falls, or lies below a floor: something is to be agreed on, soon (P44, M12)."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger.events import FeedbackReceived
from ledger.standing import days_after, falls, undertakings_of
from ledger.standing.scores import rounded
from ledger_projections.alerts.alert import Alert, command, first, recording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.standing import Known, Undertaking
    from ledger.standing.satisfaction import Satisfaction, Wave
    from ledger_projections.view import View


def trend_alerts(view: View, known: Known) -> Iterator[Alert]:
    """Yield an alert for each round after which the trend was adverse, until an action follows from it, or the next round."""
    if not view.concerns_any("wave") or not view.state.saying(FeedbackReceived):
        return
    from ledger.standing.satisfaction import Satisfaction, satisfaction_of  # here: most entries are no answers

    waves = satisfaction_of(known, view.dialogue, parse_instant(view.as_of)).waves
    actions = list(undertakings_of(known, view.dialogue, parse_instant(view.as_of)))
    for number, later in zip_longest(range(1, len(waves) + 1), waves[1:]):
        found = Satisfaction(known, waves[:number], parse_instant(view.as_of))
        if found.is_adverse:
            yield _alert(view, known, found, later, _following(actions, waves[number - 1]))


def _alert(view: View, known: Known, found: Satisfaction, later: Wave | None, actions: Sequence[Undertaking]) -> Alert:
    wave = found.waves[-1]
    calendar = known.calendar(wave.at)
    day = calendar.day_of(wave.at)
    agreed = [known.at(action.agreed) for action in actions]
    return Alert(
        "A-adverse-trend",
        "P44",
        f"wave:{wave.name}",
        raised=wave.at,
        since=wave.at,
        says=f"satisfaction after {wave.name} {' and '.join(_why(found))}: what is done about it?",
        also=f"{len(found.waves)} rounds, last {rounded(wave.score).normalize():f}",
        command=_command(view, wave),
        deadline=falls(calendar, days_after(calendar, day, int(known.number("action_bd", day)))),
        cleared=first(later.at if later else None, *agreed),
        calendar=calendar.name,
        facts=[*found.facts, *(later.answers if later else ()), *(action.agreed for action in actions)],
    )


def _why(found: Satisfaction) -> Iterator[str]:
    yield from ["falls"] if found.is_falling else []
    yield from ["is low"] if found.is_low or found.is_very_low else []


def _following(actions: Sequence[Undertaking], wave: Wave) -> list[Undertaking]:
    """Return the actions that were agreed because of an answer of *wave*."""
    events = ((action, action.trigger.event if action.trigger else None) for action in actions)
    return [action for action, event in events if isinstance(event, FeedbackReceived) and event.wave == wave.name]


def _command(view: View, wave: Wave) -> str:
    newest = max(wave.answers, key=lambda answer: answer.entry.position)
    if view.engagement is None:
        return recording(view, "action-agreed", f"--trigger entry:{newest.entry.id}")
    return command(view, "action", f"--after {newest.event.feedback_id or repr(f'#{newest.entry.position}')}")
