"""The laws of replay (domain 3.5), on arbitrary histories and all tables."""

from collections.abc import Mapping, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_projections.differing import Moments, difference
from ledger_projections.replaying.snapshot import snapshot
from ledger_projections.tables import READABLE

from ledger.entry import Entry
from ledger.events import EntryCorrected, Event
from ledger.facts import Fact, corrected
from ledger.journal import Reader
from ledger.names import read_stream
from ledger.replay import TODAY, Replay, as_known_on, as_true_on
from ledger.values import EntryId, Position
from tests.cutting import Cut
from tests.histories import CORRECTING, LATER, Step, read, steps, told

ALL = list(READABLE.values())
OF_ANY_TIME = {"actor-added", "erased", "clock-corrected"}
"""What changes the past whenever it is recorded: who somebody is, what is gone, and how far a clock was off."""
CLAIMED = "2025-05-01T08:00:00.000000Z"
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
    journal = told([(kind, which, 0) for kind, which, _ in taken if kind not in CORRECTING])
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


@given(steps, st.integers(1, 12))
@FIXED
def test_without_corrections_the_two_differ_by_the_entries_recorded_later_alone(
    taken: Sequence[Step], day: int
) -> None:
    journal = told([step for step in taken if step[0] not in CORRECTING])
    then = f"2025-06-{day + 1:02}T23:00:00.000000Z"

    for facts in streams(journal):
        known, true = as_known_on(facts, then), as_true_on(facts, then, day_of)
        late = [fact for fact in true if fact.recorded > then]
        assert [fact for fact in true if fact not in late] == as_true_on(known, then, day_of)


@given(steps, st.data())
@FIXED
def test_a_correction_changes_its_entry_alone_and_what_comes_last_wins(
    taken: Sequence[Step], data: st.DataObject
) -> None:
    facts = data.draw(st.sampled_from(streams(told(taken))))
    cut = data.draw(st.integers(1, len(facts)))

    before = {fact.entry.id: fact for fact in corrected(facts[: cut - 1])}
    after = {fact.entry.id: fact for fact in corrected(facts[:cut])}

    newest = facts[cut - 1]
    touched = {EntryId(newest.event.entry)} if isinstance(newest.event, EntryCorrected) else set()
    assert {name for name, fact in before.items() if after[name] != fact} == touched & set(before)
    for name in touched & set(before):
        assert after[name].corrections[-1].entry == newest.entry
        assert after[name].withdrawn == {"withdraw": True, "reinstate": False}.get(
            newest.event.kind if isinstance(newest.event, EntryCorrected) else "", before[name].withdrawn
        )


@given(steps, st.data())
@FIXED
def test_trusting_claims_moves_imports_to_when_they_claim_to_be_written_and_nothing_else(
    taken: Sequence[Step], data: st.DataObject
) -> None:
    facts = data.draw(st.sampled_from(streams(told(taken))))
    claimed = {fact.entry.id for fact in facts if data.draw(st.booleans())}
    facts = [imported(fact, CLAIMED) if fact.entry.id in claimed else fact for fact in facts]
    then = data.draw(st.sampled_from([CLAIMED, *(fact.recorded for fact in facts)]))

    trusted = as_known_on(facts, then, trust_claimed=True)

    assert as_known_on(facts, then) == [fact for fact in facts if fact.recorded <= then]
    assert trusted == [fact for fact in facts if (CLAIMED if fact.entry.id in claimed else fact.recorded) <= then]


@given(steps, st.data())
@FIXED
def test_a_difference_is_none_between_a_moment_and_itself_and_is_put_down_to_what_came_between(
    taken: Sequence[Step], data: st.DataObject
) -> None:
    journal = told(taken)
    then, now = sorted(recorded(journal, data.draw(st.integers(9, journal.head()))) for _ in range(2))
    name = next(h.stream for h in journal.streams() if h.stream.startswith("engagement/")).partition("/")[2]

    found = difference(journal, name, Moments(then, now, None, now))

    assert difference(journal, name, Moments(then, then, None, then)).rows == []
    differing = [change for row in found.rows for change in row if change.differs]
    assert all(change.by or change.follows for change in differing)
    when = {position: cause.recorded for position, cause in found.causes.items()}
    assert all(then < max(when[position] for position in change.by) <= now for change in differing if change.by)


def tables(reader: Reader, replay: Replay, as_of: str) -> Mapping[str, list[dict[str, object]]]:
    """Return every row of every table."""
    return snapshot(reader, replay, as_of, ALL)


def recorded(journal: Reader, position: int) -> str:
    """Return when an entry was recorded."""
    stored = journal.at(Position(position))
    assert stored is not None
    return str(read(stored)["recordedtime"])


def streams(journal: Reader) -> list[list[Fact[Event]]]:
    """Return the facts of every stream as recorded."""
    return [read_stream(journal, head.stream, texts=True) for head in journal.streams()]


def imported(fact: Fact[Event], claimed: str) -> Fact[Event]:
    """Return *fact* as an import whose original says when it was written."""
    attributes = {**fact.entry.attributes, "provenance": "import", "claimedtime": claimed}
    return fact._replace(entry=Entry(fact.entry.position, attributes, b""))


def day_of(moment: str) -> str:
    """Return the day of an instant in UTC."""
    return moment[:10]


def _all_of(journal: Reader, then: str) -> int:
    """Return the newest position recorded at *then* or before: a batch shares its time."""
    return max(p for p in range(1, journal.head() + 1) if recorded(journal, p) <= then)


def _of(engagement: str, rows: Sequence[Mapping[str, object]]) -> list[Mapping[str, object]]:
    return [row for row in rows if row.get("engagement") == engagement]
