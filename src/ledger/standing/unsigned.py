"""Work while a version of the agreement was unsigned: from when to when, in days and in value (M16).

What is decided here, where the formula (domain 3.3.7) leaves it open:

- Work that names no version is of the one in force when it was done; where none was, of version 1.
- It begins with the first work, whether it was said to begin or recorded as days that were worked; a day without a time
  counts from its close, as all clocks that have only a date, a closed one from its end. Days recorded of a version while
  an earlier one bound both are covered by that one, until work on the later is said to begin.
- It ends once both sides have signed that version or a later one with signatures that count, or with the engagement;
  else it goes on to as_of. A signature counts from when it was given, also where a later ratification made it count.
- The value is that of all work of the version that began while it lasted: days of work are not split.
- Open days are those after the day it began on, up to the day it ended on, in the calendar that held when it began.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from functools import partial
from itertools import dropwhile
from typing import TYPE_CHECKING

from ledger.calendars import day_number
from ledger.events import WorkRecorded, WorkStarted
from ledger.standing.edges import happened
from ledger.standing.pauses import closed_at
from ledger.values.frozen import Frozen
from ledger.values.lazily import lazily

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from ledger.calendars import Calendar
    from ledger.events import AgreementSigned
    from ledger.facts import Fact
    from ledger.standing.known import Known
    from ledger.values.records import Money

    Work = Fact[WorkStarted] | Fact[WorkRecorded]


class Unsigned(Frozen):
    """The work on one version before both had signed it; *all_work* is all there was on it, the earliest first."""

    known: Known
    version: int
    all_work: Sequence[tuple[datetime, Work]]
    as_of: datetime

    @property
    def since(self) -> datetime:
        """Return when it began."""
        return self.all_work[0][0]

    @lazily
    def signed(self) -> datetime | None:
        """When both had signed the version, or a later one."""
        both = (when for number, when in self.known.signed_by_both.items() if number >= self.version)
        return min((when for when in both if when <= self.as_of), default=None)

    @lazily
    def until(self) -> datetime:
        """When it ended; where it has not, as_of."""
        ends = (self.signed, closed_at(self.known), self.as_of)
        return min(when for when in ends if when is not None)

    @property
    def goes_on(self) -> bool:
        """Whether it has not ended."""
        return self.signed is None and self.until == self.as_of

    @lazily
    def work(self) -> Sequence[Work]:
        """What was begun, or recorded as done, while it lasted."""
        return [fact for when, fact in self.all_work if when < self.until or self.goes_on]

    @lazily
    def calendar(self) -> Calendar:
        """The calendar that held when it began."""
        return self.known.calendar(self.since)

    @property
    def open_days(self) -> int:
        """Return the open days it lasted."""
        return self.calendar.bd(*self._days)

    @property
    def calendar_days(self) -> int:
        """Return the days it lasted, closed ones included."""
        first, last = self._days
        return day_number(last) - day_number(first)

    @property
    def value(self) -> list[Money]:
        """Return what the work is said to be worth, by currency."""
        sums: Counter[str] = Counter()
        for money in (fact.event.value for fact in self.work if fact.event.value):
            sums[money["currency"]] += money["minor"]
        return [{"currency": currency, "minor": minor} for currency, minor in sorted(sums.items())]

    @property
    def worked(self) -> Decimal:
        """Return the days of work that were recorded."""
        return sum((Decimal(f.event.days) for f in self.work if isinstance(f.event, WorkRecorded)), Decimal(0))

    @property
    def signatures(self) -> list[Fact[AgreementSigned]]:
        """Return the signatures that may have ended it."""
        return [fact for fact in self.known.engagement.signatures if fact.event.version >= self.version]

    @property
    def _days(self) -> tuple[str, str]:
        return self.calendar.day_of(self.since), self.calendar.day_of(self.until)


def unsigned_work(known: Known, as_of: datetime) -> list[Unsigned]:
    """Return the work on each version that began before both had signed it, by version."""
    made = (Unsigned(known, version, work, as_of) for version, work in begun(known).items())
    return [one for one in made if one.since < one.until or (one.goes_on and one.since <= as_of)]


def begun(known: Known) -> Mapping[int, Sequence[tuple[datetime, Work]]]:
    """Return the work on each version from the first that no version covered, and when each of it began."""
    found: dict[int, list[tuple[datetime, Work]]] = {}
    for when, fact in sorted(_begun(known), key=lambda begun: (begun[0], begun[1].entry.position)):
        version = fact.event.agreement_version or known.version_in_force(when) or 1
        found.setdefault(version, []).append((when, fact))
    left = {version: [*dropwhile(partial(_is_covered, known), work)] for version, work in sorted(found.items())}
    return {version: work for version, work in left.items() if work}


def _is_covered(known: Known, begun: tuple[datetime, Work]) -> bool:
    """Return whether days were worked while a version bound both."""
    when, fact = begun
    return isinstance(fact.event, WorkRecorded) and known.version_in_force(when) is not None


def _begun(known: Known) -> list[tuple[datetime, Work]]:
    work = known.engagement.work
    recorded = [(happened(known.calendar(known.at(fact)), fact.event.from_on), fact) for fact in work.recorded]
    return [*((known.at(fact), fact) for fact in work.started), *recorded]
