"""What is due as a calendar: read back by a library and by hand, under the same names each time, and safe to import."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from ledger_cli.morning.reminders import SOURCES, made_of, reminders
from ledger_projections.readmodel.store import current

from ledger.stores.reading import SqliteReader
from tests.transcripts import Terminal

BEGIN = (
    "engage init --zone Europe/London",
    "engage open northwind --account Northwind",
    'engage person northwind "Client sponsor" --side client --level executive --may sign,accept',
)


@pytest.fixture
def desk(tmp_path: Path) -> Terminal:
    desk = Terminal(tmp_path)
    desk.at("2025-03-03T09:00")
    desk.runs(*BEGIN)
    return desk


def events(desk: Terminal, options: str = "") -> dict[str, dict[str, Any]]:
    """Return the properties of each event by its UID, as the library reads them."""
    found = Calendar.from_ical(desk.run(f"engage remind {options}").out).walk("VEVENT")
    return {str(event["uid"]): {name.lower(): event.decoded(name) for name in event} for event in found}


def said(event: dict[str, Any]) -> str:
    """Return the first line of a description: what is due, whole; the second names the entries behind it."""
    return str(event["description"]).partition("\n")[0]


def lines(desk: Terminal) -> list[str]:
    """Return the content lines, unfolded by hand (RFC 5545, 3.1)."""
    return desk.run("engage remind").out.replace("\r\n ", "").split("\r\n")


DATES = {
    'engage agreed M1 "get-in plan" --due 2025-03-14': (
        "M1 due · northwind", 'northwind: M1 "get-in plan" is due', "2025-03-14 17:00"),
    'engage agreed O1 "keys" --due 2025-03-12 --owner sponsor': (
        "O1 of client · northwind", 'northwind: O1 "keys" is due of the client', "2025-03-12 17:00"),
    'engage bad-news "the hall is taken"': ("", "", ""),
    'engage record assumption-recorded --statement "the hall is free" --test-by 2025-03-10': (
        "test H1 · northwind", 'northwind: H1 "the hall is free" is to be tested', "2025-03-10 17:00"),
    "engage record cadence-agreed --cadence-id weekly --kind report --rrule FREQ=WEEKLY;BYDAY=FR"
    " --starts 2025-03-07T17:00 --calendar default": (
        "report weekly · northwind", "northwind: report weekly is due", "2025-03-07 17:00"),
}  # fmt: skip


@pytest.mark.parametrize(("line", "expected"), DATES.items())
def test_what_is_due_stands_in_the_calendar(desk: Terminal, line: str, expected: tuple[str, str, str]) -> None:
    desk.run(line)

    found = [(e["summary"], said(e), f"{e['dtstart']:%Y-%m-%d %H:%M}") for e in events(desk).values()]

    assert found == ([expected] if expected[0] else [])


def test_a_promised_answer_and_an_action_stand_in_it_too(desk: Terminal) -> None:
    desk.run('engage request sponsor "which cost centre?"')
    desk.run('engage answer R1 --promise "2025-03-06 12:00" --because "the bookkeeper is away"')
    desk.run('engage action "send it" --after R1 --due 2025-03-07')

    found = events(desk).values()

    assert [e["summary"] for e in found] == ["answer R1 · northwind", "A1 due · northwind"]
    assert [said(e) for e in found] == [
        "northwind: answer to R1 of Client sponsor is promised",
        'northwind: A1 "send it" is due',
    ]


def test_a_summary_has_room_in_the_view_of_a_month_however_long_the_names_are(desk: Terminal) -> None:
    desk.run("engage open northwind-theatre-move-to-the-new-house --account Northwind")
    desk.run('engage agreed northwind-theatre-move-to-the-new-house M1 "get-in plan" --due 2025-03-14')

    (event,) = events(desk).values()

    assert event["summary"] == "M1 due · northwind-theat…"
    assert said(event) == 'northwind-theatre-move-to-the-new-house: M1 "get-in plan" is due'


def test_where_the_thing_and_its_alias_have_no_room_the_thing_is_cut(desk: Terminal) -> None:
    desk.run(
        "engage record cadence-agreed --cadence-id quarterly --kind review --rrule FREQ=MONTHLY;INTERVAL=3;BYDAY=1TU"
        " --starts 2025-03-04T10:00 --calendar default"
    )

    assert {event["summary"] for event in events(desk).values()} == {"review quart… · northwind"}


def test_told_again_it_is_the_same_event_with_a_higher_sequence(desk: Terminal) -> None:
    desk.run('engage agreed M1 "get-in plan" --due 2025-03-14')
    (first,) = events(desk).items()
    desk.at("2025-03-04T09:00")
    desk.run("engage rescheduled M1 --to 2025-03-21 --agreed-by sponsor")

    (again,) = events(desk).items()

    assert (again[0], f"{again[1]['dtstart']:%d %b}") == (first[0], "21 Mar")
    assert again[1]["sequence"] > first[1]["sequence"]
    assert again[1]["last-modified"] > first[1]["last-modified"]


def test_what_is_over_before_its_time_is_struck_and_rings_no_bell(desk: Terminal) -> None:
    desk.run('engage agreed M1 "get-in plan" --due 2025-03-14')
    desk.run("engage delivered M1")

    said = lines(desk)

    assert "STATUS:CANCELLED" in said
    assert "BEGIN:VALARM" not in said


def test_nothing_of_it_tells_when_it_was_asked_for(desk: Terminal) -> None:
    desk.run('engage agreed M1 "get-in plan" --due 2025-03-14')
    first = desk.run("engage remind").out
    desk.at("2025-03-05T09:00")

    assert desk.run("engage remind").out == first


def test_what_stands_on_a_private_entry_is_left_out_unless_it_is_asked_for(desk: Terminal) -> None:
    desk.run('engage agreed M1 "get-in plan" --due 2025-03-14 --private')

    assert (len(events(desk)), len(events(desk, "--include-private"))) == (0, 1)


def test_what_is_private_changes_nothing_of_what_is_shared(desk: Terminal) -> None:
    desk.run('engage agreed M1 "get-in plan" --due 2025-03-14')
    before = desk.run("engage remind").out
    assert desk.run("engage delivered M1 --private").code == 0

    assert (desk.run("engage remind").out, events(desk, "--include-private").popitem()[1]["status"]) == (
        before,
        "CANCELLED",
    )


def test_what_is_privileged_is_left_out_though_it_is_marked_as_shared(desk: Terminal) -> None:
    line = {
        "type": "assumption-recorded",
        "subject": "engagement/northwind",
        "data": {"statement": "they may sue", "test_by": "2025-03-10"},
        "privileged": True,
        "visibility": "shared",
    }
    (desk.folder / "line.jsonl").write_text(json.dumps(line) + "\n")
    assert desk.run("engage record line.jsonl").code == 0

    assert (len(events(desk)), len(events(desk, "--include-private"))) == (0, 1)


def test_a_date_that_was_withdrawn_is_struck(desk: Terminal) -> None:
    desk.run('engage agreed M1 "get-in plan" --due 2025-03-14')
    (told,) = events(desk).items()
    desk.run('engage undo --because "agreed with somebody else"')

    (again,) = events(desk).items()

    assert (again[0], again[1]["status"], again[1]["sequence"] > told[1]["sequence"]) == (told[0], "CANCELLED", True)


def test_a_move_that_was_withdrawn_leaves_one_event_for_the_date_that_stands(desk: Terminal) -> None:
    desk.run('engage agreed M1 "get-in plan" --due 2025-03-14')
    desk.run("engage rescheduled M1 --to 2025-03-21 --agreed-by sponsor")
    desk.run("engage undo")

    said = desk.run("engage remind").out

    assert (said.count("BEGIN:VEVENT"), [f"{e['dtstart']:%d %b} {e['status']}" for e in events(desk).values()]) == (
        1,
        ["14 Mar CONFIRMED"],
    )


def test_a_calendar_of_its_own_is_written_over_and_nothing_else_is(desk: Terminal) -> None:
    (desk.folder / "own.txt").write_text("mine")
    ledger = (desk.folder / "ledger" / "ledger.db").read_bytes()

    codes = [desk.run(f"engage remind --to {to}").code for to in ("a.ics", "a.ics", "own.txt", "ledger/ledger.db", ".")]

    assert codes == [0, 0, 3, 3, 3]
    assert (desk.folder / "own.txt").read_text() == "mine"
    assert (desk.folder / "ledger" / "ledger.db").read_bytes() == ledger


def test_a_calendar_that_cannot_be_written_leaves_nothing_behind(
    desk: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)

    answer = desk.run("engage remind --to a.ics")

    assert (answer.code, "No space left on device" in answer.err) == (3, True)
    assert [path.name for path in desk.folder.glob("*a.ics*")] == []


HOSTILE = ("a;b,c\\nEND:VEVENT", "über " * 40, "x\u202egnp.exe")


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_of_somebody_else_stays_one_text(desk: Terminal, title: str) -> None:
    desk.engage(["agreed", "northwind", "M1", title, "--due", "2025-03-14"])

    said = desk.run("engage remind").out

    assert (len(events(desk)), said.count("BEGIN:VEVENT")) == (1, 1)
    assert max(len(line.encode()) for line in said.split("\r\n")) <= 75
    assert not any((ord(c) < 32 and c not in "\r\n") or c == "\u202e" for c in said)


def test_where_nothing_is_withheld_the_tables_say_what_folding_every_stream_says(desk: Terminal) -> None:
    for line in (*DATES, "engage undo", "engage slipped M1 --forecast 2025-04-01"):
        desk.run(line)
    now = "2025-03-20T10:00:00.000000Z"
    (ledger,) = desk.folder.rglob("ledger.db")

    with SqliteReader(str(ledger)) as reader, current(ledger, ledger.with_name("projections.db"), now) as tables:
        kept = {source.table: tables.rows(source.table, tombstones=True) for source in SOURCES}
        folded = list(reminders(made_of(reader, now), now))

    assert list(reminders(kept, now)) == folded
    assert len(folded) >= 4
