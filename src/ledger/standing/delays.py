"""Which days of a delay each side had a hand in: sets of open days that are counted, and no verdict (M15).

    W   the open days after the date in force, up to the delivery, or to as_of       (due, delivered or as_of]
    C   those on which something that the client owes, and that blocks it, was late  (due, fulfilled]
    O   those that a cause of our own side covers, as somebody stated it             both ends included

    client only  W & (C - O)      concurrent  W & C & O      own only  W & (O - C)      unattributed  W - C - O

What is decided here, where the formula (domain 3.3.7) leaves it open:

- The date in force is the one that held when W ended. A date that was moved in the middle takes with it the days that
  had passed after the one before: they are told apart, as `moved_past`, and are in no set.
- A delivery that was rejected by somebody who may ends nothing: W runs on to the delivery that stands, and the days at
  which the work lay with the client are days of W. One that was accepted, and never said to be delivered, ends then.
- A release ends W from when it holds; so does the close of the engagement.
- A pause moves no date: its days stay in their sets, and are told apart, as `on_hold`.
- A corrected date counts as corrected; a replay of what was known before counts the first.
- All days are those of the calendar of the agreement in force when W ended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.standing.dates import due_in_force, timeline
from ledger.standing.pauses import closed_at, pauses
from ledger.standing.progress import came, progress_of
from ledger.standing.reasons import NONE, Days, causes_of, days_after, lates_of
from ledger.values.frozen import Frozen
from ledger.values.lazily import lazily
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from ledger.calendars import Calendar
    from ledger.engagement import Milestone
    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.standing.dates import DateInForce
    from ledger.standing.known import Known
    from ledger.standing.reasons import Late, Stated


class Shares(NamedTuple):
    """The four sets, which part W."""

    client_only: Days
    concurrent: Days
    own_only: Days
    unattributed: Days


class End(NamedTuple):
    """When W ended, and how: `delivered`, `accepted`, `released` or `closed`; `open` where nothing has ended it."""

    when: datetime
    how: str
    fact: Fact[Event] | None = None


def parted(window: Days, client: Days, own: Days) -> Shares:
    """Return the four sets of M15."""
    return Shares(window & (client - own), window & client & own, window & (own - client), window - client - own)


class Delay(Frozen):
    """The delay of one milestone as it stands at *as_of*."""

    known: Known
    name: str
    milestone: Milestone
    as_of: datetime

    @lazily
    def end(self) -> End:
        """What ended W first."""
        ended = (end for end in self._ends() if end.when <= self.as_of)
        return min(ended, key=lambda end: end.when, default=End(self.as_of, "open"))

    @lazily
    def calendar(self) -> Calendar:
        """The calendar of the agreement in force when W ended."""
        return self.known.calendar(self.end.when)

    @lazily
    def due(self) -> DateInForce | None:
        """The date that held when W ended; None while the version that names it is unsigned."""
        return due_in_force(self.known, self.milestone, self.end.when)

    @lazily
    def window(self) -> Days:
        """The open days of W."""
        return days_after(self.calendar, self.due.due, self.end.when) if self.due else NONE

    @lazily
    def moved_past(self) -> Days:
        """The open days that had passed after a date when another took its place, and that are not in W."""
        passed = (days_after(self.calendar, date.due, date.until) for date in self.dates if date.until)
        return NONE.union(*passed) - self.window

    @property
    def dates(self) -> Sequence[DateInForce]:
        """Return the dates that held until W ended, oldest first."""
        return [date for date in timeline(self.known, self.milestone) if date.since <= self.end.when]

    @lazily
    def lates(self) -> Sequence[Late]:
        """The obligations that block it and are in force, in the order they were agreed."""
        return lates_of(self.known, self.name, self.calendar, self.as_of)

    @lazily
    def causes(self) -> Sequence[Stated]:
        """All causes that were stated of its slips, whosesoever they are, in the order of the log."""
        return causes_of(self.known, self.milestone, self.calendar, self.as_of)

    @lazily
    def client(self) -> Days:
        """C: the open days on which the client was late with what blocks the milestone."""
        return NONE.union(*(late.days for late in self.lates))

    @lazily
    def own(self) -> Days:
        """O: the open days that a cause of our own side covers."""
        return self.caused_by("provider")

    @lazily
    def shares(self) -> Shares:
        """The four sets."""
        return parted(self.window, self.client, self.own)

    @lazily
    def on_hold(self) -> Days:
        """The open days of W at whose close the engagement was on hold."""
        spans = pauses(self.known) if self.window else ()
        return frozenset(day for day in self.window if any(p.covers(self.calendar.close_of(day)) for p in spans))

    def caused_by(self, party: str) -> Days:
        """Return the open days that causes of *party* cover."""
        return NONE.union(*(stated.days for stated in self.causes if stated.cause["party"] == party))

    def behind(self, days: Days) -> list[Fact[Event]]:
        """Return the entries that put any of *days* where they are: what was owed, and the causes of our own side."""
        owed = (fact for late in self.lates if late.days & days for fact in late.owed.facts)
        caused = (said.fact for said in self.causes if said.cause["party"] == "provider" and said.days & days)
        return _in_order([*owed, *caused])

    @property
    def facts(self) -> list[Fact[Event]]:
        """Return the entries that W stands on: its dates, what ended it, and what was rejected."""
        ends = [self.end.fact] if self.end.fact else []
        return _in_order(
            [*(date.fact for date in self.dates), *self.milestone.delivered, *self.milestone.judged, *ends]
        )

    def _ends(self) -> Iterable[End]:
        progress, known = progress_of(self.known, self.milestone, self.as_of), self.known
        if done := came(known, progress):
            yield End(known.at(done), "delivered" if done is progress.delivered else "accepted", done)
        if progress.release:
            yield End(progress.release.since, "released", progress.release.fact)
        if closed := closed_at(known):
            yield End(closed, "closed", known.engagement.closed)


def delays_of(known: Known, as_of: datetime) -> list[Delay]:
    """Return the delay of every milestone that was agreed, in the order they were; that of most is empty."""
    found = known.engagement.milestones.items()
    return [Delay(known, name, milestone, as_of) for name, milestone in found if milestone.agreed is not None]


def _in_order(facts: Iterable[Fact[Event]]) -> list[Fact[Event]]:
    by_position = {fact.entry.position: fact for fact in facts}
    return [by_position[position] for position in sorted(by_position)]
