"""The tables at a moment of the past: the same functions on the facts that a replay leaves, in memory, no database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from ledger.names import PRACTICE
from ledger.replay import day_of_calendar
from ledger.values import Stream
from ledger_projections.log import Log
from ledger_projections.owners import owners
from ledger_projections.portfolio.gathered import NEEDED, Gathered, twinned
from ledger_projections.readmodel.kept import as_first_recorded, kept_rows
from ledger_projections.readmodel.schema import columns
from ledger_projections.readmodel.shape import Shape
from ledger_projections.table import unread_by

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from ledger.calendars import Calendar
    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.journal import Reader
    from ledger.replay import Replay
    from ledger_projections.readmodel.shape import Kept
    from ledger_projections.table import Table
    from ledger_projections.view import View

    Row = dict[str, Any]


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
    over = [table for table in tables if table.over_all and engagement is None]
    every = {table.name: table for table in (*tables, *(_needed() if over else ()))}
    log = Replayed(reader, replay, () if any(table.counts for table in every.values()) else unread_by(every.values()))
    made = made_of(log.views(as_of, engagement), every.values(), tombstones=tombstones)
    for table in over:
        made[table.name] += rows_over_all(table, made, as_of)
    return {table.name: made[table.name] for table in tables}


def rows_over_all(of: Table, made: Mapping[str, Sequence[Row]], as_of: str) -> list[Row]:
    """Return the rows of a table that stand on more than one stream, out of those that are *made* of each."""

    def read(table: str, *, part: str = "", more: str = "", columns: Sequence[str] = ()) -> list[Row]:
        return [row for row in made[table] if not row["tombstone"] and (not part or row["part"] == part)]

    names = [column.name for column in columns(of)]
    return [twinned(row, names) for row in of.over_all(Gathered(read, as_of))] if of.over_all else []


def made_of(views: Iterable[View], tables: Collection[Table], *, tombstones: bool = False) -> dict[str, list[Row]]:
    """Return the rows of *tables* that each of *views* has, with those that no longer stand only as *tombstones*."""
    shapes = [(shape := Shape(table), reading(shape)) for table in tables]
    made: dict[str, list[Row]] = {table.name: [] for table in tables}
    for view in views:
        kind = view.stream.partition("/")[0]
        first = as_first_recorded(view) if tombstones else None
        for shape, read in shapes:
            if kind in shape.table.streams and view.state.history:
                made[shape.table.name].extend(map(read, kept_rows(shape, view, first).values()))
    return made


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

    def views(self, as_of: str, engagement: str | None = None) -> Iterator[View]:
        """Yield the view of every stream, or of those that concern *engagement*: itself, its account and our side."""
        if engagement is None:
            yield from (self.view(head.stream, as_of) for head in self.reader.streams())
            return
        own = self.view(Stream(f"engagement/{engagement}"), as_of)
        self.opened_for = lambda account: [own.stream]
        yield own
        if own.engagement is not None:
            yield from (self.view(owner, as_of) for owner in owners(own.engagement))
        yield self.view(PRACTICE, as_of)

    def _kept(self, facts: list[Fact[Event]]) -> list[Fact[Event]]:
        return self._replay.of(facts, self._day_of)

    def _zone(self) -> Calendar:
        """Return the calendar `default`, or the first there is: it tells on which day an instant falls."""
        return Log(self.reader, self.reader.head()).practice.calendar("default", "9999-12-31")
