"""The log as JSON lines: what leaves a ledger comes into another as it was, and is known there again."""

import json
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from ledger.drafts import Draft, Identity
from ledger.entry import decode
from ledger.exporting import export_lines
from ledger.facts import read_fact
from ledger.importing import Counts, JsonLines, as_they_are, record_all, record_what_can
from ledger.journal import Reader
from ledger.service import Ledger
from ledger.testing.fakes import MemoryJournal, SetClock
from ledger.values import Position, Stream
from tests.every_event import EVERY, entry_id, stream_of
from tests.histories import Step, steps, told
from tests.importing import Desk, at_a_desk
from tests.ledger.importing.test_jsonl import STORY, written

NORTHWIND = stream_of("engagement-opened")
OURS = ("policy-set", "actor-added")


def exported(journal: Reader, **options: Any) -> bytes:
    lines = [line for _, line in export_lines(journal, private=True, **options) if line]
    return "".join(line + "\n" for line in lines).encode()


def a_copy(content: bytes, *, all_or_none: bool = True) -> tuple[Ledger, Counts]:
    """Import *content* into a new ledger that has the calendars it names."""
    clock = SetClock("2026-11-20T09:00:00Z")
    ledger = Ledger(MemoryJournal(clock), Identity("eve@other.example", "Eve"), clock=clock, provenance="import")
    ledger.record(Draft("policy-set", "practice", {**EVERY["policy-set"], "policies": []}))
    record = record_all if all_or_none else record_what_can
    return ledger, record(ledger, JsonLines(BytesIO(content)), as_they_are)


def facts(journal: Reader) -> Sequence[Mapping[str, Any]]:
    """Return what entries say that belong to no ledger alone: all but actor, positions and recorded times."""
    found = []
    for stored in journal.since(Position(0), 100_000):
        texts = journal.disclosures([stored.position]).get(stored.position, ())
        fact, entry = read_fact(decode(*stored), texts), decode(*stored)
        if fact.event.short_name not in OURS and entry.stream != "practice":
            names = ("id", "subject", "occurred", "aware", "party", "visibility", "correlationid", "onbehalfof")
            found.append({"event": fact.event, **{name: entry.text(name) for name in names}})
    return found


def claims(journal: Reader, names: Sequence[str]) -> Sequence[tuple[str | None, ...]]:
    entries = [decode(*stored) for stored in journal.since(Position(0), 100_000)]
    return [tuple(e.text(name) for name in names) for e in entries if e.stream != "practice"]


def of_every_type() -> MemoryJournal:
    """Return a ledger that holds an event of every type."""
    clock = SetClock("2025-06-30T09:00:00Z")
    ledger = Ledger(MemoryJournal(clock), Identity("ada@firm.example", "Ada Ríos"), clock=clock)
    letter = {name: value for name, value in EVERY["agreement-drafted"].items() if name != "amends"}
    before = [
        Draft("milestone-agreed", NORTHWIND, {"milestone_id": "M1", "due": "2025-05-30", "title": "first"}),
        Draft("agreement-drafted", NORTHWIND, {**letter, "version": 1}),
    ]
    drafts = [
        Draft(name, stream_of(name), data, occurred="2025-06-06T07:30:00.000000Z", aware="2025-06-05", id=entry_id(n))
        for n, (name, data) in enumerate(EVERY.items(), 1)
        if name != "actor-added"
    ]
    closing = drafts.pop()
    clock_corrected = drafts.pop()  # of entries that stand already
    ledger.record(*drafts, *before, closing)
    ledger.record(clock_corrected)
    return ledger.journal  # type: ignore[return-value]  # the journal it was given


def test_an_event_of_every_type_comes_into_another_ledger_as_it_was() -> None:
    original = of_every_type()

    copy, counts = a_copy(exported(original))

    assert not counts.refused
    assert facts(copy.journal) == facts(original)


@given(steps)
@settings(max_examples=25)
def test_any_history_comes_into_another_ledger_as_it_was(taken: list[Step]) -> None:
    original = told(taken)

    copy, counts = a_copy(exported(original))

    assert [refusal.says for refusal in counts.refused] == []
    assert facts(copy.journal) == facts(original)


@given(steps)
@settings(max_examples=10)
def test_a_second_import_of_any_history_adds_nothing(taken: list[Step]) -> None:
    content = exported(told(taken))
    copy, first = a_copy(content)
    before = copy.journal.head()

    again = record_all(copy, JsonLines(BytesIO(content)), as_they_are)

    assert (copy.journal.head(), again.recorded, again.already) == (before, 0, first.recorded)


