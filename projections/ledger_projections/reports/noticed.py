"""One notice in words, and as programs read it: of what, since when known, by which clause, given to whom, how late."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.calendars import instant
from ledger.standing.noticed import had_left
from ledger.standing.statements import first_when
from ledger.standing.words import last_word
from ledger_projections.reports.taken_back import telling_words, tellings
from ledger_projections.reports.voices import corrections_words, dated, voice
from ledger_projections.wording import named, people, person, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from ledger.canonical import JSON
    from ledger.facts import Fact
    from ledger.standing import Notice
    from ledger_projections.reports.source import Source


def of(source: Source, notice: Notice) -> str:
    """Return what a notice is of, by name."""
    name, state = notice.occasion.name, source.known.engagement
    match notice.occasion.on:
        case "slip":
            milestone = state.slips[name].milestone_id
            agreed = state.milestones[milestone].agreed
            return f"slip {name} of {named(milestone, agreed.event.title if agreed else None)}"
        case "bad_news":
            return f"bad news {name} {quoted(notice.occasion.trigger.event.summary)}".rstrip()
        case _:
            return f"delay of {named(name, state.obligations[name].event.title)}"


def known_since(source: Source, notice: Notice) -> str:
    """Return since when it was known, by whose word, and the moment that was first recorded."""
    occasion = notice.occasion
    if occasion.aware is None:
        return "not stated"
    trigger = f"#{occasion.trigger.entry.position}"
    if occasion.moment is None:
        return (
            f"fell due {source.said(instant(occasion.aware))} ({trigger}); the client does not say since when it knew"
        )
    first = occasion.trigger.entry.text("aware")
    stated = dated(source, first) if first else "not stated"
    beside = f", first recorded as {stated}" if first != occasion.moment else ""
    by = f", corrected by {corrections_words(occasion.trigger.corrections)}" if beside else ""
    whose = voice(last_word(occasion.trigger, "aware").entry)
    return f"{whose} {dated(source, occasion.moment)} ({trigger}{beside}{by})"


def given(source: Source, notice: Notice) -> str:
    """Return when a notice was given and acknowledged, by whose word; and what was withdrawn of that."""
    withdrawn = [telling_words(source, fact) for fact in taken_back(source, notice)]
    return "; ".join([_given(source, notice), *withdrawn])


def taken_back(source: Source, notice: Notice) -> Sequence[Fact[Any]]:
    """Return the entries that gave a notice and were withdrawn."""
    return tellings(source.known, notice.subject)


def _given(source: Source, notice: Notice) -> str:
    given, ack = notice.occasion.given, notice.occasion.acknowledgement
    if given is None:
        return "no"
    how = f" by {given.event.channel}" if given.event.channel else ""
    told = f"{dated(source, given.when)}{how} {_said_in(source, given)}"
    return (
        f"{told}; acknowledged {dated(source, ack.when)} {_said_in(source, ack)}"
        if ack
        else f"{told}; not acknowledged"
    )


def _said_in(source: Source, fact: Fact[Any]) -> str:
    """Return the entry of a moment and whose word that is, with the moment first recorded where it was another."""
    first, by = first_when(fact), corrections_words(fact.corrections)
    before = f", first recorded as {dated(source, first)}, corrected by {by}" if first != fact.when else ""
    return f"(#{fact.entry.position}{before}), {voice(last_word(fact, 'occurred').entry)}"


def to(source: Source, notice: Notice) -> str:
    """Return who was told, and whether they were named to receive notice."""
    there = people(source.view, notice.holders)
    may = f"who may receive notice: {there}" if there else "nobody was named to receive notice"
    if not notice.to:
        return may
    told = f"to {people(source.view, notice.to)}{_left(source, notice)}"
    return f"{told}, who may receive notice" if notice.reached_holder else f"{told}; {may}"


def _left(source: Source, notice: Notice) -> str:
    """Return who of those that were told had left by then, and when."""
    when = notice.occasion.given.when if notice.occasion.given else source.as_of
    gone = {name: day for name in notice.to if (day := had_left(source.known, name, when))}
    if len(gone) == len(notice.to) == 1:
        return f", who had left on {source.said(gone[notice.to[0]])}"
    said = ", ".join(f"{person(source.view, name)} on {source.said(day)}" for name, day in gone.items())
    return f" ({said} had left)" if said else ""


def asked_by(notice: Notice) -> str:
    """Return what asks for a notice, as `v1, clause 4.2: within 16 business hours`."""
    term = notice.term
    if term is None:
        return "not known: nobody says since when it was known"
    source = f"v{term.version}" if term.version else "our policy"
    clause = f", clause {term.clause}" if term.clause else ""
    return f"{source}{clause}: within {_number(term.within_bh)} business hours"


def how_kept(source: Source, notice: Notice) -> str:
    """Return whether a notice was in time, or how late it was or is."""
    if notice.late_bh is None:
        ended = f", needed no more from {source.said(instant(notice.occasion.ended))}" if notice.occasion.ended else ""
        return f"{notice.state}{ended}"
    at_least = "at least " if notice.is_open else ""
    late = f"{at_least}{notice.late_bh} business hours late, {notice.late_hours} by the clock"
    if notice.occasion.ended:
        return f"not given; {late} when it was needed no more, {source.said(instant(notice.occasion.ended))}"
    return f"not given: {late}" if notice.is_open else late


def values(notice: Notice) -> dict[str, JSON]:
    """Return *notice* for programs: instants in UTC, hours as text, what is not known left out."""
    occasion, term = notice.occasion, notice.term
    moments = {
        "aware_at": occasion.aware,
        "deadline": term and term.deadline,
        "given_at": notice.given,
        "ended_at": occasion.ended,
    }
    hours = {"within_bh": term and term.within_bh, "taken_bh": notice.taken_bh, "late_bh": notice.late_bh}
    found: dict[str, JSON] = {
        "subject": notice.subject,
        "number": notice.number,
        "notice_on": occasion.on,
        "state": notice.state,
    }
    found |= {name: instant(when) for name, when in moments.items() if when}
    found |= {
        name: str(count) for name, count in {**hours, "late_hours": notice.late_hours}.items() if count is not None
    }
    stated: dict[str, JSON | None] = {
        "aware": occasion.moment,
        "version": term and term.version,
        "clause": term and term.clause,
    }
    stated |= {"kept": notice.kept, "reached_holder": notice.reached_holder}
    found |= {name: value for name, value in stated.items() if value is not None}
    return found | {
        "owed_by": notice.party,
        "given_to": [*notice.to],
        "holders": [*notice.holders],
        "by_date": notice.by_date,
    }


def _number(count: Decimal) -> str:
    return f"{count.normalize():f}"
