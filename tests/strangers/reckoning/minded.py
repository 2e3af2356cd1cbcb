"""M11, M12, M16, M17, M20 and M21: opinion, paper, gifts and pain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import combinations, permutations

from tests.strangers.reckoning.agreed import Terms
from tests.strangers.reckoning.minutes import median
from tests.strangers.reckoning.promised import Row
from tests.strangers.reckoning.telling import Fact

NEVER = datetime.max.replace(tzinfo=UTC)


def scores(fact: Fact) -> dict[str, Fraction]:
    """Return the scores of 0 to 100."""
    low, high = Fraction(str(fact["scale"]["min"])), Fraction(str(fact["scale"]["max"]))
    return {one["dimension"]: 100 * (Fraction(str(one["score"])) - low) / (high - low) for one in fact["scores"]}


def waves(terms: Terms) -> dict[str, list[Fact]]:
    """Group the answers by wave."""
    answers: dict[str, list[Fact]] = {}
    for one in terms.told.of(terms.stream, "feedback-received"):
        of_one = [each for each in answers.get(one["wave"], []) if each["from_contact"] != one["from_contact"]]
        answers[one["wave"]] = [*of_one, one]
    return answers


def gap(terms: Terms) -> Iterator[tuple[str, Row]]:
    """Reckon M11 of every wave."""
    for wave in waves(terms):
        ever = [one for one in terms.told.of(terms.stream, "feedback-received") if one["wave"] == wave]
        first = min(ever, key=lambda one: one.position)  # answered anew or not: from then on we know what they think
        before = [one for one in terms.told.of(terms.stream, "self-assessed") if one.position < first.position]
        clock = terms.clock
        said = {name: (score, clock.day(one.occurred)) for one in before for name, score in scores(one).items()}
        today = clock.day(first.occurred)
        oldest = int(terms.told.policy("self_max_age_days", "45", today))
        ours = {name: score for name, (score, day) in said.items() if (today - day).days <= oldest}
        gaps = {}
        for dimension in {name for one in ever for name in scores(one)} - set(ours):
            yield "M11", ("gap", f"wave:{wave} {dimension}", None, None)
        for dimension, own in ours.items():
            said_last = {one["from_contact"]: scores(one)[dimension] for one in ever if dimension in scores(one)}
            theirs = median(list(said_last.values()))
            if theirs is not None:
                gaps[dimension] = own - theirs
                yield "M11", ("gap", f"wave:{wave} {dimension}", own - theirs, None)
        n = len(gaps)
        yield "M11", ("n", f"wave:{wave}", n, None)
        yield "M11", ("mean", f"wave:{wave}", sum(gaps.values(), Fraction(0)) / n if n else None, n)
        yield "M11", ("worst", f"wave:{wave}", max(gaps.values()) if n else None, n)


def satisfaction(terms: Terms) -> Iterator[tuple[str, Row]]:
    """Reckon M12 of the waves by their last answer."""
    clock, points = terms.clock, []
    for answers in waves(terms).values():
        middle = median([_overall(one) for one in answers])
        last = max(clock.close(one.occurred) for one in answers)
        points.append((last, max(clock.day(one.occurred) for one in answers), middle or Fraction(0)))
    points.sort(key=lambda point: point[0])
    n, series = len(points), [value for _, _, value in points]
    yield "M12", ("n", "", n, None)
    yield "M12", ("last", "", series[-1] if series else None, None)
    yield "M12", ("s", "", _s(series) if n >= 4 else None, None)
    yield "M12", ("p", "", _p(series) if n >= 4 else None, None)
    yield "M12", ("sen_90d", "", _slope([(day, value) for _, day, value in points]) if n >= 4 else None, None)
    yield "M12", ("direction", "", _direction([(day, value) for _, day, value in points]), None)
    yield "M12", ("ewma", "", _smoothed(terms, series) if n >= 3 else None, None)


def _direction(points: list[tuple[date, Fraction]]) -> str:
    if len(points) < 3:
        return "too few" if points else "none yet"
    slope = _slope(points)
    return "" if slope is None else "rising" if slope > 0 else "falling" if slope < 0 else "level"


def _overall(one: Fact) -> Fraction:
    own = scores(one)
    return own.get("overall", sum(own.values(), Fraction(0)) / len(own))


def _s(series: list[Fraction]) -> int:
    return sum((later > earlier) - (later < earlier) for earlier, later in combinations(series, 2))


def _p(series: list[Fraction]) -> Fraction:
    """Try every order: how often it falls, or rises, at least as much as it did."""
    seen = _s(series)
    orders = [_s(list(order)) for order in permutations(series)]
    return Fraction(sum(each <= seen if seen <= 0 else each >= seen for each in orders), len(orders))


def _slope(points: list[tuple[date, Fraction]]) -> Fraction | None:
    slopes = [
        (later - earlier) / (end - start).days
        for (start, earlier), (end, later) in combinations(points, 2)
        if end != start
    ]
    middle = median(slopes)
    return None if middle is None else 90 * middle


def _smoothed(terms: Terms, series: list[Fraction]) -> Fraction:
    weight, value = Fraction(terms.told.policy("ewma_lambda", "0.4")), series[0]
    for each in series[1:]:
        value = weight * each + (1 - weight) * value
    return value


def unsigned(terms: Terms) -> Iterator[tuple[str, Row]]:
    """Reckon M16 of every version worked under."""
    clock, told = terms.clock, terms.told
    closed = [clock.close(one.occurred) for one in told.of(terms.stream, "engagement-closed")]
    for version, work in _uncovered(terms).items():
        start, ends = work[0][0], [at for at in [*_signatures(terms, version), *closed] if at <= told.as_of]
        end = min([*ends, told.as_of])
        if start > end or (start == end and ends):
            continue
        first, last = (at.astimezone(clock.zone).date() for at in (start, end))
        subject = f"version:{version}"
        worth = [one["value"] for at, one in work if (at < end or not ends) and one["value"]]
        value = sum(one["minor"] for one in worth) if len({one["currency"] for one in worth}) == 1 else None
        yield "M16", ("open_days", subject, clock.bd(first, last), None)
        yield "M16", ("calendar_days", subject, (last - first).days, None)
        yield "M16", ("value", subject, value, len(worth))


def _uncovered(terms: Terms) -> dict[int, list[tuple[datetime, Fact]]]:
    """Group work by version, from the first on that is not merely days worked under what both had signed."""
    every = [
        (terms.clock.close(one["from_on"] or one.occurred), one)
        for one in terms.told.of(terms.stream, "work-started", "work-recorded")
    ]
    found: dict[int, list[tuple[datetime, Fact]]] = {}
    for at, one in sorted(every, key=lambda each: (each[0], each[1].position)):
        bound = [version for version in _versions(terms) if min([*_signed(terms, version), NEVER]) <= at]
        version = one["agreement_version"] or max([1, *bound])
        if version in found or one.type == "work-started" or not bound:
            found.setdefault(version, []).append((at, one))
    return found


def _signatures(terms: Terms, version: int) -> list[datetime]:
    return [at for later in _versions(terms) if later >= version for at in _signed(terms, later)]


def _signed(terms: Terms, version: int) -> list[datetime]:
    return [at for at in [terms.both_signed(version)] if at]


def _versions(terms: Terms) -> set[int]:
    return {one["version"] for one in terms.told.of(terms.stream, "agreement-drafted")}


REQUIRED = ("scope", "timeframe", "evaluation", "compensation", "relationship")


def complete(terms: Terms) -> Iterator[tuple[str, Row]]:
    """Reckon M17 of every version."""
    sensitive = any(one["sensitive"] for one in terms.told.of(terms.stream, "engagement-opened"))
    required = [*REQUIRED, *(["confidentiality"] if sensitive else [])]
    for one in terms.drafts.values():
        missing = len(set(required) - set(one["parts"]))
        subject = f"version:{one['version']}"
        yield "M17", ("present", subject, len(required) - missing, None)
        yield "M17", ("required", subject, len(required), None)
        yield "M17", ("missing", subject, missing, None)
        yield "M17", ("value", subject, Fraction(len(required) - missing, len(required)), None)


def gifts(terms: Terms) -> Iterator[tuple[str, Row]]:
    """Reckon M20 by person, direction and currency."""
    clock, told = terms.clock, terms.told
    limit, currency = told.policy("gift_limit", "200 GBP").split()
    every: dict[str, list[Fact]] = {}
    for one in told.of(terms.stream, "gift-recorded"):
        subject = f"contact:{one['counterpart']} {one['direction']} {one['value']['currency']}"
        every.setdefault(subject, []).append(one)
    today = told.as_of.astimezone(clock.zone).date()
    for subject, own in every.items():
        taken = [
            one
            for one in own
            if one["decision"] == "accepted" and today - timedelta(days=365) < clock.day(one.occurred) <= today
        ]
        yield "M20", ("sum_minor", subject, sum(one["value"]["minor"] for one in taken), len(taken))
        own_limit = Fraction(limit) * 100 if subject.endswith(currency) else None
        yield "M20", ("limit_minor", subject, own_limit, None)
        alone = [one for one in taken if one["approved_by"] in (None, one["our_person"])]
        yield "M20", ("unapproved", subject, len(alone), None)


def exits(terms: Terms) -> Iterator[tuple[str, Row]]:
    """Reckon M21."""
    own = terms.told.of(terms.stream, "exit-considered")
    yield "M21", ("pain", "", own[-1]["pain"] if own else None, None)
    yield "M21", ("benefit", "", own[-1]["benefit"] if own else None, None)
    prompt = len(own) > 1 and all(one["pain"] > one["benefit"] for one in own[-2:])
    yield "M21", ("prompt", "", prompt if own else None, None)
