"""M01 to M05 and M15: slips, dates kept, and what the client owes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction

from tests.strangers.reckoning.agreed import Terms
from tests.strangers.reckoning.minutes import days
from tests.strangers.reckoning.telling import Fact

Row = tuple[str, str, object, int | None]
"""The figure, its subject, its value and how many there are, where that is said."""


def slips(terms: Terms) -> Iterator[tuple[str, Row]]:
    """Reckon M01 to M04 of every slip."""
    told, clock = terms.told, terms.clock
    every = told.of(terms.stream, "slip-foreseen", "slip-reported")
    for slip in dict.fromkeys(one["slip_id"] for one in every):
        own = [one for one in every if one["slip_id"] == slip]
        reports = sorted((one for one in own if one.type == "slip-reported"), key=lambda one: clock.close(one.occurred))
        known = min((clock.opening(one.aware) for one in own if one.aware), default=None)
        subject = f"slip:{slip}"
        at = clock.close(reports[0].occurred) if reports else None
        delay = clock.bh(known, at or told.as_of) if known and (at or not _cleared(terms, own[-1])) else None
        yield "M02", ("delay_bh", subject, delay, None)
        yield "M02", ("censored", subject, delay is not None and at is None, None)
        due = terms.due(own[0]["milestone_id"], at or told.as_of)
        yield from _told(terms, subject, reports[0] if reports else None, at, due, known)
        size = clock.bd(clock.day(due), clock.day(own[-1]["forecast"])) if due else None
        yield "M04", ("slip_bd", subject, size, None)


def _cleared(terms: Terms, word: Fact) -> bool:
    """Ask whether nobody need be told any more: it will not come, or a new date holds since the last *word* of it."""
    averted = [one for one in terms.told.of(terms.stream, "slip-averted") if one["slip_id"] == word["slip_id"]]
    return bool(averted) or any(one.position > word.position for one in terms.moves(word["milestone_id"]))


def _told(
    terms: Terms, subject: str, report: Fact | None, at: datetime | None, due: str | None, known: datetime | None
) -> Iterator[tuple[str, Row]]:
    clock = terms.clock
    if due is None or at is None or report is None:
        for metric, figure in (("M01", "lead_bd"), ("M01", "lead_bh"), ("M03", "share")):
            yield metric, (figure, subject, None, None)
        return
    close = clock.falls(due)
    yield "M01", ("lead_bd", subject, clock.bd(clock.day(report.occurred), clock.day(due)), None)
    yield "M01", ("lead_bh", subject, clock.signed_bh(at, close), None)
    all_of_it = clock.bh(known, close) if known else Fraction(0)
    share = min(Fraction(1), clock.bh(at, close) / all_of_it) if all_of_it > 0 else None
    yield "M03", ("share", subject, share, None)


def dates(terms: Terms) -> Iterator[tuple[str, Row]]:
    """Reckon M04 of every milestone, and M05."""
    clock, as_of = terms.clock, terms.told.as_of
    kept: dict[str, list[bool]] = {}
    for one in terms.told.of(terms.stream, "milestone-agreed"):
        milestone = one["milestone_id"]
        if not terms.in_force(one):
            yield "M04", ("total_bd", f"milestone:{milestone}", None, None)
            continue
        now = terms.due(milestone, as_of) or one["due"]
        yield (
            "M04",
            ("total_bd", f"milestone:{milestone}", clock.bd(clock.day(one["due"]), clock.day(now)), None),
        )
        if terms.let_go(f"milestone:{milestone}", come(terms, milestone)):
            continue
        for act, came in (("delivered", come(terms, milestone)), ("accepted", _accepted(terms, milestone))):
            then = min((clock.close(each.occurred) for each in came), default=None)
            for name, due in (("in_force", terms.due(milestone, then or as_of) or now), ("baseline", one["due"])):
                if clock.falls(due) <= as_of:
                    in_time = then is not None and then <= clock.falls(due)
                    kept.setdefault(f"{act}_by_{name}", []).append(in_time)
    for figure in ("delivered_by_in_force", "delivered_by_baseline", "accepted_by_in_force", "accepted_by_baseline"):
        each = kept.get(figure, [])
        yield "M05", (figure, "", Fraction(sum(each), len(each)) if each else None, len(each))
    yield "M05", ("n", "", len(kept.get("delivered_by_in_force", [])), None)


def come(terms: Terms, milestone: str) -> list[Fact]:
    """List what says that a milestone came: deliveries, and acceptances, for what is accepted was delivered."""
    return [one for one in _standing(terms, milestone) if one["verdict"] in (None, "accepted")]


def _accepted(terms: Terms, milestone: str) -> list[Fact]:
    return [one for one in _standing(terms, milestone) if one["verdict"] == "accepted"]


def _standing(terms: Terms, milestone: str) -> list[Fact]:
    """List the deliveries and the judgements that count, from the last rejection on: that undoes all before it."""
    every = terms.told.of(terms.stream, "milestone-delivered", "milestone-judged")
    own = [one for one in every if one["milestone_id"] == milestone]
    own = [one for one in own if one["verdict"] is None or terms.of_client(one, one["by"], "accept")]
    rejected = [index for index, one in enumerate(own) if one["verdict"] == "rejected"]
    return own[rejected[-1] :] if rejected else own


def _by(terms: Terms, facts: list[Fact], due: str) -> bool:
    return any(terms.clock.close(one.occurred) <= terms.clock.falls(due) for one in facts)


def owed(terms: Terms) -> Iterator[tuple[str, Row]]:
    """Reckon M15: what the client owed, and whose days a milestone was late."""
    clock, told = terms.clock, terms.told
    agreed = [one for one in told.of(terms.stream, "obligation-agreed") if terms.in_force(one)]
    every = [one for one in agreed if not terms.let_go(f"obligation:{one['obligation_id']}", _fulfilled(terms, one))]
    fell_due = [one for one in every if _fulfilled(terms, one) or clock.falls(one["due"]) < told.as_of]
    done = [_by(terms, _fulfilled(terms, one), one["due"]) for one in fell_due]
    yield "M15", ("on_time", "", Fraction(sum(done), len(done)) if done else None, len(done))
    yield "M15", ("n", "", len(fell_due), None)
    unsaid = [one for one in fell_due if _overdue(terms, one) and not _notified(terms, one)]
    yield "M15", ("overdue_without_notice", "", len(unsaid), None)
    yield "M15", ("chases", "", len(_chases(terms, every)), None)
    for milestone in terms.milestones():
        yield from (("M15", row) for row in _attributed(terms, milestone, agreed))


def _fulfilled(terms: Terms, owed: Fact) -> list[Fact]:
    every = terms.told.of(terms.stream, "obligation-fulfilled")
    return [one for one in every if one["obligation_id"] == owed["obligation_id"]]


def _overdue(terms: Terms, owed: Fact) -> bool:
    return not _fulfilled(terms, owed)


def _notified(terms: Terms, owed: Fact) -> bool:
    every = terms.told.of(terms.stream, "obligation-delay-notified")
    return any(one["obligation_id"] == owed["obligation_id"] for one in every)


def _chases(terms: Terms, every: list[Fact]) -> list[Fact]:
    refs = {f"obligation:{one['obligation_id']}" for one in every}
    talks = terms.told.of(terms.stream, "contact-made")
    chasing = [one for one in talks if one["purpose"] == "chase" and one["direction"] == "outbound"]
    return [one for one in chasing if refs & set(one["about"] or [])]


def _attributed(terms: Terms, milestone: Fact, obligations: list[Fact]) -> Iterator[Row]:
    clock, name = terms.clock, milestone["milestone_id"]
    let_go = [*terms.released(f"milestone:{name}"), *terms.told.of(terms.stream, "engagement-closed")]
    ended = min([terms.told.as_of, *(clock.close(one.occurred) for one in [*come(terms, name), *let_go])])
    due = terms.due(name, ended) or milestone["due"]
    if clock.falls(due) > terms.told.as_of:
        return
    today = clock.day(terms.told.as_of.isoformat())
    window = _open(terms, clock.day(due), clock.day(ended.isoformat()))
    client: set[date] = set()
    for one in obligations:
        if name in (one["blocks"] or []):
            ends = [*_fulfilled(terms, one), *terms.released(f"obligation:{one['obligation_id']}")]
            end = min((clock.day(each.occurred) for each in ends), default=today)
            client |= _open(terms, clock.day(one["due"]), end)
    own = _own_causes(terms, name, today)
    sets = {
        "window": window,
        "client_late": client,
        "own_cause": own,
        "client_only": window & client - own,
        "concurrent": window & client & own,
        "own_only": window & own - client,
        "unattributed": window - client - own,
    }
    for figure, each in sets.items():
        yield f"{figure}_bd", f"milestone:{name}", len(each), None


def _own_causes(terms: Terms, milestone: str, today: date) -> set[date]:
    own: set[date] = set()
    for one in terms.told.of(terms.stream, "slip-foreseen", "slip-reported"):
        for cause in (one["causes"] or []) if one["milestone_id"] == milestone else []:
            if cause["party"] == "provider":
                last = min(date.fromisoformat(cause["to_on"]), today) if cause.get("to_on") else today
                span = days(date.fromisoformat(cause["from_on"]), last)
                own |= {day for day in span if terms.clock.hours_of(day)}
    return own


def _open(terms: Terms, after: date, until: date) -> set[date]:
    return {day for day in days(after, until)[1:] if terms.clock.hours_of(day)} if until > after else set()