@given(steps)
@settings(max_examples=10)
def test_a_ledger_knows_its_own_export(taken: list[Step]) -> None:
    journal = told(taken)
    clock = SetClock("2026-11-20T09:00:00Z")
    before = journal.head()

    counts = record_all(
        Ledger(journal, Identity("lead@example.org", "Lead"), clock=clock, provenance="import"),
        JsonLines(BytesIO(exported(journal))),
        as_they_are,
    )

    assert (journal.head(), counts.recorded, counts.refused) == (before, 0, [])


def test_when_it_was_recorded_and_by_whom_are_claims_in_the_copy() -> None:
    original = of_every_type()

    copy, _ = a_copy(exported(original))

    assert claims(copy.journal, ("claimedtime", "claimedactor")) == claims(original, ("recordedtime", "actor"))


def test_a_claim_outlives_a_second_copy() -> None:
    copy, _ = a_copy(exported(of_every_type()))

    second, _ = a_copy(exported(copy.journal))

    assert claims(second.journal, ("claimedtime", "claimedactor")) == claims(
        copy.journal, ("claimedtime", "claimedactor")
    )


def test_a_line_holds_what_the_entry_holds() -> None:
    line = json.loads(exported(of_every_type()).splitlines()[-2])

    keys = "type subject id position time actor party visibility provenance occurred aware data"
    assert list(line) == keys.split()
    assert (line["type"], line["data"]["outcome"]) == ("engagement-closed", "Cranes move.")


def test_without_texts_no_erasable_field_leaves_the_ledger() -> None:
    content = exported(of_every_type(), texts=False)

    assert not [word for word in (b"Cranes", b"vendor", b"Ann Ojo", b"acme", b"northwind", b'"_sd"') if word in content]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = at_a_desk(tmp_path)
    private = {**STORY[3], "visibility": "private"}
    desk.jsonl(written(*STORY, private))
    return desk


def test_private_entries_are_left_out_and_counted(desk: Desk) -> None:
    answer = desk.run("engage export --jsonl")

    assert answer.err == "6 entries exported.\n  1 private entries were left out. With them: --all\n"
    assert [json.loads(line)["position"] for line in answer.out.splitlines()] == [1, 2, 3, 4, 5, 6]
    assert len(desk.run("engage export --jsonl - --all").out.splitlines()) == 7


def test_an_export_of_one_engagement_holds_its_entries_alone(desk: Desk) -> None:
    lines = [json.loads(line) for line in desk.run("engage export quay --jsonl").out.splitlines()]

    assert [line["type"] for line in lines] == ["engagement-opened", "milestone-agreed", "status-report-sent"]


def test_a_file_is_written_whole_and_not_over_another(desk: Desk) -> None:
    assert desk.run("engage export --jsonl out.jsonl").err.startswith("6 entries exported to out.jsonl.")

    answer = desk.run("engage export --jsonl out.jsonl")

    assert (answer.code, answer.err.splitlines()[0]) == (3, '"out.jsonl" is there already. Nothing was written.')
    assert desk.run("engage export --jsonl out.jsonl --all --force").code == 0
    assert len((desk.folder / "out.jsonl").read_bytes().splitlines()) == 7
    assert [path.name for path in desk.folder.glob(".out*")] == []


def test_an_export_never_replaces_the_ledger_itself(desk: Desk) -> None:
    answer = desk.run("engage export --jsonl ledger/ledger.db --force")

    assert (answer.code, desk.run("engage export --jsonl").code) == (3, 0)


def test_an_export_is_imported_by_the_command(desk: Desk) -> None:
    desk.run("engage export --jsonl out.jsonl --all")
    desk.run("engage --ledger copy init --zone UTC")

    answer = desk.run("engage --ledger copy import jsonl out.jsonl")

    assert answer.out.splitlines() == [
        "out.jsonl: 7 lines",
        "  recorded                 5  1 account-opened, 1 engagement-opened, 1 milestone-agreed, 2 status-report-sent",
        "  already there            0",
        "  nothing to record        2  1 actor-added, 1 policy-set",
        "  refused                  0",
    ]


def test_the_streams_of_a_copy_have_the_ids_of_the_original() -> None:
    original = told([])

    copy, _ = a_copy(exported(original), all_or_none=False)

    theirs, ours = ({head.stream for head in journal.streams()} for journal in (original, copy.journal))
    assert theirs == ours | {Stream("practice")}
