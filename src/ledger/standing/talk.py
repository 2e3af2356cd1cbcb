"""Contacts between the two sides: what each was about, and who took part (P17, P29)."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from ledger.calendars import day_number, is_day
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


def participants(acts: Acts, made: ContactMade) -> list[str]:
    """Return who of the client took part, each once."""
    return [contact for contact in dict.fromkeys(made.participants) if acts.side(contact) == "client"]


def levels_met(acts: Acts, made: ContactMade) -> list[str]:
    """Return the level of each of the client who took part; `none`, where nobody was named."""
    return [acts.account.contacts[contact].event.level for contact in participants(acts, made)] or ["none"]


def day_spoken(known: Known, fact: Fact[Event]) -> str:
    """Return the day of a contact, or of any fact, in the zone of the calendar in force."""
    when = known.at(fact)
    return fact.when if is_day(fact.when) else known.calendar(when).day_of(when)


def in_last(days: int, known: Known, facts: Iterable[Fact[F]], as_of: datetime) -> list[Fact[F]]:
    """Return those of *facts* that were so in the *days* up to the day of *as_of*, which is the last of them."""
    today = day_number(known.calendar(as_of).day_of(as_of))
    return [fact for fact in facts if 0 <= today - day_number(day_spoken(known, fact)) < days]


def in_time(known: Known, facts: Iterable[Fact[F]]) -> list[Fact[F]]:
    """Return *facts* in the order in which they were so, ties in the order of the log."""
    return sorted(facts, key=lambda fact: (known.at(fact), fact.entry.position))


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
