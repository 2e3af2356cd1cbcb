"""Every engagement as known at two moments, read and folded once: what is asked of the earlier is asked of the later too.

Nearly always what was known at the earlier is how what is known at the later begins: its fold grows by the rest. Where there is
a correction, or a clock was put right, each is folded from the beginning: what was said before may read otherwise since.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from ledger import engagement
from ledger.clocks import read_clocks
from ledger.events import EntryCorrected
from ledger.replay import Replay
from ledger.values import Stream
from ledger.values.named import NamedTuple
from ledger_projections.log import Log
from ledger_projections.reading import read
from ledger_projections.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from ledger.engagement import Engagement
    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.journal import Reader, Stored

    Facts = list[Fact[Event]]

T = TypeVar("T")
_AT_ONCE = 4
"""Streams whose facts are kept for the other moment: that of an engagement, its account, our side."""


class Moment(NamedTuple):
    """What was recorded by *known_on*, all there is for None, judged at *as_of*."""

    known_on: str | None
    as_of: str


class Twofold:
    """The engagements of *reader* at two moments, an *earlier* and a *later*.

    Texts that may be erased are read of entries of the types *telling* alone: most figures need none.
    """

    def __init__(self, reader: Reader, earlier: Moment, later: Moment, telling: Collection[type[Event]] = ()) -> None:
        self._reader, self._telling = reader, tuple(telling)
        self._clocks = read_clocks(reader, reader.head())
        self._facts = lru_cache(_AT_ONCE)(self._read)
        self._sides = _Side(reader, earlier, self._facts), _Side(reader, later, self._facts)

    def asked(self, ask: Callable[[View], T], name: str | None = None) -> Iterator[tuple[T, T]]:
        """Yield what *ask* answers of every engagement at either moment, or of the one with the id *name*.

        It is to answer with what does not change: the state it is asked about grows.
        """
        earlier, later = self._sides
        for stream in self._streams() if name is None else [Stream(f"engagement/{name}")]:
            known, more = earlier.facts(stream), later.facts(stream)
            state = engagement.fold(known)
            then = _answered(ask, earlier.seen(stream, state))
            yield then, _answered(ask, later.seen(stream, _grown(state, known, more)))

    def _streams(self) -> Iterable[Stream]:
        return [head.stream for head in self._reader.streams() if head.stream.startswith("engagement/")]

    def _read(self, stream: Stream) -> Facts:
        return self._clocks.right(map(self._fact, self._reader.read(stream)))

    def _fact(self, stored: Stored) -> Fact[Event]:
        fact = read(stored, ())
        if not isinstance(fact.event, self._telling):
            return fact
        return read(stored, self._reader.disclosures([stored.position]).get(stored.position, ()))


class _Side(Log):
    """The log as it was known at a *moment*."""

    def __init__(self, reader: Reader, moment: Moment, facts: Callable[[Stream], Facts]) -> None:
        super().__init__(reader, reader.head())
        self._replay, self._as_of, self._all = Replay(moment.known_on), moment.as_of, facts

    def facts(self, stream: Stream) -> Facts:
        """Return the facts of *stream* that were known."""
        return self._replay.of(self._all(stream), str)  # a day is needed for what was so, not for what was known

    def seen(self, stream: Stream, state: Engagement) -> View:
        """Return the view of an engagement that is folded already."""
        owner = self.account(Stream(f"account/{state.account}")) if state.account else None
        return View(stream, self._as_of, state, owner, self.practice)


def _answered(ask: Callable[[View], T], view: View) -> T:
    answer = ask(view)
    view.standing.forget()  # else the garbage of every engagement would wait for a collection
    return answer


def _grown(state: Engagement, known: Facts, more: Facts) -> Engagement:
    """Return *state*, which is folded from *known*, as it is with *more*: grown where it can be."""
    if more[: len(known)] != known or any(isinstance(fact.event, EntryCorrected) for fact in more):
        return engagement.fold(more)
    for fact in more[len(known) :]:
        state.count(fact)
        engagement.add(state, fact)
    return state
