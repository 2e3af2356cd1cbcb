"""Contacts between the two sides: what each was about, and who took part (P17, P29)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from ledger.calendars import day_number, day_text, is_day
from ledger.events import ContactMade, Event
from ledger.references import parse_ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from ledger.dialogue import Dialogue
    from ledger.facts import Fact
    from ledger.standing.acts import Acts
    from ledger.standing.known import Known

    Made = Sequence[Fact[ContactMade]]

F = TypeVar("F", bound=Event)


class Contacts:
    """The contacts of a stream by what they are asked for, in the order of the log."""

    def __init__(self) -> None:
        self.about: dict[tuple[str, str], list[Fact[ContactMade]]] = {}
        self.on: dict[str, list[Fact[ContactMade]]] = {}
        """By the day that they are written down with, which may be one beside that on which they were."""
        self.last: dict[str, Fact[ContactMade]] = {}
        """The last one that each person took part in, of two at once the one recorded later."""
        self.first_meeting: Fact[ContactMade] | None = None
        """Of two at once the one recorded first."""

    def put(self, known: Known, state: Dialogue, fact: Fact[Any]) -> None:
        """Take *fact* if it is a contact."""
        if not isinstance(event := fact.event, ContactMade):
            return
        self.on.setdefault(fact.when[:10], []).append(fact)
        for thing in dict.fromkeys(parse_ref(ref) for ref in event.about):
            self.about.setdefault(thing, []).append(fact)
        for contact in event.participants:
            if known.at(self.last.setdefault(contact, fact)) <= known.at(fact):
                self.last[contact] = fact
        first = self.first_meeting
        if event.kind == "meeting" and (first is None or known.at(fact) < known.at(first)):
            self.first_meeting = fact.saying(event)


def about(known: Known, state: Dialogue, kind: str, name: str) -> Made:
    """Return the contacts of *state* that were about a thing of it, in the order of the log."""
    return known.filed(Contacts, state).about.get((kind, name), ())


def last_with(known: Known, state: Dialogue, contact: str) -> Fact[ContactMade] | None:
    """Return the last contact of *state* that somebody took part in."""
    return known.filed(Contacts, state).last.get(contact)


def first_meeting(known: Known, state: Dialogue) -> Fact[ContactMade] | None:
    """Return the meeting of *state* that was first."""
    return known.filed(Contacts, state).first_meeting


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


def on_day(known: Known, state: Dialogue, day: str) -> Made:
    """Return the contacts of *state* that were on *day*, in the order of the log."""
    written = known.filed(Contacts, state).on
    near = (fact for days in (-1, 0, 1) for fact in written.get(_days_on(day, days), ()))  # in UTC it may be beside
    return sorted((f for f in near if day_spoken(known, f) == day), key=lambda fact: fact.entry.position)


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
