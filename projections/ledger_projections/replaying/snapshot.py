"""The tables at a moment of the past: the same functions on the facts that a replay leaves, one stream after another."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Any

import orjson

from ledger.names import PRACTICE
from ledger.replay import day_of_calendar
from ledger.values import Stream
from ledger_projections.log import Log
from ledger_projections.owners import owners
from ledger_projections.portfolio.gathered import NEEDED, Gathered, twinned
from ledger_projections.readmodel.filling import few_collections
from ledger_projections.readmodel.kept import as_first_recorded, kept_rows
from ledger_projections.readmodel.schema import columns
from ledger_projections.readmodel.shape import Shape
from ledger_projections.replaying.aside import Aside
from ledger_projections.table import unread_by

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from ledger.calendars import Calendar
    from ledger.engagement import Engagement
    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.journal import Reader
    from ledger.replay import Replay
    from ledger_projections.portfolio.gathered import Read
    from ledger_projections.readmodel.shape import Kept
    from ledger_projections.table import Table
    from ledger_projections.view import View

    Row = dict[str, Any]

ALL_KINDS = frozenset({"engagement", "account", "practice"})
"""The kinds of stream there are."""


def snapshot(
    reader: Reader,
    replay: Replay,
    as_of: str,
    tables: Collection[Table],
    *,
    engagement: str | None = None,
    tombstones: bool = False,
) -> Mapping[str, list[Row]]:
    """Return the rows of *tables* as *replay* leaves them, evaluated at *as_of*; of one *engagement* id, if one is named.

    For one engagement only its stream, its account and the practice are read: of a gift of its account, only its own
    decisions are near, and no row stands on all there is. Rows that no longer stand are among them only as *tombstones*.
    """
    made: dict[str, list[Row]] = {table.name: [] for table in tables}
    for name, row in scan(reader, replay, as_of, tables, engagement=engagement, tombstones=tombstones):
        made[name].append(row)
    return made


def scan(
    reader: Reader,
    replay: Replay,
    as_of: str,
    tables: Collection[Table],
    *,
    engagement: str | None = None,
    tombstones: bool = False,
    brought: Read | None = None,
) -> Iterator[tuple[str, Row]]:
    """Yield what `snapshot` returns row by row, each after its table's name: there may be more than memory holds.

    Streams are folded one after another, then come the rows over all: made of rows that *brought* finds, if somebody has
    them as they are at *as_of*, else of those that the streams bring, put aside.
    """
    over = [table for table in tables if table.over_all and engagement is None]
    needed = [] if brought or not over else [*_needed()]
    every = {table.name: table for table in (*tables, *needed)}
    log = Replayed(reader, replay, () if any(table.counts for table in every.values()) else unread_by(every.values()))
    views = log.views(as_of, engagement, frozenset().union(*(table.streams for table in every.values())))
    wanted = {table.name for table in tables}
    with Aside(needed) as aside:
        for shape, rows in _kept_of(views, every.values(), tombstones=tombstones):
            aside.put(shape, rows)
            if shape.table.name in wanted:
                yield from zip(repeat(shape.table.name), map(reading(shape), rows))
        gathered = Gathered(brought or aside.read, as_of)
        for table in over:
            yield from zip(repeat(table.name), _over_all(table, gathered))


def made_of(views: Iterable[View], tables: Collection[Table], *, tombstones: bool = False) -> dict[str, list[Row]]:
    """Return the rows of *tables* that each of *views* has, with those that no longer stand only as *tombstones*."""
    made: dict[str, list[Row]] = {table.name: [] for table in tables}
    for shape, rows in _kept_of(views, tables, tombstones=tombstones):
        made[shape.table.name].extend(map(reading(shape), rows))
    return made


def _kept_of(
    views: Iterable[View], tables: Iterable[Table], *, tombstones: bool
) -> Iterator[tuple[Shape, Collection[Kept]]]:
    """Yield the rows of each table that each of *views* has, as they would be kept."""
    shapes, done = [Shape(table) for table in tables], 0
    with few_collections() as collect:
        for view in views:
            kind = view.stream.partition("/")[0]
            first = as_first_recorded(view) if tombstones else None
            for shape in shapes:
                if kind in shape.table.streams and view.state.history:
                    yield shape, kept_rows(shape, view, first).values()
            done += len(view.state.history)
            collect(done)


def _over_all(of: Table, gathered: Gathered) -> Iterator[Row]:
    """Yield the rows of a table that stand on more than one stream."""
    names = [column.name for column in columns(of)]
    if of.over_all is not None:
        yield from (twinned(row, names) for row in of.over_all(gathered))


def _needed() -> Iterator[Table]:
    from ledger_projections.tables import TABLES  # here: the tables themselves may take a snapshot

    yield from (TABLES[name] for name in NEEDED)


def reading(shape: Shape) -> Callable[[Kept], Row]:
    """Return what turns rows of *shape* into dictionaries whose values have the types of their columns."""
    names = list(shape.types)
    flags = [name for name, type_ in shape.types.items() if type_ == "boolean"]
    documents = [name for name, type_ in shape.types.items() if type_ == "json"]

    def read(row: Kept) -> Row:
        read = dict(zip(names, shape.whole(row), strict=True))
        for name in flags:
            if read[name] is not None:
                read[name] = bool(read[name])
        for name in documents:
            if read[name] is not None:
                read[name] = orjson.loads(read[name])
        return read

    return read


class Replayed(Log):
    """The log as a replay leaves it."""

    def __init__(self, reader: Reader, replay: Replay, unread: Collection[str] = ()) -> None:
        super().__init__(reader, reader.head(), self._kept, unread)
        self._replay = replay
        self._day_of = day_of_calendar(self._zone())

    def views(self, as_of: str, engagement: str | None = None, kinds: Collection[str] = ALL_KINDS) -> Iterator[View]:
        """Yield the view of every stream of some *kinds*, or those of *engagement*: of itself, its account and our side."""
        if engagement is None:
            yield from self._every(as_of, kinds)
            return
        own = self.view(Stream(f"engagement/{engagement}"), as_of)
        self.opened_for = lambda account: [own.stream]
        yield own
        if own.engagement is not None:
            yield from (self.view(owner, as_of) for owner in owners(own.engagement))
        yield self.view(PRACTICE, as_of)

    def _every(self, as_of: str, kinds: Collection[str]) -> Iterator[View]:
        """Yield the view of each stream; engagements that were folded for an account come right behind it: once is enough."""
        seen: set[Stream] = set()
        for head in self.reader.streams():
            if head.stream in seen or head.stream.partition("/")[0] not in kinds:
                continue
            yield (view := self.view(head.stream, as_of))
            seen.add(head.stream)
            for stream, state in self._folded_for(view) if "engagement" in kinds else ():
                if stream not in seen:
                    yield (own := self.view_of(stream, state, as_of))
                    seen.add(stream)
                    own.standing.forget()
            view.standing.forget()  # else the garbage of every stream would wait for a collection

    def _folded_for(self, view: View) -> Iterable[tuple[Stream, Engagement]]:
        """Return the streams of the engagements that were opened for an account, folded, if a row of it asked for them."""
        folded: Sequence[Engagement] = vars(view).get("opened_engagements", ())
        return zip(self.opened_for(view.stream), folded, strict=True) if folded else ()

    def _kept(self, facts: list[Fact[Event]]) -> list[Fact[Event]]:
        return self._replay.of(facts, self._day_of)

    def _zone(self) -> Calendar:
        """Return the calendar `default`, or the first there is: it tells on which day an instant falls."""
        return Log(self.reader, self.reader.head()).practice.calendar("default", "9999-12-31")
