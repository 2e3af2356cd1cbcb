"""Our own side: who records, and the policies and calendars that hold."""

from __future__ import annotations

from ledger.calendars import Calendar
from ledger.events.base import Event
from ledger.values import ActorId, CalendarData, Day, Erasable, Minted, Policy, Str


class ActorAdded(Event, streams="practice", defines="actor"):
    """Somebody who records; the name stands here, since an entry's `actor` cannot be erased."""

    actor: Minted[ActorId]
    name: Erasable[Str]
    email: Erasable[Str] = None
    role: Erasable[Str] = None


class PolicySet(Event, streams="practice", governs=True):
    """Policies and calendars from a day on (domain 3.3.6)."""

    policies: list[Policy] = []
    calendars: list[CalendarData] = []
    valid_from: Day

    def check(self) -> None:
        """Refuse a calendar that contradicts itself."""
        for calendar in self.calendars:
            Calendar.parse(calendar)
