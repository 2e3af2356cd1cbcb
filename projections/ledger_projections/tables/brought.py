"""What one stream brings to what is judged over all of them: each thing with the entry that says it (ADR 22)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.calendars import day_number, day_text, instant, is_day, parse_instant
from ledger.events import FeedbackReceived
from ledger.standing import day_in, days_after, holding, midnight, progress_of, spoken
from ledger.standing.edges import LAST_DAY
from ledger.standing.satisfaction import satisfied
from ledger.values.named import NamedTuple
from ledger_projections.json_text import json_text
from ledger_projections.whose import written
from ledger_projections.wording import on_the_wall, person

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.dialogue import Dialogue
    from ledger.events import AuthorityChanged, ContactDeparted
    from ledger.facts import Fact
    from ledger.standing import Known
    from ledger_projections.table import Scalar
    from ledger_projections.view import View

SCOPES = ("sign", "accept")
"""What one person alone had better not hold (M18)."""


class Brought(NamedTuple):
    """One thing: *said* is the entry that says it, if there is one; *facts* are all that it depends on."""

    part: str
    subject: str
    facts: Sequence[Fact[Any]]
    said: Fact[Any] | None = None
    values: dict[str, Scalar] = {}  # noqa: RUF012 -- never written to


def brought(view: View) -> Iterator[Brought]:
    """Yield what the stream of *view* brings: nothing, where the opening of an engagement was withdrawn."""
    if view.engagement is not None and view.known is not None:
        if view.engagement.opened is None:
            return
        yield from _talk(view, view.known)
        if view.engagement.closed is None:
            yield from (*_people(view, view.known), *_value(view, view.known), *_effort(view, view.known))
    if view.engagement is None and view.account is None:
        yield from (*_capacities(view), *_reserves(view))
    else:
        yield from (*_answers(view), *_lessons(view, view.dialogue))


def _talk(view: View, known: Known) -> Iterator[Brought]:
    """Yield how an engagement stands and what was said in it last, with when that is too long ago by our policy."""
    if not view.concerns("talk"):
        return
    now = parse_instant(view.as_of)
    said, calendar = spoken(known, view.dialogue), known.calendar(now)
    ended = [known.engagement.closed] if known.engagement.closed else []
    values: dict[str, Scalar] = {
        "state": "prospect" if known.version_in_force(now) is None else "client",
        "is_open": not ended,
        "zone": calendar.zone.key,
        "calendar": calendar.name,
    }
    if not said:
        yield Brought("talk", "talk", [*view.state.history[:1], *ended], None, values)
        return
    when, last = said[-1]
    limit = int(known.number("silence_bd", calendar.day_of(now)))
    silent = midnight(calendar, days_after(calendar, calendar.day_of(when), limit + 1))
    local = on_the_wall(when, calendar)
    words = f"{local:%Y-%m-%dT%H:%M}"
    yield Brought(
        "talk", "talk", [last, *ended], last,
        {**values, "since": written(when), "changes_at": written(silent), "words": words},
    )  # fmt: skip


def _people(view: View, known: Known) -> Iterator[Brought]:
    """Yield whom of the client we might reach, at which level, and who of them may act today."""
    if view.only is not None or view.account is None:  # what changes it governs, or is of the account
        return
    added = {name: fact for name, fact in view.account.contacts.items() if fact.event.side == "client"}
    if not added:
        return
    changes = [change for change in known.changes if change.event.scope in SCOPES and change.event.contact in added]
    named = dict.fromkeys(change.event.contact for change in changes)
    gone = [view.account.departures[name] for name in named if name in view.account.departures]
    day = day_in(view.practice, view.as_of)
    details = {
        "held": {scope: [person(view, who) for who in holding(known, scope, day)] for scope in SCOPES},
        "granted": [_placed(known, fact) for fact in (*changes, *gone)],
        "people": {name: [fact.event.level, *_placed(known, fact)] for name, fact in added.items()},
    }
    values: dict[str, Scalar] = {
        "changes_at": _changes_next(view, changes, gone, day),
        "zone": known.calendar(parse_instant(view.as_of)).zone.key,
        "details": json_text(details),
    }
    facts = [*known.engagement.history[:1], *changes, *gone, *added.values()]
    yield Brought("people", "people", facts, None, values)


def _placed(known: Known, fact: Fact[Any]) -> tuple[int, str]:
    return fact.entry.position, instant(known.at(fact))


def _changes_next(
    view: View, changes: Sequence[Fact[AuthorityChanged]], gone: Sequence[Fact[ContactDeparted]], day: str
) -> str | None:
    """Return the first midnight after *day* at which somebody begins to be allowed something, or ceases to."""
    begin = [change.event.valid_from for change in changes]
    last = [*(change.event.valid_until for change in changes), *(fact.event.leaves_on for fact in gone)]
    ahead = [on for on in (*begin, *(day_text(day_number(on) + 1) for on in last if on and on < LAST_DAY)) if on > day]
    return written(midnight(view.calendar("default", view.as_of[:10]), min(ahead))) if ahead else None


def _value(view: View, known: Known) -> Iterator[Brought]:
    version = known.version_in_force(parse_instant(view.as_of))
    if version is None or not view.concerns("version", version):
        return
    draft = known.engagement.drafts[version]
    if value := draft.event.value:
        limit = view.practice.policy("dependency_share", day_in(view.practice, view.as_of))
        own: dict[str, Scalar] = {"minor": value["minor"], "currency": value["currency"], "policy": limit}
        yield Brought("value", f"version:{version}", [draft], draft, {**own, "since": written(view.standing.at(draft))})


def _effort(view: View, known: Known) -> Iterator[Brought]:
    """Yield what is to be delivered and takes some effort."""
    now = parse_instant(view.as_of)
    for name, milestone in known.engagement.milestones.items():
        if milestone.agreed is None or not milestone.agreed.event.effort_days or not view.concerns("milestone", name):
            continue
        progress = progress_of(known, milestone, now)
        if progress.open and progress.current:
            event, due = milestone.agreed.event, progress.current.due
            own: dict[str, Scalar] = {
                "amount": event.effort_days,
                "unit": "days",
                "first_on": event.starts_on,
                "last_on": due if is_day(due) else known.calendar(now).day_of(parse_instant(due)),
                "since": written(known.at(milestone.agreed)),
            }
            facts = [*progress.ends, *(date.fact for date in progress.dates)]
            yield Brought("effort", f"milestone:{name}", [milestone.agreed, *facts], milestone.agreed, own)


def _answers(view: View) -> Iterator[Brought]:
    if not view.concerns_any("answer"):
        return
    for answer in view.state.saying(FeedbackReceived):
        event = answer.event
        if event.scores and view.concerns("answer", answer.entry.id):
            own: dict[str, Scalar] = {
                "amount": str(satisfied(answer)),
                "unit": "of 100",
                "since": written(view.standing.at(answer)),
                "state": event.wave,
                "words": f"feedback:{event.feedback_id}" if event.feedback_id else "",
            }
            yield Brought("answer", f"answer:{answer.entry.id}", [answer], answer, own)


def _lessons(view: View, dialogue: Dialogue) -> Iterator[Brought]:
    for fact in dialogue.lessons:
        if view.concerns("lesson", fact.entry.id):
            own: dict[str, Scalar] = {"words": fact.event.source, "since": written(view.standing.at(fact))}
            yield Brought("lesson", f"lesson:{fact.entry.id}", [fact], fact, own)


def _capacities(view: View) -> Iterator[Brought]:
    limit = view.practice.policy("overcommitted", day_in(view.practice, view.as_of))
    for fact in view.practice.capacities:
        event = fact.event
        own: dict[str, Scalar] = {
            "amount": event.days,
            "unit": "days",
            "first_on": event.from_on,
            "last_on": event.to_on,
        }
        own |= {"policy": limit, "since": written(view.standing.at(fact))}
        yield Brought("capacity", f"capacity:{fact.entry.id}", [fact], fact, own)


def _reserves(view: View) -> Iterator[Brought]:
    for fact in view.practice.reserves:
        own: dict[str, Scalar] = {
            "amount": fact.event.months,
            "unit": "months",
            "since": written(view.standing.at(fact)),
        }
        yield Brought("reserves", f"reserves:{fact.entry.id}", [fact], fact, own)
