"""Two questions to the past: what was known on a day, and what was so on a day as we know it now (domain 3.5).

    as known on T     the entries recorded at or before T, and no correction made after it
    as true on V      after the corrections, the facts that were so at or before V

Both take facts as recorded and answer facts as recorded: whoever folds them applies the corrections that are left. The
order is the order of the log, always. A day stands for its end: what is dated that day is included.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledger.calendars import parse_instant
from ledger.events import ActorAdded, DisclosuresErased, EntryCorrected, NewsLearned, PolicySet, SlipForeseen
from ledger.facts import Fact, corrected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ledger.calendars import Calendar
    from ledger.events import Event

    Facts = Sequence[Fact[Event]]
    DayOf = Callable[[str], str]

_END = "T23:59:59.999999Z"


@dataclass(frozen=True, slots=True)
class Replay:
    """A view of the past: what was recorded by *known_on*, of what was so by *true_on*; None stands for now.

    With *trust_claimed* an import is taken as known when its original says that it was written.
    """

    known_on: str | None = None
    true_on: str | None = None
    trust_claimed: bool = False

    def of(self, facts: Facts, day_of: DayOf) -> list[Fact[Event]]:
        """Return those of *facts* that the replay leaves; *day_of* tells on which day an instant falls."""
        known = as_known_on(facts, self.known_on, trust_claimed=self.trust_claimed) if self.known_on else list(facts)
        left = as_true_on(known, self.true_on, day_of) if self.true_on else known
        return left if self.known_on is None and self.true_on is None else with_ruler(facts, left)


TODAY = Replay()
"""No replay: what is known now."""


def as_known_on(facts: Iterable[Fact[Event]], known_on: str, *, trust_claimed: bool = False) -> list[Fact[Event]]:
    """Return the *facts* recorded at or before *known_on*, in the order they are given."""
    limit = _ended(known_on)
    return [fact for fact in facts if _ended(_known(fact, trust_claimed=trust_claimed)) <= limit]


def as_true_on(facts: Facts, true_on: str, day_of: DayOf) -> list[Fact[Event]]:
    """Return the *facts* that, once corrected, were so at or before *true_on*, and the corrections of those."""
    later = {fact.entry.id for fact in corrected(facts) if not _by(_when(fact), true_on, day_of)}
    return [fact for fact in facts if _subject(fact) not in later]


def day_of_calendar(calendar: Calendar) -> DayOf:
    """Return what tells the day of an instant in the zone of *calendar*."""
    return lambda when: calendar.day_of(parse_instant(when))


def with_ruler(facts: Facts, left: list[Fact[Event]]) -> list[Fact[Event]]:
    """Give back what measures and names: those who recorded, and the first policy ever set where none is left.

    With it comes what was erased: no replay brings a text back, and each says why it lacks it.
    """
    there = {fact.entry.id for fact in left}
    back = [f for f in facts if isinstance(f.event, ActorAdded | DisclosuresErased) and f.entry.id not in there]
    if not any(isinstance(fact.event, PolicySet) for fact in left):
        back += [fact for fact in facts if isinstance(fact.event, PolicySet)][:1]
    return sorted([*left, *back], key=lambda fact: fact.entry.position) if back else left


def _known(fact: Fact[Event], *, trust_claimed: bool) -> str:
    imported = trust_claimed and fact.entry.text("provenance") == "import"
    return (fact.entry.text("claimedtime") if imported else None) or fact.recorded


def _when(fact: Fact[Event]) -> str:
    """Return when *fact* was so; a slip foreseen and news learned are so from when we were aware (domain 3.5)."""
    aware = fact.aware if isinstance(fact.event, (SlipForeseen, NewsLearned)) else None
    return aware or fact.when


def _subject(fact: Fact[Event]) -> str:
    """Return the entry that *fact* stands or falls with: for a correction, the one that it corrects."""
    return fact.event.entry if isinstance(fact.event, EntryCorrected) else fact.entry.id


def _by(moment: str, limit: str, day_of: DayOf) -> bool:
    """Return whether *moment* is at or before *limit*; where one of them is a day, both are taken as days."""
    if ("T" in moment) == ("T" in limit):
        return moment <= limit
    return (day_of(moment) if "T" in moment else moment) <= (day_of(limit) if "T" in limit else limit)


def _ended(moment: str) -> str:
    return moment if "T" in moment else moment + _END
