"""What is private or privileged reaches nobody it is not named to: no text, id or hash of it, and nothing derived from it."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_projections.publishing.folding import Times
from ledger_projections.publishing.making import make
from ledger_projections.publishing.seen import seen_by
from ledger_projections.publishing.wanted import Wanted
from ledger_projections.readers import READERS, audience
from ledger_projections.reports.excerpt import Excerpt
from ledger_projections.tables import READABLE

from ledger.drafts import Draft
from ledger.errors import Unknown
from ledger.journal import Stored
from tests.cli.reporting.test_visibility import BUSY, Secretive, traces, withheld_rows
from tests.histories import LATER, Step, steps
from tests.publications import raw
from tests.publishing import published
from tests.views import World

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from ledger.journal import Reader
    from ledger.values import Position, Stream
    from tests.publications import Cells

SHARED = [name for name, each in READERS.items() if not each.everything]


def secretive(taken: list[Step], secrets: list[int], hidden: list[tuple[int, bool]]) -> Secretive:
    """Return a ledger in which some entries are marked as they are recorded, and some are hidden later."""
    history = Secretive(secrets)
    for step in (*BUSY, *taken):
        history.take(step)
    for which, privileged in hidden:
        history.hide(1 + which % history.journal.head(), privileged=privileged)
    return history


@given(
    steps,
    st.lists(st.sampled_from((0, 0, 1, 2)), min_size=1, max_size=6),
    st.lists(st.tuples(st.integers(0, 40), st.booleans()), max_size=5),
    st.sampled_from(SHARED),
)
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_of_what_is_withheld_is_in_any_file(
    tmp_path: Path, taken: list[Step], secrets: list[int], hidden: list[tuple[int, bool]], who: str
) -> None:
    reader = secretive(taken, secrets, hidden).journal
    secret = {trace: row["position"] for row in withheld_rows(reader) for trace in traces(reader, row["position"])}

    done = published(reader, tmp_path / "out", ("jsonl", "csv"), who=who)
    found = [
        (path.name, position)
        for path in done.folder.rglob("*.*")
        for text in [path.read_text("utf-8")]
        for trace, position in secret.items()
        if trace in text
    ]

    assert found == []
    assert {*secret.values()} <= {int(each.position) for each in seen_by(reader, audience(who)).withheld}


class Forged:
    """A ledger in which the entries that are *hidden* are no entries: whatever reads one of them fails."""

    def __init__(self, reader: Reader, hidden: Collection[int]) -> None:
        self._reader, self._hidden = reader, hidden

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)

    def read(self, stream: Stream) -> Sequence[Stored]:
        return [self._forged(stored) for stored in self._reader.read(stream)]

    def at(self, position: Position) -> Stored | None:
        stored = self._reader.at(position)
        return stored and self._forged(stored)

    def disclosures(self, positions: Iterable[Position]) -> Mapping[Position, Sequence[bytes]]:
        found = self._reader.disclosures(positions)
        return {at: [b"forged"] if at in self._hidden else texts for at, texts in found.items()}

    def _forged(self, stored: Stored) -> Stored:
        return Stored(stored.position, b"forged") if stored.position in self._hidden else stored


def rows_of(excerpt: Excerpt, path: Path) -> Mapping[str, list[tuple[Any, ...]]]:
    path.unlink(missing_ok=True)
    content = make(str(path), Wanted(excerpt, READABLE.values(), "analyst", (), Times(LATER, LATER)))
    with closing(content.db):
        return {sheet.name: [*content.rows(sheet)] for sheet in content.sheets}


@given(steps, st.lists(st.sampled_from((0, 0, 1, 2)), min_size=1, max_size=6))
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_row_and_number_is_the_same_whatever_the_withheld_entries_say(
    tmp_path: Path, taken: list[Step], secrets: list[int]
) -> None:
    reader = secretive(taken, secrets, []).journal
    shown = seen_by(reader, audience("analyst"))
    forged = Forged(reader, {each.position for each in shown.withheld if not each.measures})

    found = rows_of(Excerpt(cast("Reader", forged), shown.head(), shown.withheld), tmp_path / "forged.db")

    assert found == rows_of(shown, tmp_path / "true.db")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    begun = World(tmp_path).begin()
    begun.at("2025-06-02T09:00")
    felt = Draft("concern-felt", "engagement/northwind", {"topic": "price", "text": "they will not pay"})
    heard = Draft("news-learned", "engagement/northwind", {"polarity": "bad", "summary": "counsel says no"})
    begun.ledger.record(felt._replace(visibility="private"), heard._replace(visibility="private", privileged=True))
    begun.record("news-learned", polarity="bad", summary="late")
    yield begun
    begun.journal.close()


def at(rows: Cells) -> list[int]:
    return [row["position"] for row in rows]


def test_what_is_withheld_is_counted_and_said_where_it_stands(world: World, tmp_path: Path) -> None:
    done = published(world.journal, tmp_path / "out")

    head = int(world.journal.head())
    assert raw(done.folder, "withheld") == [
        {"position": head - 2, "reason": "private"},
        {"position": head - 1, "reason": "privileged"},
    ]
    assert raw(done.folder, "freshness")[0]["withheld"] == 2
    assert done.stamp["withheld"] == {"entries": 2, "where": {"private": f"{head - 2}", "privileged": f"{head - 1}"}}
    assert {head - 2, head - 1} & {*at(raw(done.folder, "entries"))} == set()


PRIVILEGED = 11
NAMED: Mapping[str, tuple[Mapping[str, Any], list[str]]] = {
    "nothing": ({}, ["private", "privileged"]),
    "a practice": ({"types": {"concern-felt", "news-learned"}}, ["privileged"]),
    "an entry": ({"named": {PRIVILEGED}}, ["private"]),
}


@pytest.mark.parametrize(("named", "left"), NAMED.values(), ids=NAMED)
def test_what_is_named_is_shown_and_a_privileged_entry_only_when_it_is_named_itself(
    world: World, named: Mapping[str, Any], left: list[str]
) -> None:
    assert [each.reason for each in seen_by(world.journal, audience("analyst"), **named).withheld] == left


def test_whoever_sits_at_this_machine_sees_all(world: World, tmp_path: Path) -> None:
    done = published(world.journal, tmp_path / "out", who="consultant")

    assert (done.stamp["withheld"]["entries"], len(at(raw(done.folder, "entries")))) == (0, int(world.journal.head()))


def test_a_policy_that_is_withheld_measures_and_is_in_no_row(tmp_path: Path) -> None:
    history = Secretive()
    history.hide(1)
    rows = published(history.journal, tmp_path / "out", who="analyst")

    named = [row["positions"] for table in ("entries", "flags", "milestones") for row in raw(rows.folder, table)]
    assert raw(rows.folder, "calendars") == []
    assert [positions for positions in named if 1 in json.loads(positions)] == []
    assert len(raw(rows.folder, "milestones")) > 0


def test_what_an_entry_opened_goes_with_it(tmp_path: Path) -> None:
    history = Secretive()
    entries = raw(published(history.journal, tmp_path / "a").folder, "entries")
    opened = next(row["position"] for row in entries if row["type"] == "engagement-opened")
    history.hide(opened)

    done = published(history.journal, tmp_path / "b")

    assert raw(done.folder, "milestones") == raw(done.folder, "engagement_status") == []
    assert f"of what #{opened} opened" in {row["reason"] for row in raw(done.folder, "withheld")}


def test_a_reader_that_there_is_none_of_is_refused() -> None:
    with pytest.raises(Unknown, match="Did you mean analyst"):
        audience("analist")
