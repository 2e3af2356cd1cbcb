"""The rows of one stream as they are kept: the values of a table with what the runner adds, and when they change next.

last_position   the newest of: the entries it stands on, their corrections, and whatever governs all rows
tombstone       a row that the stream would have if nothing in it had been corrected, and has no more
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import orjson

from ledger import account, engagement, practice
from ledger.events import EntryCorrected
from ledger_projections.schema import columns
from ledger_projections.store import unix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ledger.facts import Fact
    from ledger_projections.table import Row, Table
    from ledger_projections.view import View

    Key = tuple[Any, ...]
    Kept = tuple[Any, ...]

TIMED = frozenset({"instant", "moment", "day"})


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest entry that a row depends on, and when it was recorded."""

    position: int
    recorded: str

    def or_newer(self, fact: Fact[Any]) -> Newest:
        """Return the newer of this and *fact*, its corrections included."""
        newest = self
        for entry in (fact.entry, *(correction.entry for correction in fact.corrections)):
            if entry.position > newest.position:
                newest = Newest(entry.position, entry.recorded)
        return newest


def kept_rows(table: Table, view: View, first: View | None) -> dict[Key, Kept]:
    """Return the rows of *table* for *view* by their key; *first* is the view without corrections, if there were any."""
    floor, rows = floor_of(view), {}
    for row in table.rows(view):
        key = _key(table, row)
        if key in rows:
            raise AssertionError(f"table {table.name} has two rows {key} in {view.stream}")
        rows[key] = _kept(table, view, row, floor, tombstone=False)
    for row in table.rows(first) if first else ():
        key = _key(table, row)
        if key not in rows:
            rows[key] = _kept(table, view, row, floor, tombstone=True)
    return rows


def as_first_recorded(view: View) -> View | None:
    """Return *view* as if its stream had never been corrected; None where it never was."""
    history = view.state.history
    facts = [fact for fact in history if not isinstance(fact.event, EntryCorrected)]
    if len(facts) == len(history):
        return None
    if view.engagement is not None:
        return replace(view, engagement=engagement.fold(facts))
    if view.account is not None:
        return replace(view, account=account.fold(facts))
    return replace(view, practice=practice.fold(facts))


def floor_of(view: View) -> Newest:
    """Return the newest entry that any row of the view may have changed with."""
    states = (state for state in (view.engagement, view.account, view.practice) if state is not None)
    floor = view.floor
    if floor:
        for state in states:
            for fact in state.history:
                if fact.entry.position == floor:
                    return Newest(floor, fact.entry.recorded)
    return Newest(0, "")


def wakes_at(table: Table, rows: Mapping[Key, Kept], as_of: str) -> str | None:
    """Return the first time after *as_of* that any of *rows* names: from then on it may read otherwise."""
    places = [place for place, column in enumerate(columns(table)) if column.type in TIMED]
    times = (time for row in rows.values() for place in places if (time := row[place]) is not None and time > as_of)
    return min(times, default=None)


def grows(table: Table, rows: Mapping[Key, Kept]) -> bool:
    """Return whether a number in *rows* grows while time passes: such rows say that they are `censored`."""
    place = next((place for place, column in enumerate(columns(table)) if column.name == "censored"), None)
    return place is not None and any(row[place] for row in rows.values())


def _key(table: Table, row: Row) -> Key:
    return tuple(_plain(row.values[name]) for name in table.key)


def _kept(table: Table, view: View, row: Row, floor: Newest, *, tombstone: bool) -> Kept:
    facts = {fact.entry.position: fact for fact in row.facts}
    newest = floor
    for fact in facts.values():
        newest = newest.or_newer(fact)
    values: dict[str, Any] = {
        "stream": view.stream,
        **row.values,
        "positions": orjson.dumps(sorted(facts)).decode(),
        "entries": orjson.dumps([facts[position].entry.id for position in sorted(facts)]).decode(),
        "last_position": newest.position,
        "updated_at": newest.recorded,
        "tombstone": tombstone,
    }
    return tuple(_values(table, values))


def _values(table: Table, values: Mapping[str, Any]) -> Iterator[Any]:
    for column in columns(table):
        if column.name in values:
            yield _plain(values[column.name])
        else:  # the twin of the column before it
            moment = values[column.name.removesuffix("_unix")]
            yield None if moment is None else unix(moment)


def _plain(value: Any) -> Any:  # noqa: ANN401 -- a scalar of any kind, as SQLite keeps it
    if value is None or type(value) in {str, int}:
        return value
    return int(value) if isinstance(value, bool) else float(value)
