"""An engagement as it grows: what was known of it after one entry after another, folded forward, at one moment of truth.

An entry is added to what is folded already. A correction changes what was said before it, so that its stream is folded
once more from the beginning: ten thousand facts take a tenth of a second, and none is read again.
"""

from __future__ import annotations

from bisect import insort
from functools import partial
from typing import TYPE_CHECKING

from ledger import account, engagement, practice
from ledger.account import Account
from ledger.events import ActorAdded, ClockCorrected, DisclosuresErased, EntryCorrected, PolicySet
from ledger.names import PRACTICE
from ledger.replay import as_true_on, day_of_calendar, with_ruler
from ledger.values import Stream
from ledger.values.named import NamedTuple
from ledger_projections.log import Log
from ledger_projections.owners import owners
from ledger_projections.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ledger.engagement import Engagement
    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.journal import Reader
    from ledger.practice import Practice
    from ledger.replay import DayOf

    Facts = list[Fact[Event]]

GOVERNS = (PolicySet, ActorAdded, EntryCorrected, DisclosuresErased, ClockCorrected)
"""What, of our own side, changes how an engagement reads."""


class Histories(NamedTuple):
    """All facts that concern one engagement, by stream: its own, those of its account, and those of our side."""

    stream: Stream
    facts: Mapping[Stream, Facts]
    day_of: DayOf

    @classmethod
    def read(cls, reader: Reader, name: str) -> Histories:
        """Read the streams of the engagement with the id *name*, and no other."""
        log, stream = Log(reader, reader.head()), Stream(f"engagement/{name}")
        own, ours = log.facts(stream), log.facts(PRACTICE)
        theirs = {owner: log.facts(owner) for owner in owners(engagement.fold(own))}
        day_of = day_of_calendar(practice.fold(ours).calendar("default", "9999-12-31"))
        return cls(stream, {stream: own, **theirs, PRACTICE: ours}, day_of)

    def ordered(self) -> Facts:
        """Return those that may change how the engagement reads, in the order of the log."""
        facts = (fact for facts in self.facts.values() for fact in facts)
        return sorted((f for f in facts if f.entry.stream != PRACTICE or isinstance(f.event, GOVERNS)), key=_position)


class Growing:
    """What is known after some entries of *histories*, of what was so by *true_on*; it grows by one after another."""

    def __init__(self, histories: Histories, known: Iterable[Fact[Event]] = (), true_on: str | None = None) -> None:
        self._histories, self._true_on = histories, true_on
        self._known: dict[Stream, Facts] = {stream: [] for stream in histories.facts}
        for fact in known:
            self._known[fact.entry.stream].append(fact)
        self._engagement: Engagement | None = None
        self._accounts: dict[str, Account] = {}
        self._practice: Practice | None = None

    def take(self, fact: Fact[Event]) -> None:
        """Go on to what is known with *fact*."""
        stream, known = fact.entry.stream, self._known[fact.entry.stream]
        follows = not known or known[-1].entry.position < fact.entry.position
        insort(known, fact, key=_position)
        if stream == PRACTICE:
            self._practice = None
        elif stream != self._histories.stream:
            self._accounts.clear()
        elif not follows or isinstance(fact.event, EntryCorrected):
            self._engagement = None
        elif self._engagement is not None and self.counts(fact):
            self._engagement.count(fact)
            engagement.add(self._engagement, fact)

    def counts(self, fact: Fact[Event]) -> bool:
        """Return whether *fact*, as it was recorded, was so by then."""
        return bool(as_true_on([fact], self._true_on, self._histories.day_of)) if self._true_on else True

    @property
    def engagement(self) -> Engagement:
        """The engagement."""
        if self._engagement is None:
            self._engagement = engagement.fold(self._left(self._histories.stream))
        return self._engagement

    @property
    def practice(self) -> Practice:
        """Our side; who people are and what measures is known from the first (domain 3.5)."""
        if self._practice is None:
            self._practice = practice.fold(with_ruler(self._histories.facts[PRACTICE], self._left(PRACTICE)))
        return self._practice

    def views(self, as_of: str) -> Sequence[View]:
        """Return the views of the engagement, of its account, and of our side, those that hold anything yet."""
        own = self.engagement
        owner = self._account(own.account) if own.account else None
        found = [View(self._histories.stream, as_of, own, owner, self.practice)] if own.history else []
        for stream in self._histories.facts:
            if stream.startswith("account/") and (state := self._account(stream.partition("/")[2])).history:
                find: Callable[[], Sequence[Engagement]] = partial(list, [own])
                found.append(View(stream, as_of, None, state, self.practice, find_engagements=find))
        return [*found, View(PRACTICE, as_of, None, None, self.practice)]

    def _account(self, name: str) -> Account:
        if name not in self._accounts:
            stream = Stream(f"account/{name}")
            known = self._left(stream) if stream in self._known else []
            self._accounts[name] = account.fold(known)
        return self._accounts[name]

    def _left(self, stream: Stream) -> Facts:
        known = self._known[stream]
        return as_true_on(known, self._true_on, self._histories.day_of) if self._true_on else known


def _position(fact: Fact[Event]) -> int:
    return fact.entry.position
