"""What the client owes: due, announced late, overdue, given, and how often we asked for it (P17, P18, M15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.calendars import is_day
from ledger.standing.edges import falls
from ledger.standing.released import release_of
from ledger.standing.talk import about, in_time
from ledger.values.frozen import Frozen
from ledger.values.lazily import lazily

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from ledger.calendars import Calendar
    from ledger.events import ContactMade, Event, ObligationAgreed, ObligationDelayNotified, ObligationFulfilled
    from ledger.facts import Fact
    from ledger.standing.known import Known
    from ledger.standing.released import Release


class Owed(Frozen):
    """One obligation of the client as it stands at *as_of*."""

    known: Known
    agreed: Fact[ObligationAgreed]
    as_of: datetime

    @property
    def name(self) -> str:
        """The id from the letter, such as O4."""
        return self.agreed.event.obligation_id

    @lazily
    def fulfilled(self) -> Fact[ObligationFulfilled] | None:
        """The fact that it was given."""
        return self.known.engagement.fulfilled.get(self.name)

    @lazily
    def given(self) -> datetime | None:
        """When that was."""
        return self.known.at(self.fulfilled) if self.fulfilled else None

    @lazily
    def calendar(self) -> Calendar:
        """The calendar in force when it was given; while it is not, now."""
        return self.known.calendar(self.given or self.as_of)

    @lazily
    def in_force(self) -> datetime | None:
        """From when it is owed: at once, or once both have signed its version (domain 3.3.5)."""
        return self.known.in_force_from(self.agreed.event.agreement_version, self.known.at(self.agreed))

    @property
    def is_in_force(self) -> bool:
        """Whether it is owed by now: what no later version agrees is so at once, also if only its day is known."""
        at_once = (self.agreed.event.agreement_version or 1) == 1
        return at_once or (self.in_force is not None and self.in_force <= self.as_of)

    @lazily
    def due_at(self) -> datetime:
        """The instant it is due at: a day means close of business."""
        return falls(self.calendar, self.agreed.event.due)

    @lazily
    def delays(self) -> Sequence[Fact[ObligationDelayNotified]]:
        """What the client said of being late, oldest first."""
        return in_time(self.known, self.known.engagement.delays.get(self.name, ()))

    @lazily
    def new_date(self) -> str | None:
        """The newest date that it named instead: a forecast, which moves no due date."""
        return next((fact.event.new_date for fact in reversed(self.delays) if fact.event.new_date), None)

    @lazily
    def contacts(self) -> Sequence[Fact[ContactMade]]:
        """The times that both sides spoke of it, oldest first."""
        return in_time(self.known, about(self.known, self.known.engagement, "obligation", self.name))

    @lazily
    def chases(self) -> Sequence[Fact[ContactMade]]:
        """Those at which we asked for it: only ours count (P17)."""
        return [f for f in self.contacts if (f.event.purpose, f.event.direction) == ("chase", "outbound")]

    @lazily
    def release(self) -> Release | None:
        """What let it go, if somebody did."""
        return release_of(self.known, self.known.engagement, "obligation", self.name)

    @lazily
    def state(self) -> str:
        """`fulfilled`, `released`, `not in force`, `due`, `delay notified`, `overdue, notified` or `overdue, unnotified`."""
        if self.fulfilled:
            return "fulfilled"
        if self.release and self.release.since <= self.as_of:
            return "released"
        if not self.is_in_force:
            return "not in force"
        if self.as_of > self.due_at:
            return "overdue, notified" if self.delays else "overdue, unnotified"
        return "delay notified" if self.delays else "due"

    @property
    def is_open(self) -> bool:
        """Whether it is still to be given."""
        return self.state not in {"fulfilled", "released", "not in force"}

    @property
    def is_judged(self) -> bool:
        """Whether it was owed, and was given or is overdue: then it was given in time, or was not (M15)."""
        if not self.is_in_force:
            return False
        let_go = self.given and self.release and self.release.since < self.given
        return not let_go if self.given else self.state.startswith("overdue")

    @property
    def days_late(self) -> int | None:
        """Return the open days from the due date to when it was given, so far to now; None where it is not owed."""
        if not (self.fulfilled or self.is_open):
            return None
        due, calendar = self.agreed.event.due, self.calendar
        day = due if is_day(due) else calendar.day_of(self.due_at)
        end = self.given or self.as_of
        return max(0, calendar.bd(day, calendar.day_of(end))) if end > self.due_at else 0

    @property
    def facts(self) -> list[Fact[Event]]:
        """Return all that it stands on."""
        ends = (self.fulfilled, self.release.fact if self.release else None)
        return [self.agreed, *self.delays, *self.contacts, *(fact for fact in ends if fact)]


def obligations_of(known: Known, as_of: datetime) -> list[Owed]:
    """Return every obligation of the client, in the order it was agreed."""
    agreed = known.engagement.obligations.values()
    return known.once(("owed", as_of), lambda: [Owed(known, fact, as_of) for fact in agreed])
