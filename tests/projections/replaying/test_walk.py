"""A walk: what each entry changed is what the tables say without it and with it, on arbitrary histories of all types."""

from collections.abc import Mapping, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_projections.differing import SUBJECTS, TABLES
from ledger_projections.replaying.growing import Growing, Histories
from ledger_projections.replaying.snapshot import snapshot
from ledger_projections.replaying.walking import Walk

from ledger.events import EntryCorrected
from ledger.replay import Replay
from ledger.testing.fakes import MemoryJournal
from tests.histories import LATER, Step, steps, told

ALL = list(TABLES.values())
FIXED = settings(max_examples=25, deadline=None)
Rows = Mapping[tuple[str, tuple[object, ...]], Mapping[str, object]]


@given(steps, st.data())
@FIXED
def test_a_step_names_every_row_that_is_another_with_its_entry_and_no_other(
    taken: Sequence[Step], data: st.DataObject
) -> None:
    histories, walk = walked(told(taken))
    number = data.draw(st.integers(0, len(walk.entries) - 1))

    moved = {(each.table, each.key): (bare(each.then), bare(each.now)) for each in walk.step(number).moved}

    then, now = (rows(histories, walk, number + extra, walk.entries[number].recorded) for extra in (0, 1))
    assert moved == {at: (then.get(at), now.get(at)) for at in {*then, *now} if then.get(at) != now.get(at)}


@given(steps, st.lists(st.integers(0, 60), min_size=2, max_size=4))
@FIXED
def test_a_step_reads_the_same_whichever_way_it_is_come_to(taken: Sequence[Step], visits: Sequence[int]) -> None:
    journal = told(taken)
    _, walk = walked(journal)
    numbers = [visit % len(walk.entries) for visit in visits]

    there = [said(walk, number) for number in numbers]

    assert there == [said(walked(journal)[1], number) for number in numbers]


@given(steps)
@FIXED
def test_the_end_of_a_walk_is_today(taken: Sequence[Step]) -> None:
    journal = told(taken)
    histories, walk = walked(journal)

    end = Walk(histories, ALL, walk.entries, as_of=LATER).ends()[1]

    found = sorted(map(str, walk.rows(end).values()))
    today = snapshot(journal, Replay(), LATER, ALL, engagement=histories.stream.partition("/")[2])
    assert found == sorted(str(row) for each in today.values() for row in each)


@given(steps, st.data())
@FIXED
def test_a_correction_changes_what_reads_otherwise_and_never_the_entry_that_it_corrects(
    taken: Sequence[Step], data: st.DataObject
) -> None:
    journal = told([*taken, ("milestone", 0, 0), ("due", 0, data.draw(st.integers(0, 9)))])
    histories, walk = walked(journal, "e1")
    last = next((n for n, f in reversed(list(enumerate(walk.entries))) if isinstance(f.event, EntryCorrected)), None)
    before = [fact.entry.attributes for fact in histories.ordered()]

    moved = walk.step(last).moved if last is not None else ()

    assert all(bare(each.then) != bare(each.now) for each in moved)
    assert [fact.entry.attributes for fact in histories.ordered()] == before


def walked(journal: MemoryJournal, alias: str = "") -> tuple[Histories, Walk]:
    """Return the histories of the first engagement, and a walk through all that concerns it."""
    name = next(h.stream for h in journal.streams() if h.stream.startswith("engagement/")).partition("/")[2]
    histories = Histories.read(journal, name)
    return histories, Walk(histories, ALL, histories.ordered())


def rows(histories: Histories, walk: Walk, count: int, as_of: str) -> Rows:
    """Return every row after the first *count* entries, made from scratch."""
    views = Growing(histories, walk.entries[:count]).views(as_of)
    return {at: bare(row) or {} for at, row in walk.rows(views).items()}


def said(walk: Walk, number: int) -> object:
    """Return what a step says."""
    step = walk.step(number)
    return step.fact.entry.position, [(each.table, each.key, each.then, each.now) for each in step.moved]


def bare(row: Mapping[str, object] | None) -> Mapping[str, object] | None:
    """Return a row without what the runner adds to it."""
    kept = {"positions", "entries", "last_position", "updated_at", "updated_at_unix", "tombstone"}
    return row and {name: value for name, value in row.items() if name not in kept}


def test_every_table_but_the_trail_and_the_sums_is_compared() -> None:
    assert set(SUBJECTS) == set(TABLES)
    assert {"agreements", "authorities", "policies", "calendars", "disputes", "concerns", "flags"} <= set(SUBJECTS)
