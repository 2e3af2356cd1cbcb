"""Which entries are about something: those that refer to it, and to what came of it, and what corrects or answers them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.references import brings, defined, parse_ref, references

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.values import EntryId

    Thing = tuple[str, str]


def about(facts: Sequence[Fact[Event]], refs: Iterable[str]) -> set[EntryId]:
    """Return the ids of those of *facts* that are about one of *refs*, such as `milestone:M2`.

    A slip of M2 is about it, and so are the word to the client of that slip and the answer to that word.
    """
    wanted = {parse_ref(ref) for ref in refs}
    found: set[EntryId] = set()
    grew = bool(wanted)
    while grew:
        new = [fact for fact in facts if fact.entry.id not in found and not wanted.isdisjoint(_things(fact))]
        found.update(fact.entry.id for fact in new)
        wanted.update(thing for fact in new for thing in _came_of(fact))
        grew = bool(new)
    return found


def _things(fact: Fact[Event]) -> set[Thing]:
    return {*references(fact.event), *brings(fact.event), ("entry", str(fact.entry.id))}


def _came_of(fact: Fact[Event]) -> set[Thing]:
    """Return what *fact* brought into being, and itself: later entries answer and correct it by its id."""
    own = {("entry", str(fact.entry.id))}
    return own | {defined(fact.event)} if fact.event.defines else own
