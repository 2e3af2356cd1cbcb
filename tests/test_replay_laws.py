"""The laws of replay (domain 3.5), on arbitrary histories and all tables."""

from collections.abc import Mapping, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_projections.snapshot import snapshot
from ledger_projections.tables import TABLES

from ledger.journal import Reader
from ledger.replay import TODAY, Replay
from ledger.values import Position
from tests.cutting import Cut
from tests.histories import LATER, Step, read, steps, told

ALL = list(TABLES.values())
OF_ANY_TIME = {"actor-added", "erased", "clock-corrected"}
"""What changes the past whenever it is recorded: who somebody is, what is gone, and how far a clock was off."""
FIXED = settings(max_examples=20, deadline=None)


@given(steps, st.data())
@FIXED
def test_a_replay_is_the_ledger_cut_at_that_time_and_no_later_append_changes_it(
    taken: Sequence[Step], data: st.DataObject
) -> None:
    journal = told([step for step in taken if step[0] not in OF_ANY_TIME])
    last = data.draw(st.integers(2, journal.head()))
    then = recorded(journal, last)

    cut = tables(Cut(journal, _all_of(journal, then)), TODAY, then)

    assert tables(journal, Replay(known_on=then), then) == cut


@given(steps)
@FIXED
def test_a_replay_at_the_end_is_today(taken: Sequence[Step]) -> None:
    journal = told(taken)

    assert tables(journal, Replay(known_on=LATER, true_on=LATER), LATER) == tables(journal, TODAY, LATER)


@given(steps, st.integers(1, 12))
@FIXED
def test_without_corrections_and_late_entries_what_was_known_is_what_was_so(taken: Sequence[Step], day: int) -> None:
    corrections = {"aware", "occurred", "due", "alias", "withdraw", "reinstate"}
    journal = told([(kind, which, 0) for kind, which, _ in taken if kind not in corrections])
    then = f"2025-06-{day + 1:02}T23:00:00.000000Z"

    assert tables(journal, Replay(known_on=then), then) == tables(journal, Replay(true_on=then), then)


@given(steps, st.data())
@FIXED
def test_one_engagement_replayed_alone_has_the_rows_it_has_among_all(
    taken: Sequence[Step], data: st.DataObject
) -> None:
    journal = told(taken)
    replay = Replay(known_on=recorded(journal, data.draw(st.integers(9, journal.head()))))
    name = next(h.stream for h in journal.streams() if h.stream.startswith("engagement/")).partition("/")[2]

    alone = snapshot(journal, replay, LATER, ALL, engagement=name)
    among = snapshot(journal, replay, LATER, ALL)

    assert {t: _of(name, rows) for t, rows in alone.items()} == {t: _of(name, rows) for t, rows in among.items()}


def tables(reader: Reader, replay: Replay, as_of: str) -> Mapping[str, list[dict[str, object]]]:
    """Return every row of every table."""
    return snapshot(reader, replay, as_of, ALL)


def recorded(journal: Reader, position: int) -> str:
    """Return when an entry was recorded."""
    stored = journal.at(Position(position))
    assert stored is not None
    return str(read(stored)["recordedtime"])


def _all_of(journal: Reader, then: str) -> int:
    """Return the newest position recorded at *then* or before: a batch shares its time."""
    return max(p for p in range(1, journal.head() + 1) if recorded(journal, p) <= then)


def _of(engagement: str, rows: Sequence[Mapping[str, object]]) -> list[Mapping[str, object]]:
    return [row for row in rows if row.get("engagement") == engagement]
