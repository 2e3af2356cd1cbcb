"""M06 to M08, M14 and M22: requests, news, courage and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction
from itertools import combinations

from tests.strangers.reckoning.agreed import Terms
from tests.strangers.reckoning.minutes import median, ninetieth
from tests.strangers.reckoning.promised import Row
from tests.strangers.reckoning.telling import Fact


def requests(terms: Terms) -> Iterator[tuple[str, Row]]:
    """Reckon M06."""
    clock, told = terms.clock, terms.told
    first, resolved, ages, kept = [], [], [], []
    received = [one for one in told.of(terms.stream, "request-received") if one["needs_reply"]]
    for one in received:
        start = clock.close(one.occurred)
        answers = _moments(terms, "request-answered", "request_id", one["request_id"])
        held = _moments(terms, "holding-reply-sent", "request_id", one["request_id"])
        first += [clock.bh(start, min(answers + held))] if answers + held else []
        resolved += [clock.bh(start, min(answers))] if answers else []
        ages += [] if answers else [clock.bh(start, told.as_of)]
        kept += _promises(terms, one["request_id"], min(answers, default=None))
    for figure, each in (("first", first), ("resolution", resolved)):
        yield "M06", (f"{figure}_median_bh", "", median(each), len(each))
        yield "M06", (f"{figure}_p90_bh", "", ninetieth(each), len(each))
    yield "M06", ("n", "", len(resolved), None)
    yield "M06", ("open", "", len(ages), None)
    yield "M06", ("oldest_open_bh", "", max(ages, default=None), len(ages))
    yield "M06", ("promises_kept", "", sum(kept), None)
    yield "M06", ("promises_n", "", len(kept), None)


def _promises(terms: Terms, request: str, answered: datetime | None) -> list[bool]:
    replies = [one for one in terms.told.of(terms.stream, "holding-reply-sent") if one["request_id"] == request]
    ends = [terms.clock.falls(one["promised_by"]) for one in replies]
    return [answered is not None and answered <= end for end in ends if answered or end < terms.told.as_of]


def _moments(terms: Terms, type_: str, name: str, value: str) -> list[datetime]:
    return [terms.clock.close(one.occurred) for one in terms.told.of(terms.stream, type_) if one[name] == value]


def news(terms: Terms) -> Iterator[tuple[str, Row]]:
    """Reckon M07 and M08."""
    clock, told = terms.clock, terms.told
    delays: dict[str, list[Fraction]] = {"good": [], "bad": [], "neutral": []}
    before, refuted, checks = [], 0, []
    for one in told.of(terms.stream, "news-learned"):
        checked = [each for each in told.of(terms.stream, "news-verified") if each["news_id"] == one["news_id"]]
        verdicts = [clock.close(each.occurred) for each in checked]
        wrong = [clock.close(each.occurred) for each in checked[-1:] if each["verdict"] == "refuted"]
        told_at = [
            clock.close(each.occurred)
            for each in told.of(terms.stream, "news-reported")
            if each["news_id"] == one["news_id"] and each["kind"] != "retraction"
        ]
        aware = clock.opening(one.aware or one.occurred)
        if told_at or not wrong:
            delays[one["polarity"]].append(clock.bh(aware, min(told_at, default=told.as_of)))
        checks += [clock.bh(aware, min(verdicts))] if verdicts else []
        before += [not verdicts or min(told_at) < min(verdicts)] if told_at else []
        refuted += bool(told_at and wrong and min(told_at) < wrong[0])
    yield from (("M07", row) for row in _parity(terms, delays["good"], delays["bad"]))
    yield "M08", ("reported_before_verified", "", Fraction(sum(before), len(before)) if before else None, len(before))
    yield "M08", ("refuted_after_reported", "", refuted, None)
    yield "M08", ("verify_median_bh", "", median(checks), len(checks))
    yield "M08", ("n", "", len(before), None)


def _parity(terms: Terms, good: list[Fraction], bad: list[Fraction]) -> Iterator[Row]:
    b, g = median(bad), median(good)
    yield "bad_median_bh", "", b, len(bad)
    yield "good_median_bh", "", g, len(good)
    yield "n_bad", "", len(bad), None
    yield "n_good", "", len(good), None
    delta = b - g if b is not None and g is not None else None
    yield "delta_bh", "", delta, None
    yield "ratio", "", b / g if b is not None and g else None, None
    enough = min(len(bad), len(good)) >= 3
    limit = Fraction(terms.told.policy("parity_delta_bh", "4"))
    yield "flagged", "", delta > limit if enough and delta is not None else None, None
    yield "p", "", _chance(bad, good) if min(len(bad), len(good)) >= 4 else None, None


def _chance(upper: list[Fraction], lower: list[Fraction]) -> Fraction:
    """Count the ways to share out the values in which the upper ones beat the lower ones at least as often."""
    every = upper + lower

    def beaten(chosen: tuple[int, ...]) -> Fraction:
        others = [every[index] for index in range(len(every)) if index not in chosen]
        return sum(
            (
                Fraction(every[index] > other) + Fraction(every[index] == other) / 2
                for index in chosen
                for other in others
            ),
            Fraction(0),
        )

    ways = list(combinations(range(len(every)), len(upper)))
    seen = beaten(tuple(range(len(upper))))
    return Fraction(sum(beaten(way) >= seen for way in ways), len(ways))


def courage(terms: Terms) -> Iterator[tuple[str, Row]]:
    """Reckon M14."""
    told, lags = terms.told, []
    raised: dict[str, Fact] = {}
    for one in sorted(told.of(terms.stream, "concern-raised"), key=lambda one: terms.clock.close(one.occurred)):
        raised.setdefault(one["concern_id"], one)
    for name, one in raised.items():
        felt = _moments(terms, "concern-felt", "concern_id", name)
        lags += [terms.clock.bh(min(felt), terms.clock.close(one.occurred))] if felt else []
    ours = sum(one["raised_by"] == "provider" for one in raised.values())
    yield "M14", ("raised_first", "", Fraction(ours, len(raised)) if raised else None, len(raised))
    yield "M14", ("median_lag_bh", "", median(lags), len(lags))
    yield "M14", ("n", "", len(raised), None)


TRIGGERS = {
    "milestone": "milestone-agreed",
    "obligation": "obligation-agreed",
    "request": "request-received",
    "news": "news-learned",
    "concern": "concern-felt",
    "review": "review-held",
    "feedback": "feedback-received",
    "slip": "slip-foreseen",
    "dispute": "dispute-raised",
    "idea": "idea-offered",
}


def actions(terms: Terms) -> Iterator[tuple[str, Row]]:
    """Reckon M22."""
    clock, told, ends = terms.clock, terms.told, []
    for one in told.of(terms.stream, "action-agreed"):
        subject = f"action:{one['action_id']}"
        begun = _trigger(terms, one["trigger"])
        latency = clock.bd(clock.day(begun.occurred), clock.day(one.occurred)) if begun else None
        yield "M22", ("latency_bd", subject, latency, None)
        done = _moments(terms, "action-completed", "action_id", one["action_id"])
        close = clock.falls(one["due"])
        in_time = min(done) <= close if done else (False if close < told.as_of else None)
        yield "M22", ("in_time", subject, in_time, None)
        ends += [] if in_time is None else [in_time]
    yield "M22", ("in_time", "", Fraction(sum(ends), len(ends)) if ends else None, len(ends))


def _trigger(terms: Terms, ref: str) -> Fact | None:
    stream, _, local = ref.rpartition("#")
    kind, _, name = local.partition(":")
    own = terms.told.of(stream or terms.stream)
    found = [
        one
        for one in own
        if (one.id == name if kind == "entry" else one.type == TRIGGERS.get(kind) and one[f"{kind}_id"] == name)
    ]
    found += [one for one in own if kind == "concern" and one.type == "concern-raised" and one["concern_id"] == name]
    asked = [one for one in own if kind == "slip" and one.type == "slip-reported" and one["slip_id"] == name]
    return [*found, *asked, None][0]
