"""Contacts between the two sides: what each was about, and who took part (P17, P29)."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from ledger.calendars import day_number, day_text, is_day
from ledger.events import Event
from ledger.references import parse_ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from ledger.dialogue import Dialogue
    from ledger.events import ContactMade
    from ledger.facts import Fact
    from ledger.standing.acts import Acts
    from ledger.standing.known import Known

    Made = Sequence[Fact[ContactMade]]

F = TypeVar("F", bound=Event)


def about(known: Known, state: Dialogue, kind: str, name: str) -> Made:
    """Return the contacts of *state* that were about a thing of it, in the order of the log."""
    made = known.once(("about", id(state)), lambda: _by_thing(state))
    return made.get((kind, name), ())


def with_contact(known: Known, state: Dialogue, contact: str) -> Made:
    """Return the contacts of *state* that somebody took part in, in the order of the log."""
    made = known.once(("with", id(state)), lambda: _by_participant(state))
    return made.get(contact, ())


def participants(acts: Acts, made: ContactMade) -> Sequence[str]:
    """Return who of the client took part, each once."""
    named = dict.fromkeys(made.participants)  # most contacts are with the same few
    return acts.once(("of the client", *named), lambda: [who for who in named if acts.side(who) == "client"])


def levels_met(acts: Acts, made: ContactMade) -> list[str]:
    """Return the level of each of the client who took part; `none`, where nobody was named."""
    return [acts.account.contacts[contact].event.level for contact in participants(acts, made)] or ["none"]


def last_met(known: Known, state: Dialogue) -> Mapping[str, str]:
    """Return the last day on which somebody of each level of the client took part in a contact."""
    newest: dict[str, str] = {}
    for made in _by_people(state).values():
        day = max(day_spoken(known, fact) for fact in _near_the_last(made))
        for level in levels_met(known, made[0].event):
            newest[level] = max(newest.get(level, ""), day)
    return newest


def last_of(known: Known, made: Made) -> Fact[ContactMade] | None:
    """Return the one of *made* that was last, of two at once the one recorded later."""
    return max(_near_the_last(made), key=lambda fact: (known.at(fact), fact.entry.position)) if made else None


def on_day(day: str, known: Known, made: Made) -> Made:
    """Return those of *made* that were on *day*."""
    before, after = _days_on(day, -1), _days_on(day, 1)  # in UTC it may be the day beside
    return [fact for fact in made if before <= fact.when[:10] <= after and day_spoken(known, fact) == day]


def day_spoken(known: Known, fact: Fact[Event]) -> str:
    """Return the day of a contact, or of any fact, in the zone of the calendar in force."""
    when = known.at(fact)
    return fact.when if is_day(fact.when) else known.calendar(when).day_of(when)


def in_last(days: int, known: Known, facts: Iterable[Fact[F]], as_of: datetime) -> list[Fact[F]]:
    """Return those of *facts* that were so in the *days* up to the day of *as_of*, which is the last of them."""
    today = known.calendar(as_of).day_of(as_of)
    first = _days_on(today, 1 - days)
    before, after = _days_on(first, -1), _days_on(today, 1)  # in UTC it may be the day beside

    def counts(fact: Fact[F]) -> bool:
        day = fact.when[:10]
        return first < day < today or (before <= day <= after and first <= day_spoken(known, fact) <= today)

    return [*filter(counts, facts)]


def in_time(known: Known, facts: Iterable[Fact[F]]) -> list[Fact[F]]:
    """Return *facts* in the order in which they were so, ties in the order of the log."""
    return sorted(facts, key=lambda fact: (known.at(fact), fact.entry.position))


def _near_the_last(made: Made) -> Made:
    """Return those of *made* that can have been last."""
    near = _days_on(max(fact.when[:10] for fact in made), -2)  # each of two may fall on the day beside it
    return [fact for fact in made if fact.when[:10] >= near]


def _days_on(day: str, days: int) -> str:
    return day_text(day_number(day) + days)


def _by_people(state: Dialogue) -> Mapping[tuple[str, ...], Made]:
    found: dict[tuple[str, ...], list[Fact[ContactMade]]] = {}
    for fact in state.contacts_made:
        found.setdefault(tuple(fact.event.participants), []).append(fact)
    return found


def _by_thing(state: Dialogue) -> Mapping[tuple[str, str], Made]:
    found: dict[tuple[str, str], list[Fact[ContactMade]]] = {}
    for fact in state.contacts_made:
        for thing in dict.fromkeys(parse_ref(ref) for ref in fact.event.about):
            found.setdefault(thing, []).append(fact)
    return found


def _by_participant(state: Dialogue) -> Mapping[str, Made]:
    found: dict[str, list[Fact[ContactMade]]] = {}
    for fact in state.contacts_made:
        for contact in dict.fromkeys(fact.event.participants):
            found.setdefault(contact, []).append(fact)
    return found
