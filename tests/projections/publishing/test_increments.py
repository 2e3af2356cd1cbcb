"""What changed, applied to what was published before, makes what is published now: row by row, whatever changed it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_projections.publishing.sheet import SAID, sheets_of
from ledger_projections.publishing.stamp import read_stamp
from ledger_projections.tables import READABLE

from ledger.calendars import instant
from ledger.errors import Malformed, Refused
from ledger.keeping.erasing import EVERY_FIELD, erase, targets
from tests.cli.reporting.test_visibility import BUSY, Secretive
from tests.histories import Step, steps
from tests.publications import raw
from tests.publishing import published
from tests.views import World, london

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ledger.journal import Reader

SHEETS = [*sheets_of(READABLE.values()), *SAID]
KEYS = {sheet.name: sheet.key for sheet in SHEETS}
Tables = dict[str, dict[str, dict[str, Any]]]


def tables_in(folder: Path) -> Tables:
    """Return every row by its table and its key."""
    return {name: {key_of(name, row): row for row in raw(folder, name)} for name in KEYS}


def key_of(table: str, row: dict[str, Any]) -> str:
    return json.dumps([row[column] for column in KEYS[table]], separators=(",", ":"), ensure_ascii=False)


def applied(tables: Tables, increment: Path) -> Tables:
    """Apply an increment as its module says: what is gone goes, then each row takes the place of the one with its key."""
    gone = {(row["table_name"], row["key"]) for row in raw(increment, "gone")}
    left = {name: {key: row for key, row in rows.items() if (name, key) not in gone} for name, rows in tables.items()}
    return {name: {**rows, **tables_in(increment)[name]} for name, rows in left.items()}


def publish(reader: Reader, to: Path, as_of: str) -> Path:
    return published(reader, to, as_of=as_of, since="auto").folder


@given(
    st.lists(st.tuples(steps, st.integers(1, 400), st.lists(st.integers(9, 40), max_size=2)), min_size=1, max_size=3)
)
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_publication_and_the_increments_after_it_make_the_newest(
    tmp_path_factory: pytest.TempPathFactory, pages: list[tuple[list[Step], int, list[int]]]
) -> None:
    history, to = Secretive([0, 0, 0, 1]), tmp_path_factory.mktemp("out")
    for step in BUSY:
        history.take(step)
    known = tables_in(publish(history.journal, to, instant(history.clock.now)))

    for taken, hours, hidden in pages:
        for step in taken:
            history.take(step)
        for which in hidden:
            history.hide(1 + which % history.journal.head())
        later = history.clock.now.replace(year=history.clock.now.year + (hours > 300))
        newest = publish(history.journal, to, instant(later))
        known = applied(known, to / "increments" / read_stamp(newest)["increments"][-1])

        assert known == tables_in(newest)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    begun = World(tmp_path).begin()
    begun.at("2025-06-02T09:00").record("news-learned", polarity="bad", summary="late")
    yield begun
    begun.journal.close()


def test_what_time_alone_changed_is_told(world: World, tmp_path: Path) -> None:
    published(world.journal, tmp_path / "out", as_of=london("2025-06-02T10:00"))
    done = published(world.journal, tmp_path / "out", as_of=london("2025-06-09T10:00"), since="auto")

    assert done.increment is not None
    assert [row["disclosure_bh"] for row in raw(done.increment.folder, "news")] == [41.0]


def test_a_row_that_became_private_is_gone_and_its_increment_does_not_repeat_it(world: World, tmp_path: Path) -> None:
    head = int(world.journal.head())
    published(world.journal, tmp_path / "out")
    made_private(world)

    done = published(world.journal, tmp_path / "out", ("sqlite", "jsonl"), since="auto")

    assert done.increment is not None
    gone = {row["table_name"] for row in raw(done.increment.folder, "gone")}
    assert {"news", "entries"} <= gone
    assert "late" not in "".join(path.read_text() for path in done.increment.folder.glob("jsonl/*"))
    assert head in {row["position"] for row in raw(done.increment.folder, "withheld")}


def test_an_increment_goes_on_from_the_position_that_stands_there_or_is_refused(world: World, tmp_path: Path) -> None:
    head = published(world.journal, tmp_path / "out").stamp["position"]

    assert published(world.journal, tmp_path / "out", since=str(head)).increment is not None
    with pytest.raises(Refused, match=f"of position {head}, not 3"):
        published(world.journal, tmp_path / "out", since="3")


@pytest.mark.parametrize("typed", ["foo", "#27", "-3", "2025-06-10", ""])
def test_what_is_no_position_is_answered_with_what_is_taken(world: World, tmp_path: Path, typed: str) -> None:
    published(world.journal, tmp_path / "out")

    with pytest.raises(Malformed) as refused:
        published(world.journal, tmp_path / "out", since=typed)

    assert refused.value.message == f'"{typed}" is no position.'
    assert "--since auto" in refused.value.advice


def test_an_increment_after_nothing_is_all_or_refused(world: World, tmp_path: Path) -> None:
    assert published(world.journal, tmp_path / "a", since="auto").increment is None
    with pytest.raises(Refused, match="Nothing was published there yet"):
        published(world.journal, tmp_path / "b", since="3")


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "another reader": ({"who": "director"}, "for the director"),
    "no SQLite file": ({"formats": ("csv",)}, "no SQLite file"),
}


@pytest.mark.parametrize(("before", "says"), REFUSED.values(), ids=REFUSED)
def test_an_increment_to_what_it_does_not_go_with_is_refused(
    world: World, tmp_path: Path, before: dict[str, Any], says: str
) -> None:
    published(world.journal, tmp_path / "out", **before)

    with pytest.raises(Refused, match=says):
        published(world.journal, tmp_path / "out", since="auto")


def test_publishing_all_begins_anew(world: World, tmp_path: Path) -> None:
    out = tmp_path / "out"
    published(world.journal, out)
    for _ in range(3):
        published(world.journal, out, since="auto", as_of=london("2025-07-02T10:00"))
    assert len(read_stamp(out / "current")["increments"]) == 3

    published(world.journal, out, as_of=london("2025-07-02T10:20"))
    published(world.journal, out, as_of=london("2025-07-02T10:40"))

    assert (read_stamp(out / "current")["increments"], [*(out / "increments").iterdir()]) == ([], [])


def made_private(world: World) -> None:
    """Correct the newest entry into a private one."""
    (entry,) = world.journal.since(world.journal.head() - 1, 1)  # type: ignore[arg-type]  # a position less one
    change = {"path": "visibility", "after": '"private"'}
    world.record("entry-corrected", entry=json.loads(entry.raw)["id"], kind="amend", reason="r", changes=[change])


def erased(world: World) -> None:
    """Erase the text of the newest entry."""
    erase(world.ledger, targets(world.journal, [world.journal.head()], [EVERY_FIELD]), "request", None)


SHOWN = ["2025-07-02T10:00", "2025-07-03T10:00"]
NOW = london("2025-07-04T10:00")


def test_no_generation_and_no_increment_is_left_that_shows_what_is_withheld_now(world: World, tmp_path: Path) -> None:
    for as_of in SHOWN:
        published(world.journal, tmp_path / "out", as_of=london(as_of), since="auto", who="consultant")
    made_private(world)

    newest = published(world.journal, tmp_path / "out", as_of=NOW)

    assert [*(tmp_path / "out" / "generations").iterdir()] == [newest.folder]
    assert [*(tmp_path / "out" / "increments").iterdir()] == []


def test_increments_begin_anew_where_an_entry_became_private(world: World, tmp_path: Path) -> None:
    for as_of in SHOWN:
        published(world.journal, tmp_path / "out", as_of=london(as_of), since="auto")
    made_private(world)

    newest = published(world.journal, tmp_path / "out", as_of=NOW, since="auto")

    assert newest.increment is not None
    assert newest.stamp["increments"] == [newest.increment.folder.name]
    assert [*(tmp_path / "out" / "increments").iterdir()] == [newest.increment.folder]


def test_two_increments_of_one_position_and_one_moment_both_stay(world: World, tmp_path: Path) -> None:
    known = tables_in(published(world.journal, tmp_path / "out", as_of=london(SHOWN[0])).folder)
    for as_of in (NOW, london(SHOWN[0]), NOW, london(SHOWN[0])):
        newest = published(world.journal, tmp_path / "out", as_of=as_of, since="auto")

    for name in newest.stamp["increments"]:
        known = applied(known, tmp_path / "out" / "increments" / name)

    assert len({*newest.stamp["increments"]}) == 4
    assert known == tables_in(newest.folder)


def test_a_shared_generation_outlives_one_that_showed_more_and_its_increments_stay(
    world: World, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    first = published(world.journal, out, as_of=london("2025-07-04T09:55"), since="auto")
    second = published(world.journal, out, as_of=london("2025-07-04T09:56"), since="auto")
    made_private(world)
    third = published(world.journal, out, as_of=london("2025-07-04T09:57"))

    newest = published(world.journal, out, as_of=london("2025-07-04T09:58"), since="auto")

    assert [each.folder.exists() for each in (first, second, third, newest)] == [False, False, True, True]
    assert newest.increment is not None
    assert [*(out / "increments").iterdir()] == [newest.increment.folder]


def test_no_generation_and_no_increment_is_left_that_holds_a_text_erased_since(world: World, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for as_of in SHOWN:
        published(world.journal, out, ("sqlite", "jsonl"), as_of=london(as_of), since="auto")
    erased(world)

    newest = published(world.journal, out, ("sqlite", "jsonl"), as_of=NOW, since="auto")

    assert [*(out / "generations").iterdir()] == [newest.folder]
    assert newest.increment is not None
    assert [*(out / "increments").iterdir()] == [newest.increment.folder]
