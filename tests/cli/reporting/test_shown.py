"""Whoever is shown a report: that is recorded with the entries, what was withheld, and the hash of the very file."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from ledger_cli.reporting.shown import AT_ONCE, shown
from ledger_projections.reports import Asked, Line, Report, Section, Stamp

from ledger.events import EvidenceIssued
from ledger.names import PRACTICE, read_stream
from ledger.stores.reading import SqliteReader
from tests.transcripts import FOLDER, Terminal, play

if TYPE_CHECKING:
    from pathlib import Path

    from ledger.facts import Fact

WAYS = ["--html shown.html", "--json > shown.json", "--csv > shown.csv"]


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """Return a terminal at the end of a story, one entry of which is private."""
    made = Terminal(tmp_path_factory.mktemp("story"))
    play(FOLDER / "st1.txt", made)
    made.at("2025-08-05T09:00")
    assert made.run("engage correct 16 --visibility private --because 'only for us' --evidence vendor.eml").code == 0
    return made


def issued(folder: Path) -> list[Fact[EvidenceIssued]]:
    """Return what was recorded of what people were shown."""
    with SqliteReader(folder / "ledger" / "ledger.db") as reader:
        facts = read_stream(reader, PRACTICE, texts=True)
    return [fact.saying(fact.event) for fact in facts if isinstance(fact.event, EvidenceIssued)]


@pytest.mark.parametrize("way", WAYS)
def test_what_somebody_is_shown_is_recorded_of_the_very_file(terminal: Terminal, way: str) -> None:
    name = way.rpartition(" ")[2]
    words, _, redirected = way.partition(" > ")

    answer = terminal.run(
        f"engage chronology northwind --subject M2 {words} --shown-to 'Ann Lee' {f'> {redirected}' if redirected else ''}"
    )

    assert answer.code == 0, answer.err
    event = issued(terminal.folder)[-1].event
    content = (terminal.folder / name).read_bytes()
    assert (event.form, event.to, event.withheld) == ("shown_to_witness", "Ann Lee", 2)
    assert event.sha256 == sha256(content).hexdigest()
    assert terminal.run(f"engage verify-report {name}").code == 0


def test_the_entries_that_are_recorded_are_those_that_the_file_lists(terminal: Terminal) -> None:
    answer = terminal.run("engage schedule northwind D1 --json --shown-to Counsel")

    document = json.loads(answer.out)
    listed = [row["values"]["id"] for row in document["sections"][-1]["rows"]]
    event = issued(terminal.folder)[-1].event
    assert event.entries == listed
    assert (event.size, event.root) == (document["stamp"]["position"], document["stamp"]["root"])
    assert len(listed) == 5


def test_a_file_that_stands_there_already_is_neither_written_over_nor_recorded_as_shown(terminal: Terminal) -> None:
    (terminal.folder / "there.html").write_text("mine", "utf-8")
    before = len(issued(terminal.folder))

    answer = terminal.run("engage chronology northwind --html there.html --shown-to Ann")

    assert answer.code == 3
    assert (terminal.folder / "there.html").read_text("utf-8") == "mine"
    assert len(issued(terminal.folder)) == before


def test_a_list_that_is_too_long_for_one_entry_takes_several() -> None:
    rows = [Line((str(number),), (number,), values={"id": f"id-{number}"}) for number in range(2 * AT_ONCE + 1)]
    asked = Asked("chronology", "abcd", 9, "2025-06-06T08:00:00.000000Z")
    stamp = Stamp("demo.example/engagements/abcd", 9, "root", 1, 1, None, None, asked.as_of, "UTC", ())
    report = Report("t", asked, stamp, [Section("Entries", rows=rows, anchors=True)])

    drafts = list(shown(report, b"the file", "Ann"))

    entries = [draft.data["entries"] for draft in drafts]
    assert [len(each) for each in entries if isinstance(each, list)] == [AT_ONCE, AT_ONCE, 1]
    assert {str(draft.data["sha256"]) for draft in drafts} == {sha256(b"the file").hexdigest()}
