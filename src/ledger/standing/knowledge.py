"""Who knew of a thing, when, by whose word: the statements about it in the order of time, and what follows for each side.

Nobody knew before the earliest statement about it; what no entry says is unknown, which is not the same as untrue. A day
without a time lasts from its first to its last moment: what cannot be told apart is said so, never guessed.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from ledger.calendars import day_number, day_text, is_day, parse_instant
from ledger.standing.edges import midnight
from ledger.standing.noticed import holders
from ledger.standing.statements import CLOCKS, SIDES, Clock, Statement, other, statements
from ledger.values.frozen import Frozen
from ledger.values.lazily import lazily
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.standing.known import Known

By = Literal["yes", "no", "cannot be told"]


class Span(NamedTuple):
    """The first and the last moment that a statement can mean."""

    first: datetime
    last: datetime

    def by(self, when: datetime) -> By:
        """Return whether it was so by *when*."""
        if self.last <= when:
            return "yes"
        return "no" if when < self.first else "cannot be told"

    @property
    def exact(self) -> bool:
        """Return whether it is one moment."""
        return self.first == self.last


class Knowledge(Frozen):
    """All that entries say of who knew the thing that *ref* names; *facts* are those entries."""

    known: Known
    ref: str
    facts: Sequence[Fact[Event]]
    withdrawn: Sequence[Fact[Event]] = ()
    beside: Sequence[Fact[Event]] = ()
    """Those of other things that say they are about this one: they are named, and say nothing of it here."""

    @lazily
    def statements(self) -> list[Statement]:
        """What they say, earliest first; at one moment in the order of the log."""
        said = [statement for fact in self.facts for statement in statements(fact, self.known)]
        return sorted(said, key=self._order)

    def at(self, statement: Statement) -> datetime:
        """Return the instant it is counted at: a day of awareness from its opening, any other at its close (3.3.7)."""
        if statement.clock == "aware" and is_day(statement.moment):
            rough = self.known.instant_of(statement.moment)
            return self.known.calendar(rough).aware_instant(statement.moment)
        return self.known.instant_of(statement.moment)

    def span(self, statement: Statement) -> Span:
        """Return the first and the last moment that *statement* can mean."""
        return span(self.known, statement.moment)

    def of(
        self, clock: Clock, *, side: str | None = None, person: str | None = None, party: str | None = None
    ) -> list[Statement]:
        """Return the statements on *clock*: of a *side*, of a *person*, by the word of a *party*, as far as named.

        Of a moment that both sides spoke of, the last word counts, whosesoever it is; if a *party* is named, its own.
        """
        return [
            said
            for said in self.statements
            if said.clock == clock
            and side in {None, said.side}
            and (person is None or person in said.people)
            and (said.holds if party is None else said.party == party)
        ]

    @property
    def people(self) -> list[str]:
        """Return everybody whom a statement names as knowing, told or acknowledging, in the order of time."""
        return list(dict.fromkeys(name for said in self.statements for name in said.people))

    @property
    def parties(self) -> list[str]:
        """Return whose words there are, ours first."""
        said = {statement.party for statement in self.statements}
        return [side for side in SIDES if side in said]

    def untold(self, as_of: str) -> list[str]:
        """Return those across the table who may receive notice and whom no message names: on the day of the first one.

        The other side is the one across from whoever knew first; while nobody was told, they are those of *as_of*. Where
        a message names nobody, it cannot be said who was left out.
        """
        aware = [said.side for said in self.statements if said.clock == "aware"]
        side = other(aware[0]) if aware and aware[0] else "client"
        told = self.of("told", side=side)
        if not all(said.people for said in told):
            return []
        reached = {name for said in told for name in said.people}
        return [name for name in holders(self.known, side, told[0].moment if told else as_of) if name not in reached]

    def _order(self, said: Statement) -> tuple[datetime, int, int]:
        return self.at(said), said.fact.entry.position, CLOCKS.index(said.clock)


def span(known: Known, moment: str) -> Span:
    """Return the first and the last instant that *moment* can mean: a day is all of that day in the calendar in force."""
    if not is_day(moment):
        return Span(parse_instant(moment), parse_instant(moment))
    calendar = known.calendar(known.instant_of(moment))
    ends = midnight(calendar, day_text(day_number(moment) + 1)) - timedelta(microseconds=1)
    begins = midnight(calendar, moment)
    return Span(begins, max(begins, ends))
