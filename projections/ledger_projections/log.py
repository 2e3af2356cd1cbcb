"""What the projections read of the log: the facts of a stream up to a position, and the view of it."""

from __future__ import annotations

from collections import OrderedDict
from functools import cached_property, partial
from typing import TYPE_CHECKING

import orjson

from ledger import account, engagement, practice
from ledger.clocks import Clocks, read_clocks
from ledger.events import EntryCorrected
from ledger.facts import Fact
from ledger.names import PRACTICE
from ledger.standing import TIMES
from ledger.values import Stream
from ledger_projections.reading import read_all
from ledger_projections.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from ledger.account import Account
    from ledger.engagement import Engagement
    from ledger.events import Event
    from ledger.journal import Reader, Stored
    from ledger.practice import Practice
    from ledger.standing import Known

    Facts = list[Fact[Event]]

_REMEMBERED = 20_000
"""Facts that are remembered for the next page."""
_ACCOUNTS = 64
"""Accounts that are kept folded: engagements of one account were often opened together."""


class Log:
    """The facts of *reader*'s streams up to position *last*, with their texts; *keep* says which of them count.

    Entries of engagements that are of the *unread* types are left out, if they may be.
    """

    def __init__(
        self,
        reader: Reader,
        last: int,
        keep: Callable[[Facts], Facts] = lambda facts: facts,
        unread: Collection[str] = (),
    ) -> None:
        self.reader, self.last, self._keep, self._unread = reader, last, keep, unread
        self._accounts: OrderedDict[Stream, Account] = OrderedDict()
        self.opened_for: Callable[[Stream], Iterable[Stream]] = self._opened_for
        """Finds the streams of the engagements of an account."""

    @cached_property
    def clocks(self) -> Clocks:
        """Which recorded times a wrong clock wrote."""
        return read_clocks(self.reader, self.last)

    @cached_property
    def practice(self) -> Practice:
        """Our own side."""
        return practice.fold(self.facts(PRACTICE))

    def account(self, stream: Stream) -> Account:
        """Return an account."""
        if stream not in self._accounts:
            self._accounts[stream] = account.fold(self.facts(stream))
            if len(self._accounts) > _ACCOUNTS:
                self._accounts.popitem(last=False)
        self._accounts.move_to_end(stream)
        return self._accounts[stream]

    def engagement(self, stream: Stream) -> Engagement:
        """Return an engagement."""
        facts, left_out = self._worth_reading(stream) if self._unread else (None, 0)
        state = engagement.fold(self.facts(stream) if facts is None else facts)
        state.unread = left_out
        return state

    def view(self, stream: Stream, as_of: str) -> View:
        """Return what is known of *stream*."""
        kind = stream.partition("/")[0]
        if kind == "engagement":
            return self.view_of(stream, self.engagement(stream), as_of)
        if kind == "account":
            find = partial(self.engagements, stream)
            return View(stream, as_of, None, self.account(stream), self.practice, find_engagements=find)
        return View(stream, as_of, None, None, self.practice)

    def view_of(self, stream: Stream, state: Engagement, as_of: str) -> View:
        """Return what is known of an engagement that is folded already."""
        owner = self.account(Stream(f"account/{state.account}")) if state.account else None
        return View(stream, as_of, state, owner, self.practice)

    def engagements(self, account_stream: Stream) -> list[Engagement]:
        """Return the engagements that were opened for an account, those too that are not its own any more."""
        return [self.engagement(stream) for stream in self.opened_for(account_stream)]

    def facts(self, stream: Stream) -> Facts:
        """Return the facts of *stream* as recorded, oldest first."""
        return self._facts_of([stored for stored in self.reader.read(stream) if stored.position <= self.last])

    def _facts_of(self, stored: Sequence[Stored]) -> Facts:
        return self._keep(self.clocks.right(read_all(self.reader, stored)))

    def _worth_reading(self, stream: Stream) -> tuple[Facts | None, int]:
        """Return the facts that may say something, and how many may not; None where all are to be read.

        A correction may be of what was not read, and what is newer than *last* may stand for what would be the newest.
        """
        stored, left_out = self.reader.read_but(stream, self._unread)
        if not stored or stored[-1].position > self.last:
            return None, 0
        facts = self._facts_of(stored)
        return (None, 0) if any(isinstance(fact.event, EntryCorrected) for fact in facts) else (facts, left_out)

    def _opened_for(self, account_stream: Stream) -> Iterable[Stream]:
        return self._opened.get(account_stream.partition("/")[2], ())

    @cached_property
    def _opened(self) -> Mapping[str, Sequence[Stream]]:
        """The streams of the engagements by the account that they were opened for."""
        found: dict[str, list[Stream]] = {}
        for head in self.reader.streams():
            stored = self.reader.at(head.opened) if head.stream.startswith("engagement/") else None
            if stored and head.opened <= self.last:
                account = orjson.loads(stored.raw)["data"].get("account")
                found.setdefault(account, []).append(head.stream)
        return found


class Remembered(Log):
    """The same, for a process that comes again: it remembers the streams it folded last, and goes on from there."""

    def __init__(self, reader: Reader, last: int) -> None:
        super().__init__(reader, last)
        self._engagements: OrderedDict[Stream, Engagement] = OrderedDict()
        self._known: dict[Stream, Known] = {}
        self._count = 0

    def advance(self, stored: Stored, stream: Stream) -> None:
        """Go on to the next entry, which is of *stream*."""
        self.last = stored.position
        if stream == PRACTICE:
            self.__dict__.pop("practice", None)
        self._accounts.pop(stream, None)
        state = self._engagements.get(stream)
        if state is None:
            return
        (fact,) = self.clocks.right(read_all(self.reader, [stored]))
        if EntryCorrected in (*state.newest, type(fact.event)):
            self._forget(stream)  # what a correction changes is folded from the beginning
        else:
            state.count(fact)
            engagement.add(state, fact)
            self._count += 1
        if isinstance(fact.event, TIMES):
            self._known.pop(stream, None)

    def forget(self) -> None:
        """Forget every stream: facts of any of them are others now."""
        self.__dict__.pop("clocks", None)
        self._engagements.clear()
        self._known.clear()
        self._accounts.clear()
        self._count = 0

    def engagement(self, stream: Stream) -> Engagement:
        """Return an engagement."""
        if stream not in self._engagements:
            self._engagements[stream] = super().engagement(stream)
            self._count += self._engagements[stream].version
        self._engagements.move_to_end(stream)
        while self._count > _REMEMBERED and len(self._engagements) > 1:
            self._forget(next(iter(self._engagements)))
        return self._engagements[stream]

    def view(self, stream: Stream, as_of: str) -> View:
        """Return what is known of *stream*, going on from what was known of it when it was asked for last."""
        view = super().view(stream, as_of)
        if view.known is not None:
            self._known[stream] = vars(view)["known"] = self._known.get(stream, view.known).resumed(view.known)
        return view

    def _forget(self, stream: Stream) -> None:
        self._known.pop(stream, None)
        self._count -= self._engagements.pop(stream).version
