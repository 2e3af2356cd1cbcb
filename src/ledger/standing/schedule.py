"""Each time that a cadence names: what it expects, whether that came in its window, and why nothing is expected (M09)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from ledger.calendars import microseconds, parse_instant
from ledger.events import CadenceAgreed
from ledger.standing.cadences import times_of
from ledger.standing.pauses import closed_at, pauses
from ledger.standing.released import release_of
from ledger.standing.rhythms import calendar_of, keeping
from ledger.values.frozen import Frozen
from ledger.values.lazily import lazily
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from ledger.calendars import Calendar
    from ledger.dialogue import Dialogue
    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.standing.cadences import Sent, Time
    from ledger.standing.known import Known

MINUTE = 60_000_000


class Due(NamedTuple):
    """One of the times, from 1: expected at, its window (*opens*, *overdue*], and what came in that window first."""

    number: int
    expected: datetime
    overdue: datetime
    day: str
    opens: datetime | None
    sent: Sent | None
    waived: str | None
    """Why nothing is expected: `paused`, `released` or `closed`."""

    def state(self, as_of: datetime) -> str:
        """Return `not expected`, `on time`, `late`, `expected`, `not yet judged` or `missed`."""
        if self.waived:
            return "not expected"
        if self.sent is not None:
            return "on time" if self.sent[0] <= self.expected else "late"
        if as_of < self.expected:
            return "expected"
        return "not yet judged" if as_of <= self.overdue else "missed"


class Schedule(Frozen):
    """The times of *cadence*, which is in force, up to the first after *as_of*."""

    known: Known
    state: Dialogue
    cadence: Fact[CadenceAgreed]
    as_of: datetime

    @lazily
    def calendar(self) -> Calendar:
        """The calendar that it is counted in."""
        return calendar_of(self.known, self.cadence.event, self.as_of)

    @lazily
    def numbers(self) -> range:
        """The numbers of its times: those before the version of the agreement was in force are left out."""
        version = self.cadence.event.agreement_version or 1
        begins = self.known.in_force_from(version, self.known.at(self.cadence)) if version > 1 else None
        before = bisect_left(self._times, begins, key=lambda time: time[0]) if begins else 0
        return range(before + 1, len(self._times) + 1)

    def due(self, number: int) -> Due:
        """Return the time that has a *number*."""
        when, overdue, day = self._times[number - 1]
        opens = self._times[number - 2][1] if number > 1 else None
        return Due(number, when, overdue, day, opens, self._first(opens, overdue), self._waived(when))

    def numbered(self, when: datetime) -> int:
        """Return the number of the time whose window *when* lies in; it may be one past the last."""
        return bisect_left(self._times, when, key=lambda time: time[1]) + 1

    def is_regular(self, due: Due) -> bool | None:
        """Return whether what came did so within regular_minutes of the time agreed (P25); None where nothing did."""
        if due.sent is None or due.waived:
            return None
        off = microseconds(due.sent[0]) - microseconds(due.expected)
        return abs(off) <= self.known.number("regular_minutes", due.day) * MINUTE

    def facts(self, due: Due) -> list[Fact[Event]]:
        """Return all that one of its times stands on: the pauses before it too, for each may have covered it."""
        paused = [fact for pause in pauses(self.known) if pause.since <= due.expected for fact in pause.facts]
        release = release_of(self.known, self.state, "cadence", self.cadence.event.cadence_id)
        let_go = [release.fact] if release and release.since <= due.expected else []
        return [self.cadence, *([due.sent[1]] if due.sent else []), *paused, *let_go]

    @lazily
    def _times(self) -> Sequence[Time]:
        return times_of(self.cadence.event, self.calendar, min(self.as_of, self._last or self.as_of))

    @lazily
    def _last(self) -> datetime | None:
        """When it ended, or was said to have: what was expected until then keeps its row, and says that it is no more."""
        said = [max(ended, parse_instant(fact.recorded)) for ended, fact, _ in self._ends]
        return min(said, default=None)

    @lazily
    def _ends(self) -> list[tuple[datetime, Fact[Event], str]]:
        release = release_of(self.known, self.state, "cadence", self.cadence.event.cadence_id)
        closed, fact = closed_at(self.known), self.known.engagement.closed
        return [
            *([(release.since, release.fact, "released")] if release else []),
            *([(closed, fact, "closed")] if closed and fact else []),
        ]

    def _waived(self, when: datetime) -> str | None:
        ended = next((why for ended, _, why in self._ends if ended <= when), None)
        return ended or ("paused" if any(pause.covers(when) for pause in pauses(self.known)) else None)

    @lazily
    def _kept(self) -> Sequence[Sent]:
        return keeping(self.known, self.state, self.cadence.event)

    def _first(self, opens: datetime | None, overdue: datetime) -> Sent | None:
        at = bisect_right(self._kept, opens, key=lambda sent: sent[0]) if opens else 0
        return self._kept[at] if at < len(self._kept) and self._kept[at][0] <= overdue else None


def schedules_of(known: Known, state: Dialogue, as_of: datetime) -> list[Schedule]:
    """Return the schedules of the cadences in the stream of an engagement or an account that are in force."""
    facts = state.things.get("cadence", {}).values()
    agreed = [fact.saying(event) for fact in facts if isinstance(event := fact.event, CadenceAgreed)]
    return [
        Schedule(known, state, fact, as_of)
        for fact in agreed
        if known.in_force_from(fact.event.agreement_version, known.at(fact))
    ]
