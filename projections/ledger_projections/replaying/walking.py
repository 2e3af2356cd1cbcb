"""An engagement walked entry by entry: what each entry changed in the rows of all tables, field by field.

Both sides of every step are judged at the same instant, so that what time alone changes is put down to no entry. Only the
rows that an entry concerns are made (`concerned`), twice; for what governs, all of them.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from ledger.events import EntryCorrected
from ledger.names import PRACTICE
from ledger.values import EntryId
from ledger.values.named import NamedTuple
from ledger_projections.concerning.concerned import concerned, concerned_by
from ledger_projections.readmodel.kept import kept_rows
from ledger_projections.readmodel.schema import KEPT
from ledger_projections.readmodel.shape import Shape
from ledger_projections.replaying.growing import Growing
from ledger_projections.replaying.snapshot import reading

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger_projections.readmodel.shape import Kept, Key
    from ledger_projections.replaying.growing import Histories
    from ledger_projections.table import Table
    from ledger_projections.view import View

    Row = dict[str, Any]
    Found = dict[tuple[str, Key], tuple[Shape, Kept]]


class Moved(NamedTuple):
    """A row of a table that an entry changed: as it was before, None if it was not there, and as it is after."""

    table: str
    key: Key
    then: Row | None
    now: Row | None


class Step(NamedTuple):
    """An entry, the views of its engagement just *before* and *after* it, and the rows that it *moved*."""

    fact: Fact[Event]
    before: Sequence[View]
    after: Sequence[View]
    moved: Sequence[Moved]


class Walk:
    """The *entries* of *histories* taken one after another, from what was known before them, judged at *as_of*.

    Without *as_of* each is judged when it was recorded.
    """

    def __init__(
        self,
        histories: Histories,
        tables: Collection[Table],
        entries: Sequence[Fact[Event]],
        known: Sequence[Fact[Event]] = (),
        *,
        true_on: str | None = None,
        as_of: str | None = None,
    ) -> None:
        self.entries, self._as_of = entries, as_of
        self._shapes = [(shape := Shape(table), reading(shape)) for table in tables]
        self._read = {shape.table.name: read for shape, read in self._shapes}
        self._make = partial(Growing, histories, known, true_on)
        self._sides, self._taken = (self._make(), self._make()), 0

    def step(self, number: int) -> Step:
        """Return the step of the entry with an index, whichever was asked for last: to go back is to begin again."""
        if number < self._taken - 1:
            self._sides, self._taken = (self._make(), self._make()), 0
        before, after = self._sides
        for index in range(max(self._taken - 1, 0), number):
            before.take(self.entries[index])
        for index in range(self._taken, number + 1):
            after.take(self.entries[index])
        self._taken = number + 1
        return self._compared(self.entries[number], before, after)

    def rows(self, views: Iterable[View]) -> dict[tuple[str, Key], Row]:
        """Return all rows of *views*."""
        return {at: self._read[at[0]](row) for at, (_, row) in self._found(views).items()}

    def ends(self) -> tuple[Sequence[View], Sequence[View]]:
        """Return what was known before the first entry and after the last."""
        as_of = self._as_of or (self.entries[-1].recorded if self.entries else "")
        last = self._make()
        for fact in self.entries:
            last.take(fact)
        return self._make().views(as_of), last.views(as_of)

    def _compared(self, fact: Fact[Event], before: Growing, after: Growing) -> Step:
        as_of = self._as_of or fact.recorded
        if not isinstance(fact.event, EntryCorrected) and not after.counts(fact):
            return Step(fact, (), (), ())
        sides = before.views(as_of), after.views(as_of)
        only = _only(fact, *sides)
        narrowed = [list(_narrowed(fact, views, only)) for views in sides]
        return Step(fact, *sides, list(self._moved(*narrowed)))

    def _moved(self, before: Iterable[View], after: Iterable[View]) -> Iterator[Moved]:
        then, now = self._found(before), self._found(after)
        for at in dict.fromkeys([*then, *now]):
            old, new = then.get(at), now.get(at)
            if old is None or new is None or old[1][: -len(KEPT)] != new[1][: -len(KEPT)]:
                read = self._read[at[0]]
                yield Moved(*at, old and read(old[1]), new and read(new[1]))

    def _found(self, views: Iterable[View]) -> Found:
        found: Found = {}
        for view in views:
            kind = view.stream.partition("/")[0]
            for shape, _ in self._shapes:
                if kind in shape.table.streams and view.state.history:
                    rows = kept_rows(shape, view, None)
                    found.update({(shape.table.name, key): (shape, row) for key, row in rows.items()})
        return found


def _only(fact: Fact[Event], before: Iterable[View], after: Iterable[View]) -> frozenset[str] | None:
    """Return the things of the engagement that *fact* may change; None for all there are."""
    then, now = (next((view for view in views if view.engagement), None) for views in (before, after))
    if now is None or not isinstance(fact.event, EntryCorrected):
        return concerned(now, fact.entry.position - 1) if now else None
    found: set[str] = {f"entry:{fact.entry.id}"}
    for view in (then, now):
        target = _standing(view).get(EntryId(fact.event.entry))
        things = concerned_by(view, target) if view and target else frozenset()
        if things is None or fact.entry.stream != now.stream:
            return None
        found |= things
    return frozenset(found)


def _standing(view: View | None) -> Mapping[EntryId, Fact[Event]]:
    return view.engagement.facts if view and view.engagement else {}


def _narrowed(fact: Fact[Event], views: Iterable[View], only: frozenset[str] | None) -> Iterator[View]:
    """Yield those of *views* whose rows *fact* may change, each asking only for rows about what it concerns."""
    for view in views:
        if view.engagement is not None:
            yield view if only is None else view.narrowed(only)
        elif fact.entry.stream in (PRACTICE, view.stream) or _has_gifts(view):
            yield view


def _has_gifts(view: View) -> bool:
    return bool(view.account and view.account.gifts)


def by_table(rows: Mapping[tuple[str, Key], Row]) -> dict[str, list[Row]]:
    """Return rows as lists by table."""
    found: dict[str, list[Row]] = {}
    for (table, _), row in rows.items():
        found.setdefault(table, []).append(row)
    return found
