"""The difference of two states of knowledge of one engagement, row by row and field by field, and by which entries.

The entries that came to be known in between are taken one after another; a field that one of them changes is put down to
it. Both states are judged at the same instant, and of what was so by the same day: time alone changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.replay import as_known_on
from ledger.values.named import NamedTuple
from ledger_projections.differing.brought import Brought
from ledger_projections.differing.causes import Cause, Trail, paths_of
from ledger_projections.differing.privacy import FELT, shown
from ledger_projections.differing.subjects import SUBJECTS, TABLES
from ledger_projections.replaying.growing import Growing, Histories
from ledger_projections.replaying.walking import Walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.journal import Reader
    from ledger_projections.differing.subjects import Field, Subject
    from ledger_projections.readmodel.shape import Key

    Row = dict[str, Any]
    At = tuple[str, Key]
    Value = list[Any] | None
    Moves = dict[At, dict[str, list[tuple[Fact[Event], Value]]]]
    """The entries that changed a column of a row, in the order of the log, and what it was after each."""


class Moments(NamedTuple):
    """What is compared: what was known on *then* with what was known on *now*, None for all that is recorded.

    Of both, what was so by *true_on*, judged at *as_of*.
    """

    then: str
    now: str | None
    true_on: str | None
    as_of: str
    trust_claimed: bool = False


class Change(NamedTuple):
    """One field of a row *then* and *now*, None where the row was not there; *by* are the positions that changed it.

    With an entry that brought something into force stands what it brought. Each entry is named in one field of a row: what
    else it changed there *follows* from it.
    """

    subject: Subject
    field: Field
    then: Row | None
    now: Row | None
    by: tuple[int, ...] = ()
    follows: tuple[int, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether it is not the same."""
        return self.field.of(self.then) != self.field.of(self.now)

    @property
    def row(self) -> Row:
        """The row, as it is now if it still stands."""
        return self.now or self.then or {}


class Difference(NamedTuple):
    """The rows that differ, each as its fields, and what there is to say of the entries that they are put down to."""

    rows: Sequence[Sequence[Change]]
    causes: Mapping[int, Cause]

    def shown(self) -> tuple[Difference, int]:
        """Return the difference without the rows that are private on either side, and how many those are.

        Of a private entry that changed a row that is not, the words are left out.
        """
        left = [row for row in self.rows if all(side is None or shown(side) is not None for side in row[0][2:4])]
        felt = [[change for change in row if not _is_felt(change)] for row in left]
        rows = [row for row in felt if any(change.differs for change in row)]
        named = {position for row in rows for change in row for position in (*change.by, *change.follows)}
        causes = {position: cause.covered() for position, cause in self.causes.items() if position in named}
        return Difference(rows, causes), len(self.rows) - len(rows)


def difference(reader: Reader, engagement: str, moments: Moments) -> Difference:
    """Return what is known otherwise of the *engagement* with this id."""
    histories = Histories.read(reader, engagement)
    ordered = histories.ordered()
    known = _ids(as_known_on(ordered, moments.then, trust_claimed=moments.trust_claimed))
    later = as_known_on(ordered, moments.now, trust_claimed=moments.trust_claimed) if moments.now else ordered
    since = [fact for fact in later if fact.entry.id not in known]
    walk = Walk(
        histories,
        list(TABLES.values()),
        since,
        [fact for fact in ordered if fact.entry.id in known],
        true_on=moments.true_on,
        as_of=moments.as_of,
    )
    moves = _moves(walk)
    then, now = (walk.rows(views) for views in walk.ends())
    brought = Brought(later)
    rows = [list(_changes(at, then.get(at), now.get(at), moves.get(at, {}), brought)) for at in _order({**then, **now})]
    told = [row for row in rows if any(change.differs for change in row)]
    return Difference(told, _causes(histories, told, later, moments.as_of))


def _moves(walk: Walk) -> Moves:
    """Return which entries changed which columns."""
    moves: Moves = {}
    for number, fact in enumerate(walk.entries):
        for moved in walk.step(number).moved:
            columns = moves.setdefault((moved.table, moved.key), {})
            for field in SUBJECTS[moved.table].fields:
                if field.of(moved.then) != field.of(moved.now):
                    columns.setdefault(field.column, []).append((fact, field.of(moved.now)))
    return moves


def _order(rows: Iterable[At]) -> list[At]:
    order = list(SUBJECTS)
    return sorted(
        rows, key=lambda at: (order.index(at[0]), [(each is None, type(each).__name__, each) for each in at[1]])
    )


def _changes(
    at: At,
    then: Row | None,
    now: Row | None,
    moves: Mapping[str, Sequence[tuple[Fact[Event], Value]]],
    brought: Brought,
) -> Iterator[Change]:
    """Yield each field that differs, or is always told; an entry stands at the field it corrects, else at its first."""
    subject = SUBJECTS[at[0]]
    told = [c for field in subject.fields if _is_told(c := Change(subject, field, then, now))]
    by = {change.field: _straight(change.field.of(then), moves.get(change.field.column, ())) for change in told}
    direct = {fact.entry.position for field, facts in by.items() for fact in facts if _is_direct(field, fact)}
    named: set[int] = set()
    for change in told:
        facts = {fact.entry.position: fact for fact in by[change.field]} if change.differs else {}
        own = {position for position, fact in facts.items() if _is_direct(change.field, fact)}
        here = {position for position in facts if position in own or position not in direct | named}
        with_it = {p for position in here for p in brought.into(at[0], change.row, facts[position])} - named
        named |= here | with_it
        yield change._replace(by=tuple(sorted(here | with_it)), follows=tuple(p for p in facts if p not in here))


def _straight(first: Value, moves: Iterable[tuple[Fact[Event], Value]]) -> list[Fact[Event]]:
    """Return the entries that led from the *first* value to the last, without those that only led back to an earlier one."""
    values = [first]
    facts: list[Fact[Event]] = []
    for fact, value in moves:
        if value in values:
            del values[values.index(value) + 1 :], facts[values.index(value) :]
        else:
            values.append(value)
            facts.append(fact)
    return facts


def _is_told(change: Change) -> bool:
    """Return whether a field is always told, or differs; of a row that came or went, whether it says anything."""
    if change.field.always:
        return True
    if change.then is None or change.now is None:
        return change.row[change.field.column] not in (None, [], False, 0)
    return change.differs


def _is_direct(field: Field, fact: Fact[Event]) -> bool:
    return any(map(field.corrected_by, paths_of(fact)))


def _causes(
    histories: Histories, rows: Iterable[Iterable[Change]], known: Iterable[Fact[Event]], as_of: str
) -> dict[int, Cause]:
    wanted = {position for row in rows for change in row for position in (*change.by, *change.follows)}
    views = Growing(histories, histories.ordered()).views(as_of)
    trails = {view.stream: Trail(view) for view in views}
    named = (fact for fact in known if fact.entry.position in wanted)
    return {fact.entry.position: trails[fact.entry.stream].cause(fact) for fact in named}


def _is_felt(change: Change) -> bool:
    return change.field.column in FELT and any(side and shown(side) != side for side in (change.then, change.now))


def _ids(facts: Iterable[Fact[Event]]) -> set[str]:
    return {fact.entry.id for fact in facts}
