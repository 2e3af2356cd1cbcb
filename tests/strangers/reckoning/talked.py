"""M09, M10, M13 and M18: rhythm, silence, talk, and one person alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction

from tests.strangers.reckoning.agreed import Terms
from tests.strangers.reckoning.minutes import WEEKDAYS, Clock, days, gaps
from tests.strangers.reckoning.promised import Row
from tests.strangers.reckoning.telling import Fact

KEPT_BY = {
    "report": ("status-report-sent",),
    "review": ("review-held",),
    "feedback": ("feedback-requested",),
    "check_in": ("contact-made",),
    "account_review": ("review-held", "contact-made"),
}
OURS = (
    "contact-made",
    "status-report-sent",
    "slip-reported",
    "news-reported",
    "request-sent",
    "request-answered",
    "holding-reply-sent",
    "review-held",
)
ANSWERS = ("request-answered", "holding-reply-sent")


def rhythms(terms: Terms) -> Iterator[tuple[str, Row]]:
    """Reckon M09 of every cadence."""
    told = terms.told
    for one in told.of(terms.stream, "cadence-agreed"):
        if not terms.in_force(one):
            continue
        clock = told.clocks[one["calendar"]]
        expected = [at for at in occurrences(one, clock, told.as_of) if not _suspended(terms, one, at)]
        kept = _kept(terms, one, clock, expected)
        subject, counts = f"cadence:{one['cadence_id']}", Counter(kept)
        judged = len(kept) - counts["open"]
        for figure in ("on_time", "late", "missed"):
            yield "M09", (figure, subject, counts[figure], None)
        yield "M09", ("expected", subject, judged, None)
        on_time, late = counts["on_time"], counts["late"]
        yield "M09", ("adherence", subject, Fraction(on_time, judged) if judged else None, judged)
        yield "M09", ("within_grace", subject, Fraction(on_time + late, judged) if judged else None, judged)


def occurrences(cadence: Fact, clock: Clock, until: datetime) -> list[datetime]:
    """Try every day from the start on against the rule."""
    rule = dict(part.split("=") for part in cadence["rrule"].removeprefix("RRULE:").split(";"))
    first, time = cadence["starts"].split("T")
    start, last = date.fromisoformat(first), until.astimezone(clock.zone).date()
    fitting = [day for day in days(start, last) if _fits(rule, start, day)] if last >= start else []
    moments = [clock.local(day, time) for day in fitting[: int(rule.get("COUNT", len(fitting)))]]
    return [at for at in moments if at <= until]


def _fits(rule: dict[str, str], start: date, day: date) -> bool:
    if "UNTIL" in rule and day.strftime("%Y%m%d") > rule["UNTIL"][:8]:
        return False
    return {"DAILY": _daily, "WEEKLY": _weekly, "MONTHLY": _monthly}[rule["FREQ"]](rule, start, day)


def _daily(rule: dict[str, str], start: date, day: date) -> bool:
    return (day - start).days % int(rule.get("INTERVAL", 1)) == 0 and WEEKDAYS[day.weekday()] in _on(rule, WEEKDAYS)


def _weekly(rule: dict[str, str], start: date, day: date) -> bool:
    mondays = [each - timedelta(days=each.weekday()) for each in (start, day)]
    weeks = (mondays[1] - mondays[0]).days // 7
    on = _on(rule, (WEEKDAYS[start.weekday()],))
    return weeks % int(rule.get("INTERVAL", 1)) == 0 and WEEKDAYS[day.weekday()] in on


def _monthly(rule: dict[str, str], start: date, day: date) -> bool:
    months = (day.year - start.year) * 12 + day.month - start.month
    if months % int(rule.get("INTERVAL", 1)):
        return False
    if "BYMONTHDAY" in rule:
        behind = (day.replace(day=1) + timedelta(days=31)).replace(day=1) - day
        return bool({str(day.day), str(-behind.days)} & set(rule["BYMONTHDAY"].split(",")))
    last = (day + timedelta(days=7)).month != day.month
    ordinals = ("", str((day.day - 1) // 7 + 1), *(["-1"] if last else []))
    named = {f"{ordinal}{WEEKDAYS[day.weekday()]}" for ordinal in ordinals}
    return bool(named & set(_on(rule, ()))) if "BYDAY" in rule else day.day == start.day


def _on(rule: dict[str, str], otherwise: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(rule["BYDAY"].lower().split(",")) if "BYDAY" in rule else otherwise


def _suspended(terms: Terms, cadence: Fact, at: datetime) -> bool:
    close = terms.told.clocks["default"].close
    released = terms.released(f"cadence:{cadence['cadence_id']}")
    if any(close(one.occurred) <= at for one in released) or terms.signed_for(cadence) > at:
        return True
    steps = [
        one
        for one in terms.told.of(terms.stream, "engagement-paused", "engagement-resumed", "engagement-closed")
        if close(one.occurred) <= at
    ]
    closed = any(one.type == "engagement-closed" for one in steps)
    return closed or bool(steps and steps[-1].type == "engagement-paused")


def _kept(terms: Terms, cadence: Fact, clock: Clock, expected: list[datetime]) -> list[str]:
    sent = sorted(
        clock.close(one.occurred)
        for one in terms.told.of(terms.stream, *KEPT_BY[cadence["kind"]])
        if one["cadence_id"] == cadence["cadence_id"]
    )
    answers, before = [], datetime.min.replace(tzinfo=terms.told.as_of.tzinfo)
    for at in expected:
        end = _later(clock, at, cadence["tolerance_bd"])
        own = [each for each in sent if before < each <= end]
        late = "open" if terms.told.as_of <= end else "missed"
        answers.append(("on_time" if own[0] <= at else "late") if own else late)
        before = end
    return answers


def _later(clock: Clock, at: datetime, more: int) -> datetime:
    local = at.astimezone(clock.zone)
    after = [day for day in clock.open_days if day > local.date()][:more]
    return clock.local(after[-1], local.strftime("%H:%M")) if after else at


def silence(terms: Terms) -> Iterator[tuple[str, Row]]:
    """Reckon M10."""
    clock, told = terms.clock, terms.told
    asked = {one["request_id"] for one in told.of(terms.stream, "request-received")}
    said = [clock.close(one.occurred) for one in told.of(terms.stream, *OURS) if _ours(one, asked)]
    said = [at for at in said if at <= told.as_of]
    if not said:
        for figure in ("longest_bd", "longest_bh", "current_bd", "current_bh"):
            yield "M10", (figure, "", None, None)
        return
    closed = [clock.close(one.occurred) for one in told.of(terms.stream, "engagement-closed")]
    spans = [*gaps(said), (max(said), max(*said, min([*closed, told.as_of])))]
    each_bd = [clock.bd(_day(clock, start), _day(clock, end)) for start, end in spans]
    each_bh = [clock.bh(start, end) for start, end in spans]
    yield "M10", ("longest_bd", "", max(each_bd), None)
    yield "M10", ("longest_bh", "", max(each_bh), None)
    yield "M10", ("current_bd", "", each_bd[-1], None)
    yield "M10", ("current_bh", "", each_bh[-1], None)


def _day(clock: Clock, at: datetime) -> date:
    return at.astimezone(clock.zone).date()


def _ours(one: Fact, asked: set[object]) -> bool:
    """Ask whether it is a word of ours: an answer is one to whoever *asked*, else it is theirs to us."""
    if one.party == "client" or (one.type in ANSWERS and one["request_id"] not in asked):
        return False
    return one.type != "contact-made" or bool(one["direction"] == "outbound" and one["substantive"])


def talks(terms: Terms) -> Iterator[tuple[str, Row]]:
    """Reckon M13 of the last thirty days."""
    recent = _last(terms, 30)
    levels: Counter[str] = Counter()
    minutes: Counter[str] = Counter()
    for one in recent:
        for level in {terms.level(each) for each in one["participants"] if terms.side(each) == "client"} or {"none"}:
            subject = f"{one['kind']} {one['direction']} {level}"
            levels[subject] += 1
            minutes[subject] += one["minutes"] or 0
    yield "M13", ("contacts_30d", "", len(recent), None)
    yield "M13", ("minutes_30d", "", sum(one["minutes"] or 0 for one in recent), None)
    for subject, count in levels.items():
        yield "M13", ("contacts_30d", subject, count, None)
        yield "M13", ("minutes_30d", subject, minutes[subject], None)
    ever = _ever(terms)
    ours = sum(one["direction"] == "outbound" for one in ever)
    yield "M13", ("initiation", "", Fraction(ours, len(ever)) if ever else None, len(ever))


def _last(terms: Terms, back: int) -> list[Fact]:
    clock, told = terms.clock, terms.told
    today = _day(clock, told.as_of)
    return [one for one in _ever(terms) if today - timedelta(days=back) < clock.day(one.occurred) <= today]


def _ever(terms: Terms) -> list[Fact]:
    return [one for stream in terms.streams for one in terms.told.of(stream, "contact-made")]


def one_person(terms: Terms) -> Iterator[tuple[str, Row]]:
    """Reckon M18 of the last ninety days."""
    people: Counter[str] = Counter()
    for one in _last(terms, 90):
        if one["substantive"]:
            people.update({each for each in one["participants"] if terms.side(each) == "client"})
    n = people.total()
    squares = sum((Fraction(each, n) ** 2 for each in people.values()), Fraction(0))
    today = _day(terms.clock, terms.told.as_of)
    yield "M18", ("effective", "", 1 / squares if squares else None, n)
    yield "M18", ("levels", "", len({terms.level(each) for each in people}), n)
    yield "M18", ("n", "", n, None)
    for scope in ("sign", "accept"):
        yield "M18", (f"holders_{scope}", "", len(terms.holders(scope, today)), None)
