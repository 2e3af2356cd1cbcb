"""The rows of one stream as they are kept: the values of a table with what the runner adds, and when they change next.

last_position   the newest of: the entries it stands on, their corrections, and whatever governs all rows
tombstone       a row that the stream would have if nothing in it had been corrected, and has no more
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from ledger import account, engagement, practice
from ledger.calendars import instant
from ledger.events import EntryCorrected
from ledger.standing import midnight

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ledger.facts import Fact
    from ledger_projections.readmodel.shape import Kept, Key, Shape
    from ledger_projections.table import Row
    from ledger_projections.view import View

    Newest = tuple[int, str]
    """A position, and when the entry there was recorded."""


def kept_rows(shape: Shape, view: View, first: View | None) -> dict[Key, Kept]:
    """Return the rows of a table for *view* by their key; *first* is the view without corrections, if there were any."""
    rows = _by_key(shape, view, shape.table.rows(view), floor_of(view), tombstone=False)
    if first is not None:
        gone = _by_key(shape, view, shape.table.rows(first), floor_of(view), tombstone=True)
        rows |= {key: row for key, row in gone.items() if key not in rows}
    return rows


def newer_rows(shape: Shape, view: View, rows: Iterable[Row]) -> dict[Key, Kept]:
    """Return *rows* of a table as they are kept."""
    return _by_key(shape, view, rows, floor_of(view), tombstone=False)


def as_first_recorded(view: View) -> View | None:
    """Return *view* as if its stream had never been corrected; None where it never was."""
    if EntryCorrected not in view.state.newest:
        return None
    facts = [fact for fact in view.state.history if not isinstance(fact.event, EntryCorrected)]
    if view.engagement is not None:
        return view.but(engagement=engagement.fold(facts))
    if view.account is not None:
        return view.but(account=account.fold(facts))
    return view.but(practice=practice.fold(facts))


def floor_of(view: View) -> Newest:
    """Return the newest entry that any row of the view may have changed with."""
    return (view.governing.entry.position, view.governing.entry.recorded) if view.governing else (0, "")


def governed_until(view: View) -> list[str | None]:
    """Return when what governs any row changes next: a policy, and which version of the agreement is in force."""
    signed = (instant(when) for when in view.known.signed_by_both.values()) if view.known else ()
    coming = min((when for when in signed if when >= view.as_of), default=None)
    return [_other_settings(view), coming]


def wakes_at(shape: Shape, rows: Iterable[Kept], as_of: str) -> str | None:
    """Return the first time from *as_of* on that any of *rows* names: once it is past, they may read otherwise."""
    times = set(chain.from_iterable(map(shape.times, rows)))
    return min((time for time in times if time is not None and time >= as_of), default=None)


def _other_settings(view: View) -> str | None:
    """Return when other settings begin to hold: with their day, in UTC for calendars, for policies where days are counted."""
    practice = view.practice
    days = practice.starting(view.as_of[:10])  # that may begin later than in UTC
    begins = [
        instant(midnight(practice.calendar(name, on), day))
        for day in days
        for on in (view.as_of[:10], day)
        for name in practice.first
    ]
    return min((moment for moment in (*begins, *days) if moment > view.as_of), default=None)


def _by_key(shape: Shape, view: View, rows: Iterable[Row], floor: Newest, *, tombstone: bool) -> dict[Key, Kept]:
    made: dict[Key, Kept] = {}
    keep, key_of, stream = shape.kept, shape.key, view.stream
    for values, facts in rows:
        row = keep(stream, values, facts, floor if tombstone else _newest(facts, floor), tombstone=tombstone)
        key = key_of(row)
        if key in made:
            raise AssertionError(f"table {shape.table.name} has two rows {key} in {stream}")
        made[key] = row
    return made


def _newest(facts: Sequence[Fact[Any]], floor: Newest) -> Newest:
    position, newest = floor[0], None
    for fact in facts:
        entry = fact.entry
        if entry.position > position:
            position, newest = entry.position, entry
        for correction in fact.corrections:
            if correction.entry.position > position:
                position, newest = correction.entry.position, correction.entry
    return (position, newest.recorded) if newest else floor
