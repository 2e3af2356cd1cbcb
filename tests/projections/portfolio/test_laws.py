"""What is judged over all, made of rows, is what folding every stream whole gives (P19, P30, P45, P50, P56; ADR 22)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_projections.portfolio import NEEDED, PORTFOLIO, Gathered, signals_over_all
from ledger_projections.readmodel.catchup import refresh
from ledger_projections.readmodel.filling import fill, start
from ledger_projections.readmodel.store import ReadModel
from ledger_projections.readmodel.streams import StreamTables
from ledger_projections.replaying.snapshot import Replayed, snapshot
from ledger_projections.tables import TABLES
from ledger_projections.whose import written

from ledger.replay import TODAY, Replay
from tests.brought import NEGLECTED, Step, brought, steps
from tests.cutting import Cut, opened
from tests.portfolio_folded import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger_projections.alerts import Alert
    from ledger_projections.view import View

    from ledger.journal import Reader

    Row = dict[str, Any]

OFTEN = settings(max_examples=60, deadline=None)
MADE = [TABLES[name] for name in NEEDED]
SAME = ("practice", "since", "deadline", "occurrence", "calendar", "positions")
days = st.integers(1, 27).flatmap(
    lambda day: st.integers(3, 9).map(lambda month: f"2025-{month:02}-{day:02}T12:00:00.000000Z")
)


@given(steps, days)
@OFTEN
def test_rows_say_what_folding_every_stream_says(taken: Sequence[Step], as_of: str) -> None:
    journal = brought(taken)

    assert over_all(journal, TODAY, as_of) == by_folding(journal, TODAY, as_of)


def test_a_history_of_a_client_who_is_neglected_is_among_them() -> None:
    as_of = "2025-04-15T12:00:00.000000Z"

    assert "A-neglected" in {row["signal"] for row in all_rows(brought(NEGLECTED), TODAY, as_of)}


@given(steps, days, days)
@OFTEN
def test_so_they_do_at_any_moment_of_the_past(taken: Sequence[Step], known_on: str, true_on: str) -> None:
    journal, replay = brought(taken), Replay(known_on, true_on)
    as_of = min(known_on, true_on)

    assert over_all(journal, replay, as_of) == by_folding(journal, replay, as_of)


def test_a_table_alone_is_made_anew_when_a_version_comes_into_force_though_no_row_of_it_says_when() -> None:
    journal = brought([*NEGLECTED, ("withdraw", 26, 0)])  # nothing is said any more
    grown, anew, as_of, later = opened(), opened(), "2025-03-03T08:00:00.000000Z", "2025-03-06T12:00:00.000000Z"

    fill(grown, journal, MADE, as_of)
    refresh(grown, journal, StreamTables(MADE), later)
    fill(anew, journal, MADE, later)

    assert read(grown, later) == read(anew, later)
    grown.close()
    anew.close()


@given(steps, days, st.data())
@OFTEN
def test_tables_that_grow_entry_by_entry_give_the_rows_that_tables_made_anew_give(
    taken: Sequence[Step], later: str, data: st.DataObject
) -> None:
    journal = brought(taken)
    grown, anew, as_of = opened(), opened(), "2025-03-03T08:00:00.000000Z"
    start(grown, Cut(journal, 0), MADE, as_of)
    for last in sorted(data.draw(st.sets(st.integers(1, journal.head())))):
        refresh(grown, Cut(journal, last), StreamTables(MADE), as_of)
    refresh(grown, journal, StreamTables(MADE), later)
    fill(anew, journal, MADE, later)

    assert read(grown, later) == read(anew, later) == [plain(row) for row in all_rows(journal, TODAY, later)]
    grown.close()
    anew.close()


def read(db: Any, as_of: str) -> list[Row]:
    """Return the rows over all that a database of tables gives."""
    model = ReadModel(db)

    def rows(table: str, *, part: str = "", more: str = "", columns: Sequence[str] = ()) -> list[Row]:
        return model.rows(table, f"part = '{part}'" if part else more, columns=columns)

    return sorted(map(plain, signals_over_all(Gathered(rows, as_of))), key=repr)


def plain(row: Row) -> Row:
    """Return a row without twins."""
    return {name: value for name, value in row.items() if not name.endswith("_unix")}


def all_rows(reader: Reader, replay: Replay, as_of: str) -> list[Row]:
    """Return the rows over all that a snapshot has."""
    rows = snapshot(reader, replay, as_of, [TABLES["signals"]])["signals"]
    return sorted((row for row in rows if row["signal"] in PORTFOLIO), key=lambda row: repr(plain(row)))


def over_all(reader: Reader, replay: Replay, as_of: str) -> list[tuple[Any, ...]]:
    """Return what the rows say, to be compared."""
    found = all_rows(reader, replay, as_of)
    return sorted(
        (row["signal"], row["stream"], row["says"], row["also"], *map(row.__getitem__, SAME)) for row in found
    )


def by_folding(reader: Reader, replay: Replay, as_of: str) -> list[tuple[Any, ...]]:
    """Return what folding says of all but engagements whose opening was withdrawn: they are none."""
    views = [
        view for view in Replayed(reader, replay).views(as_of) if view.engagement is None or view.engagement.opened
    ]
    return sorted(_of(view, alert) for view, alert in folded(views))


def _of(view: View, alert: Alert) -> tuple[Any, ...]:
    """Return what an alert says; one about all there is was said to be of the engagement that takes most of it."""
    also, about = alert.also, str(view.stream)
    if alert.signal == "A-overcommitted":
        also, about = also.replace(" for ", f" for {view.alias} "), "practice"
    if alert.signal == "A-dependency" and view.engagement is not None:
        about = f"account/{view.engagement.account}"
    positions = sorted({fact.entry.position for fact in alert.facts})
    values = {
        "practice": alert.practice, "since": written(alert.since), "deadline": written(alert.deadline),
        "occurrence": alert.occurrence, "calendar": alert.calendar, "positions": positions}  # fmt: skip
    return alert.signal, about, alert.says, also, *map(values.__getitem__, SAME)
