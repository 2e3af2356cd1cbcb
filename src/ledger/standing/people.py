"""The people of an account: who is here, who leaves, when each was last spoken with (P49, P50)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import day_number, day_text
from ledger.events import ContactDeparted
from ledger.standing.asked import requests_of
from ledger.standing.edges import midnight
from ledger.standing.orphaned import Orphans, orphans_of
from ledger.standing.talk import last_with
from ledger.values.frozen import Frozen
from ledger.values.lazily import lazily

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ledger.dialogue import Dialogue
    from ledger.events import ContactAdded, ContactMade, Event, PreferenceRecorded
    from ledger.facts import Fact
    from ledger.standing.known import Known


class Person(Frozen):
    """A contact, as the stream of an engagement, or of the account itself, knows them at *as_of*."""

    known: Known
    state: Dialogue
    added: Fact[ContactAdded]
    as_of: datetime

    @property
    def name(self) -> str:
        """The id that they were given, such as c1."""
        return self.added.event.contact_id

    @lazily
    def departure(self) -> Fact[ContactDeparted] | None:
        """What says that they leave."""
        return self.known.account.departures.get(self.name)

    @property
    def ever_left(self) -> bool:
        """Whether somebody ever said that they leave, even if that was withdrawn."""
        return self.name in self.known.once(("ever left",), lambda: _ever_left(self.known))

    @lazily
    def told(self) -> datetime | None:
        """From when we knew that they leave: as somebody stated, else from when it was said."""
        fact = self.departure
        if fact is None or fact.aware is None:
            return self.known.at(fact) if fact else None
        return self.known.calendar(self.as_of).aware_instant(fact.aware)

    @lazily
    def gone(self) -> datetime | None:
        """The midnight after their last day."""
        if self.departure is None:
            return None
        after = day_text(day_number(self.departure.event.leaves_on) + 1)
        return midnight(self.known.calendar(self.as_of), after)

    @property
    def presence(self) -> str:
        """`here`, `leaving` or `left`."""
        if self.gone is None:
            return "here"
        return "left" if self.as_of >= self.gone else "leaving"

    @lazily
    def last_contact(self) -> Fact[ContactMade] | None:
        """The last time that they took part in a contact."""
        return last_with(self.known, self.state, self.name)

    @lazily
    def preference(self) -> Fact[PreferenceRecorded] | None:
        """How they like to be spoken to, as recorded last."""
        stated = self.known.account.preferences.get(self.name)
        return stated[-1] if stated else None

    @lazily
    def orphans(self) -> Orphans:
        """What they leave behind; nothing while they stay."""
        if self.departure is None:
            return Orphans()
        return orphans_of(self.known, self.state, self.name, self.departure.event.leaves_on, self.as_of)

    @property
    def facts(self) -> list[Fact[Event]]:
        """Return all that is said of them."""
        stated = (self.departure, self.last_contact, self.preference)
        said: list[Fact[Event]] = [self.added, *(fact for fact in stated if fact is not None)]
        return [*said, *self._left()] if self.departure else said

    def _left(self) -> Iterator[Fact[Event]]:
        """Yield what their leaving may orphan: what was asked, what they owe, what is to be accepted, who else leaves."""
        yield from self.known.account.departures.values()
        for asked in requests_of(self.known, self.state, self.as_of):
            yield from asked.facts if self.name in asked.others else ()
        for agreed in self.known.engagement.obligations.values():
            given = self.known.engagement.fulfilled.get(agreed.event.obligation_id)
            yield from ([agreed, given] if given else [agreed]) if agreed.event.owner == self.name else ()
        for milestone in self.known.engagement.milestones.values():
            yield from (*([milestone.agreed] if milestone.agreed else []), *milestone.delivered, *milestone.judged)
        yield from self.state.released.values()


def people_of(known: Known, state: Dialogue, as_of: datetime) -> list[Person]:
    """Return every contact of the account, in the order they were added."""
    return [Person(known, state, added, as_of) for added in known.account.contacts.values()]


def _ever_left(known: Known) -> frozenset[str]:
    history = known.account.history
    return frozenset(fact.event.contact for fact in history if isinstance(fact.event, ContactDeparted))
