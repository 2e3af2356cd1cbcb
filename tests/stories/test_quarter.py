"""A quarter of one engagement, as it was typed in `examples/quarter`: played by the demo, read, replayed, rebuilt, verified."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from ledger_cli.story.playing import tell_quietly
from ledger_cli.story.quarter import read, steps
from ledger_cli.words.catalogue import GROUPS
from ledger_projections.replaying.snapshot import snapshot
from ledger_projections.tables import TABLES

from ledger.entry import decode
from ledger.events import TYPES
from ledger.replay import TODAY, Replay
from ledger.stores.reading import SqliteReader
from ledger.values import Position
from tests.cutting import Cut
from tests.pictured import check_page, marks
from tests.places import ROOT, TESTS
from tests.transcripts import Step, Terminal, blocks, play

SCREENS = TESTS / "quarter.txt"
FOLDER = ROOT / "examples" / "quarter"
CHAPTERS = sorted(FOLDER.glob("[0-9]-*.txt"))
ALL = list(TABLES.values())
TYPED = ("A first week", "Every day", "At a review", "Now and then", "Proof")
"""The moments whose words are typed in a quarter: the others look back or up, or bring in and out."""
HAVE_NO_WORD = """
    account-opened account-plan-approved assumption-recorded assumption-tested availability-declared capacity-stated
    client-fit-assessed contact-added engagement-paused engagement-resumed entry-annotated exit-considered exit-decided
    idea-decided idea-offered knowledge-noted lesson-recorded preference-recorded prospect-declined reserves-stated
    result-measured
"""
"""Types that are recorded by `record TYPE`; account-opened and contact-added so for a prospect alone."""
DATES = ("2025-04-30T16:30:00.000000Z", "2025-05-16T17:00:00.000000Z", "2025-06-20T17:00:00.000000Z")


class Quarter(NamedTuple):
    """The quarter as it was played: what its screens said, and where its ledger is."""

    screens: Sequence[Step]
    terminal: Terminal

    def rows(self, table: str) -> list[Mapping[str, Any]]:
        """Return what the command prints of *table*."""
        found: list[Mapping[str, Any]] = json.loads(
            self.terminal.run(f"engage --ledger quarter table {table} --json").out
        )["rows"]
        return found


@pytest.fixture(scope="module")
def quarter(tmp_path_factory: pytest.TempPathFactory) -> Quarter:
    terminal = Terminal(tmp_path_factory.mktemp("quarter").resolve())
    return Quarter(play(SCREENS, terminal), terminal)


@pytest.fixture(scope="module")
def reader(quarter: Quarter) -> Iterator[SqliteReader]:
    with SqliteReader(quarter.terminal.folder / "quarter" / "ledger.db") as reader:
        yield reader


def test_its_screens_say_what_is_written(quarter: Quarter) -> None:
    unkept = [step for step in quarter.screens if not step.kept]

    assert [[step.command, *step.answered] for step in unkept] == [[step.command, *step.expected] for step in unkept]


def test_it_has_every_type_of_entry_and_enough_of_them(quarter: Quarter) -> None:
    counted = Counter(row["type"] for row in quarter.rows("entries"))

    assert set(counted) == set(TYPES)
    assert counted.total() >= 150


def test_every_table_has_a_row(quarter: Quarter, reader: SqliteReader) -> None:
    made = snapshot(reader, TODAY, quarter.terminal.now.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), ALL)

    assert [name for name, rows in made.items() if not rows] == []


def test_its_page_is_sound_and_shows_nothing_private(quarter: Quarter) -> None:
    answer = quarter.terminal.run("engage --ledger quarter report --html pages --as-known-on 2025-06-30")
    assert answer.code == 0, answer.err

    tree = check_page((quarter.terminal.folder / "pages" / "fernbank.html").read_text("utf-8"), {"index.html"})

    private = {f"e{row['position']}" for row in quarter.rows("entries") if row["visibility"] == "private"}
    shown = {element.attrib["id"] for element in tree.iter() if "id" in element.attrib}
    assert private
    assert not private & shown
    assert len(marks(tree)) > 100


@pytest.mark.parametrize("then", DATES)
def test_what_was_known_is_what_a_ledger_cut_off_then_says(reader: SqliteReader, then: str) -> None:
    last = max(n for n in range(1, reader.head() + 1) if recorded(reader, n) <= then)

    replayed = snapshot(reader, Replay(known_on=then), then, ALL)

    assert told(replayed, last) == told(snapshot(Cut(reader, last), TODAY, then, ALL), last)


def test_what_is_typed_is_shown(quarter: Quarter) -> None:
    printed = (quarter.terminal.folder / "told").read_text(encoding="utf-8")
    shown = [line[2:] for line in printed.splitlines() if line.startswith("$ ")]

    typed = [step.command for step in steps()]
    assert shown[: len(typed)] == typed


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_its_files_are_transcripts(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    typed = [(head[2:], "".join(body)) for head, body in blocks(text) if head.startswith("$ ")]

    assert [(step.command, f"[exit {step.code}]" if step.code else "") for step in read(text)] == typed


def test_its_days_follow_each_other() -> None:
    times = [step.at for step in steps()]

    assert times == sorted(times)
    assert len({at[:10] for at in times}) >= 24


def test_every_word_of_the_day_is_typed_and_record_where_there_is_none() -> None:
    words = [step.command.split() for step in steps()]

    assert {word for moment in TYPED for word in GROUPS[moment]} - {word[1] for word in words} == set()
    assert {word[2] for word in words if word[1] == "record"} == set(HAVE_NO_WORD.split())


def test_a_command_that_ends_otherwise_stops_the_story(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    played = read("# at 2025-04-01T09:05\n$ engage status\n$ engage init\n")

    code = tell_quietly(played, tmp_path)

    assert code == 7
    assert "$ engage init" not in capsys.readouterr().out


def told(tables: Mapping[str, Sequence[Mapping[str, Any]]], last: int) -> Mapping[str, list[Mapping[str, Any]]]:
    """Return what *tables* say up to entry *last*: an erasure reaches back, and marks each row that it might have touched."""
    marks = {"last_position", "updated_at", "updated_at_unix"}
    return {
        name: [
            {k: v for k, v in row.items() if k not in marks} for row in rows if min(row["positions"], default=0) <= last
        ]
        for name, rows in tables.items()
    }


def recorded(reader: SqliteReader, position: int) -> str:
    """Return when an entry was recorded."""
    stored = reader.at(Position(position))
    assert stored is not None
    return str(decode(*stored).recorded)
