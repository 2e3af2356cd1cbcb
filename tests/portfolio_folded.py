"""What all engagements together call for, reckoned a second time: out of every stream, folded whole, and no rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from ledger_projections.alerts.alert import Alert, command, recording
from ledger_projections.days import day_words
from ledger_projections.metrics.single_contact import reach, risk
from ledger_projections.view import View
from ledger_projections.wording import moment_words

from ledger.calendars import Calendar, day_number, day_text, instant, parse_instant
from ledger.events import AgreementDrafted, ContactMade, FeedbackReceived, MilestoneAgreed
from ledger.facts import Fact
from ledger.standing import midnight, progress_of, spoken
from ledger.standing.satisfaction import satisfied
from ledger.standing.scores import rounded
from ledger.statistics.quantiles import nearest_rank

Agreed = tuple[View, Fact[AgreementDrafted], int]
Answer = tuple[View, Fact[FeedbackReceived], Decimal]


def on_one_contact(views: Sequence[View]) -> Iterator[tuple[View, Alert]]:
    """Yield an alert for each engagement that is open and at risk."""
    for view in views:
        if view.known is None or view.known.engagement.closed is not None:
            continue
        found = risk(view)
        if found.why:
            since = max((view.known.at(fact) for fact in found.facts), default=parse_instant(view.as_of))
            yield (
                view,
                Alert(
                    "A-single-contact",
                    "P50",
                    "engagement",
                    raised=since,
                    since=since,
                    says="hangs on one person",
                    also=found.why if isinstance(found.why, str) else ", ".join(found.why),
                    command=command(view, "contact", "--kind meeting"),
                    facts=found.facts or [view.state.history[0]],
                ),
            )


def _meeting(view: View) -> str:
    """Return how others are met; where enough are, how another is given what one alone may do."""
    found = reach(view)
    if found.is_one or found.is_level or not found.alone:
        return command(view, "contact", "--kind meeting")
    return command(view, "person", f"--may {','.join(sorted(found.alone))}")


SPAN = 90
"""Days that are held against as many before them."""


def neglected(views: Sequence[View]) -> Iterator[tuple[View, Alert]]:
    """Yield an alert for each client of an open engagement to whom nothing was said for longer than our policy lets it."""
    prospects = [[*_talk(view)] for view in views if _is_prospect(view)]
    now, before = (
        sum(f.event.minutes or 0 for talk in prospects for age, f in talk if age // SPAN == span) for span in (0, 1)
    )
    if now <= before:
        return
    recent = [[fact for age, fact in talk if age < SPAN] for talk in prospects]
    newer = [max(facts, key=lambda fact: fact.entry.position) for facts in recent if facts]
    for view in views:
        if view.known is not None and view.known.engagement.closed is None and not _is_prospect(view):
            yield from _neglect(view, newer, now - before)


def _neglect(view: View, prospects: Sequence[Fact[Any]], more: int) -> Iterator[tuple[View, Alert]]:
    known, now = view.standing, parse_instant(view.as_of)
    said = spoken(known, view.dialogue)
    calendar, today = known.calendar(now), known.calendar(now).day_of(now)
    if not said or calendar.bd(calendar.day_of(said[-1][0]), today) <= known.number("silence_bd", today):
        return
    yield (
        view,
        Alert(
            "A-neglected",
            "P30",
            "engagement",
            raised=said[-1][0],
            since=said[-1][0],
            says=f"nothing said since {moment_words(instant(said[-1][0]), calendar, view.as_of)}, and more to prospects",
            also=f"{more} minutes more with them in {SPAN} days than in the {SPAN} before",
            command=command(view, "contact", "--purpose check-in"),
            calendar=calendar.name,
            facts=[said[-1][1], *prospects],
        ),
    )


def _is_prospect(view: View) -> bool:
    """Return whether no version of an engagement is signed by both yet."""
    return view.known is not None and view.known.version_in_force(parse_instant(view.as_of)) is None


def _talk(view: View) -> Iterator[tuple[int, Fact[ContactMade]]]:
    """Yield the contacts, each with how many days old it is."""
    known, now = view.standing, parse_instant(view.as_of)
    today = day_number(known.calendar(now).day_of(now))
    for fact in view.dialogue.contacts_made:
        age = today - day_number(known.calendar(now).day_of(known.at(fact)))
        if age >= 0:
            yield age, fact


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
            yield view, _lesson(view, fact, score, len(answers))


def _lesson(view: View, fact: Fact[FeedbackReceived], score: Decimal, n: int) -> Alert:
    since = view.standing.at(fact)
    return Alert(
        "A-unlearned",
        "P45",
        f"entry:{fact.entry.id}",
        raised=since,
        since=since,
        says=f"#{fact.entry.position} {_tenths(score)} of 100, in the lowest quarter of {n} answers, with no lesson",
        also=f"round {fact.event.wave}",
        command=recording(view, "lesson-recorded", f"--source {_names(fact)[0]}"),
        occurrence=fact.event.wave,
        facts=[fact],
    )


def _tenths(score: Decimal) -> str:
    """Return a score as it is read: a director counts no thousandths."""
    return f"{float(rounded(score)):.1f}".removesuffix(".0")


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


def dependent(views: Sequence[View]) -> Iterator[tuple[View, Alert]]:
    """Yield an alert for each client above the share that our policy allows, currency by currency."""
    by_currency: dict[str, list[Agreed]] = defaultdict(list)
    for view in views:
        if (draft := _in_force(view)) and draft.event.value:
            by_currency[draft.event.value["currency"]].append((view, draft, draft.event.value["minor"]))
    for currency, agreed in sorted(by_currency.items()):
        total = sum(value for _, _, value in agreed)
        for account in dict.fromkeys(view.engagement.account for view, _, _ in agreed if view.engagement):
            own = [row for row in agreed if row[0].engagement and row[0].engagement.account == account]
            yield from _dependency(own, currency, total)


def _dependency(own: Sequence[Agreed], currency: str, total: int) -> Iterator[tuple[View, Alert]]:
    view, limit = own[0][0], Decimal(own[0][0].practice.policy("dependency_share", own[0][0].as_of[:10]))
    share = Decimal(sum(value for _, _, value in own)) / total if total else Decimal(0)
    if share > limit:
        facts = [draft for _, draft, _ in own]
        since = max(view.standing.at(fact) for view, fact, _ in own)
        yield (
            view,
            Alert(
                "A-dependency",
                "P56",
                "account",
                raised=since,
                since=since,
                says=f"{share:.0%} of what is agreed in {currency} is of one client",
                also=f"our policy: no more than {limit:.0%}",
                command="engage open",
                occurrence=currency,
                facts=facts,
            ),
        )


def _in_force(view: View) -> Fact[AgreementDrafted] | None:
    """Return the version in force of an engagement that is open."""
    if view.known is None or view.known.engagement.closed is not None:
        return None
    version = view.known.version_in_force(parse_instant(view.as_of))
    return view.known.engagement.drafts[version] if version else None


JUDGED, AHEAD = timedelta(weeks=156), timedelta(weeks=13)
"""From this Monday on: weeks that are judged, and weeks of which the first that has too much in it calls for somebody."""


class Promise(NamedTuple):
    """What one milestone takes of a week."""

    view: View
    agreed: Fact[MilestoneAgreed]
    days: Decimal


def overcommitted(views: Sequence[View]) -> Iterator[tuple[View, Alert]]:
    """Yield an alert for the first week of which more is promised than our policy allows."""
    ours = next((view for view in views if view.stream == "practice"), None)
    if ours is None or not ours.practice.capacities:
        return
    calendar = ours.calendar("default", ours.as_of[:10])
    today = calendar.day_of(parse_instant(ours.as_of))
    limit = Decimal(ours.practice.policy("overcommitted", today))
    capacity, promised = _capacity(ours, calendar, today), _promised(views, calendar, today)
    monday = date.fromisoformat(_week(today))
    over = [
        week
        for week in sorted(set(capacity) & set(promised))
        if date.fromisoformat(week) < monday + JUDGED and _sum(promised[week]) > limit * capacity[week]
    ]
    if over and date.fromisoformat(over[0]) <= monday + AHEAD:
        yield _overload(ours, promised, calendar, over, capacity[over[0]])


def _sum(promises: Sequence[Promise]) -> Decimal:
    return sum((promise.days for promise in promises), Decimal(0))


def _overload(
    ours: View, promised: Mapping[str, Sequence[Promise]], calendar: Calendar, over: Sequence[str], capacity: Decimal
) -> tuple[View, Alert]:
    week, promises = over[0], promised[over[0]]
    days, most = _sum(promises), max(promises, key=lambda promise: promise.days)
    facts = [promise.agreed for each in over for promise in promised[each]]
    many = {1: "", 2: "; too much in 1 more week, that"}.get(
        len(over), f"; too much in {len(over) - 1} more weeks, the last that"
    )
    more = f"{many} of {day_words(over[-1], ours.as_of)}" if many else ""
    return most.view, Alert(
        "A-overcommitted",
        "P19",
        f"milestone:{most.agreed.event.milestone_id}",
        raised=max(most.view.standing.at(fact) for fact in facts),
        since=midnight(calendar, week),
        says=f"{days:.1f} days promised in the week of {day_words(week, ours.as_of)}, there are {capacity:.1f}",
        also=f"most of it for {most.agreed.event.milestone_id}{more}",
        command=command(most.view, "rescheduled", most.agreed.event.milestone_id),
        deadline=midnight(calendar, week),
        occurrence=week,
        facts=facts,
    )


def _capacity(ours: View, calendar: Calendar, today: str) -> Mapping[str, Decimal]:
    found: dict[str, Decimal] = defaultdict(Decimal)
    for fact in ours.practice.capacities:
        for week, days in _spread(Decimal(fact.event.days), fact.event.from_on, fact.event.to_on, calendar):
            if week >= _week(today):
                found[week] += days
    return found


def _promised(views: Sequence[View], calendar: Calendar, today: str) -> Mapping[str, Sequence[Promise]]:
    found: dict[str, list[Promise]] = defaultdict(list)
    for view in views:
        for agreed, due in _to_deliver(view):
            effort, starts = Decimal(agreed.event.effort_days or 0), max(agreed.event.starts_on or today, today)
            for week, days in _spread(effort, starts, max(starts, due[:10]), calendar):
                found[week].append(Promise(view, agreed, days))
    return found


def _to_deliver(view: View) -> Iterator[tuple[Fact[MilestoneAgreed], str]]:
    """Yield the milestones of an open engagement that are to be delivered and take some effort, each with its date."""
    if view.known is None or view.known.engagement.closed is not None:
        return
    for milestone in view.known.engagement.milestones.values():
        progress = progress_of(view.known, milestone, parse_instant(view.as_of))
        if milestone.agreed and milestone.agreed.event.effort_days and progress.open and progress.current:
            yield milestone.agreed, progress.current.due


def _spread(days: Decimal, first: str, last: str, calendar: Calendar) -> Iterator[tuple[str, Decimal]]:
    """Yield how many of *days* fall into each week, named by its Monday."""
    numbers = range(day_number(first), day_number(last) + 1)
    open_days = [day for day in map(day_text, numbers) if calendar.is_open_day(day)] or [last]
    weeks: dict[str, int] = defaultdict(int)
    for day in open_days:
        weeks[_week(day)] += 1
    yield from ((week, days * count / len(open_days)) for week, count in weeks.items())


def _week(day: str) -> str:
    return day_text(day_number(day) - date.fromisoformat(day).weekday())


def folded(views: Sequence[View]) -> Iterator[tuple[View, Alert]]:
    """Yield what *views*, all there are at one moment, call for together, each with a view that it is about."""
    for make in (on_one_contact, neglected, unlearned, dependent, overcommitted):
        yield from make(views)
