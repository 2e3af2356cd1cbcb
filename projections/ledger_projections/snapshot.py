"""The tables at a moment of the past: the same functions on the facts that a replay leaves, in memory, no database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.events import EntryCorrected
from ledger.names import PRACTICE
from ledger.replay import day_of_calendar
from ledger.values import Stream
from ledger_projections.kept import as_first_recorded, kept_rows
from ledger_projections.log import Log
from ledger_projections.shape import Shape
from ledger_projections.store import typed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from ledger.calendars import Calendar
    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.journal import Reader
    from ledger.replay import Replay
    from ledger_projections.table import Table


def snapshot(
    reader: Reader,
    replay: Replay,
    as_of: str,
    tables: Collection[Table],
    *,
    engagement: str | None = None,
    without: int | None = None,
) -> Mapping[str, list[dict[str, Any]]]:
    """Return the rows of *tables* as *replay* leaves them, evaluated at *as_of*; of one *engagement* id, if one is named.

    For one engagement only its stream, its account and the practice are read. The entry at position *without* is left
    out, with what corrects it: whatever then reads otherwise is so because of that entry.
    """
    log = Replayed(reader, replay, without)
    shapes = [Shape(table) for table in tables]
    made: dict[str, list[dict[str, Any]]] = {table.name: [] for table in tables}
    for stream in log.streams(engagement):
        view = log.view(stream, as_of)
        first, kind = as_first_recorded(view), stream.partition("/")[0]
        for shape in shapes:
            if kind in shape.table.streams and view.state.history:
                rows = (typed(shape.types, shape.whole(row)) for row in kept_rows(shape, view, first).values())
                made[shape.table.name].extend(row for row in rows if not row["tombstone"])
    return made


class Replayed(Log):
    """The log as a replay leaves it, and *without* one entry."""

    def __init__(self, reader: Reader, replay: Replay, without: int | None = None) -> None:
        super().__init__(reader, reader.head(), self._kept)
        self._replay, self._without = replay, without
        self._day_of = day_of_calendar(self._zone())

    def streams(self, engagement: str | None) -> Iterator[Stream]:
        """Yield the streams to fold: all, or those that concern *engagement*."""
        if engagement is None:
            yield from (head.stream for head in self.reader.streams())
            return
        stream = Stream(f"engagement/{engagement}")
        account = self.view(stream, "").account
        yield from (
            stream,
            *([] if account is None or account.opened is None else [account.opened.entry.stream]),
            PRACTICE,
        )

    def _kept(self, facts: list[Fact[Event]]) -> list[Fact[Event]]:
        out = {fact.entry.id for fact in facts if fact.entry.position == self._without}
        return self._replay.of([fact for fact in facts if not out & _about(fact)] if out else facts, self._day_of)

    def _zone(self) -> Calendar:
        """Return the calendar `default`, or the first there is: it tells on which day an instant falls."""
        return Log(self.reader, self.reader.head()).practice.calendar("default", "9999-12-31")


def _about(fact: Fact[Event]) -> set[str]:
    """Return the entries that *fact* falls with: itself, and for a correction the one that it corrects."""
    return {fact.entry.id, fact.event.entry} if isinstance(fact.event, EntryCorrected) else {fact.entry.id}
