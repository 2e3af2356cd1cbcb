"""What the reading commands answer, in the cases that no transcript shows."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
from pathlib import Path

import pytest
from ledger_cli.printing import output
from ledger_cli.printing.columns import cell_width, columns_of, fold, table
from ledger_projections.tables import READABLE

from tests.transcripts import FOLDER, Terminal, play


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """Return a terminal at the end of the story of one slip."""
    terminal = Terminal(tmp_path_factory.mktemp("story"))
    play(FOLDER / "northwind.txt", terminal)
    return terminal


def test_the_first_row_of_st4_is_the_slip_that_nobody_was_told_of(story: Terminal) -> None:
    answer = json.loads(story.run("engage status --json --as-known-on 2025-06-10T08:30").out)

    first = answer["needs"][0]
    told = {name: first[name] for name in ("urgency", "says", "also", "business_hours", "deadline", "positions")}
    assert told == {
        "urgency": "NOW",
        "says": "M2 slip S1 not told",
        "also": "due 27 Jun → 18 Jul",
        "business_hours": "16.000",
        "deadline": "2025-06-09T16:00:00.000000Z",
        "positions": [12, 16],
    }


@pytest.mark.parametrize(
    ("when", "says"),
    [
        ("2025-06-06T08:59", []),
        ("2025-06-10T08:30", ["M2 slip S1 not told"]),
        ("2025-06-11T12:00", ["M2 slip S1 reported, not acknowledged"]),
        ("2025-06-12T16:40:59", ["M2 slip S1 reported, not acknowledged"]),
        ("2025-06-12T17:00", []),
    ],
)
def test_a_slip_is_undisclosed_then_unacknowledged_then_gone(story: Terminal, when: str, says: list[str]) -> None:
    needs = json.loads(story.run(f"engage status --json --as-known-on {when}").out)["needs"]

    assert [need["says"] for need in needs if need["subject"] == "slip:S1"] == says


def test_the_difference_of_st1_names_who_changed_what_when_why_and_on_what_evidence(story: Terminal) -> None:
    changes = json.loads(story.run("engage replay northwind --as-known-on 2025-06-30 --diff --json").out)["changes"]

    knew = next(change for change in changes if change["field"] == "aware")
    (by,) = knew["changed_by"]
    named = (by["position"], by["recorded"], by["actor_name"], by["reason"], by["grade"], by["evidence"][0]["name"])
    assert named == (24, "2025-07-02T08:15:00.000000Z", "Delivery lead", "vendor e-mail found", "C", "vendor.eml")


def test_the_numbers_of_st1_are_those_of_its_day_and_those_of_today(story: Terminal) -> None:
    changes = json.loads(story.run("engage replay northwind --as-known-on 2025-06-30 --diff --json").out)["changes"]

    numbers = {change["field"]: (change["then"], change["now"]) for change in changes}
    assert {name: numbers[name] for name in ("delay_bh", "share", "lead_bd", "slip_bd")} == {
        "delay_bh": (25.083, 43.75),
        "share": (0.804, 0.702),
        "lead_bd": (12, 12),
        "slip_bd": (15, 15),
    }


@pytest.mark.parametrize("name", READABLE)
def test_every_table_prints_in_every_way_now_and_then(story: Terminal, name: str) -> None:
    ways = ("", "--json", "--jsonl", "--csv", "--as-known-on 2025-06-30", "--as-true-on 2025-06-30 --json")

    codes = [story.run(f"engage table {name} {way}").code for way in ways]

    assert codes == [0] * len(ways)


def test_json_jsonl_and_csv_hold_the_same_rows(story: Terminal) -> None:
    columns = "--columns slip,state,lead_bd,told_to,averted_at"
    document, lines, sheet = (
        story.run(f"engage table slips {columns} --{way}").out for way in ("json", "jsonl", "csv")
    )

    rows = [{k: "" if v is None else str(v) for k, v in row.items()} for row in json.loads(document)["rows"]]
    assert [json.loads(line) for line in lines.splitlines()] == json.loads(document)["rows"]
    assert list(csv.DictReader(io.StringIO(sheet))) == rows


def test_a_changed_entry_is_named_and_ends_with_exit_code_5(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    play(FOLDER / "northwind.txt", terminal)
    _change_entry(tmp_path / "ledger" / "ledger.db", 16)

    answer = terminal.run("engage verify")

    assert (answer.code, answer.out, answer.err.partition(":")[0], "#16" in answer.err) == (
        5,
        "",
        "Does not verify",
        True,
    )


def test_the_exact_bytes_of_an_entry_are_those_that_its_leaf_hashes(story: Terminal) -> None:
    from hashlib import sha256

    raw = story.run("engage show 16 --raw").out.encode()

    assert sha256(b"\0" + raw).hexdigest() == json.loads(story.run("engage show 16 --json").out)["leaf_hash"]


def test_a_ledger_of_another_zone_shows_its_own_time(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.run("engage init --zone Asia/Tokyo")
    terminal.at("2025-06-06T09:00")

    assert (
        terminal.run("engage policy --set floor=75").out == "Recorded #3  floor 80 → 75 of 100  (from Fri 6 Jun 2025)\n"
    )
    assert "Fri 6 Jun 17:00" in terminal.run("engage log").out


AHEAD = {
    "status": "status --as-known-on 2027-01-01",
    "a table": "table slips --as-known-on 2027-01-01",
    "metrics": "metrics northwind --as-known-on 2027-01-01",
    "the week": "weekly --as-known-on 2027-01-01",
    "replay": "replay northwind --as-known-on 2027-01-01",
    "the other side of a difference": "replay northwind --as-known-on 2025-06-30 --diff --with-known-on 2027-01-01",
    "a report": "chronology northwind --as-known-on 2027-01-01",
}


@pytest.mark.parametrize("words", AHEAD.values(), ids=AHEAD)
def test_nobody_is_told_what_will_be_known(story: Terminal, words: str) -> None:
    answer = story.run(f"engage {words}")

    assert (answer.code, answer.out) == (3, "")
    assert "lies in the future" in answer.err


@pytest.fixture
def eighty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make everything be printed as on a terminal of 80 columns."""
    monkeypatch.setattr(output, "_to_terminal", lambda: True)
    monkeypatch.setattr("os.get_terminal_size", lambda: os.terminal_size((80, 24)))
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.mark.usefixtures("eighty")
@pytest.mark.parametrize(
    "words",
    [
        "status --as-known-on 2025-06-10T08:30",
        "log northwind",
        "replay northwind --as-known-on 2025-06-30",
        "replay northwind --as-known-on 2025-06-30 --diff",
        "replay northwind --step",
        "table slips",
        "table",
    ],
)
def test_a_narrow_terminal_folds_every_line(story: Terminal, words: str) -> None:
    lines = story.run(f"engage {words}").out.splitlines()

    assert [line for line in lines if cell_width(line) > 80] == []


FOLDED = {
    "it fits": ("one two", 7, ["one two"]),
    "at a space": ("one two", 6, ["one", "two"]),
    "where there is none": ("abcdef", 4, ["abcd", "ef"]),
    "wide characters take two": ("東京東京", 4, ["東京", "東京"]),
    "broken already": ("one\ntwo", 20, ["one", "two"]),
    "nothing": ("", 5, [""]),
}


@pytest.mark.parametrize(("text", "width", "lines"), FOLDED.values(), ids=FOLDED)
def test_text_folds(text: str, width: int, lines: list[str]) -> None:
    assert fold(text, width) == lines


def test_columns_stand_under_their_headings_whatever_the_script() -> None:
    assert table([["東京", "1"], ["a", "2"]], ["name", "n"], None) == ["name  n", "東京  1", "a     2"]


def test_too_many_columns_become_one_record_a_row() -> None:
    lines = table([["x" * 20] * 6], [f"c{number}" for number in range(6)], 40)

    assert lines == [f"c{number}  {'x' * 20}" for number in range(6)]


def test_a_row_of_folded_cells_is_as_high_as_its_highest() -> None:
    assert columns_of(("a", "b c"), (1, 1)) == ["a  b", "   c"]


def test_no_column_is_narrower_than_its_heading() -> None:
    row = ("fernbank-foods-limited", "feedback of two people in May")

    assert table([row], ("engagement_alias", "source"), 30)[0] == "engagement_alias  source"
    assert table([row], ("engagement_alias", "source"), 24)[0] == "engagement_alias  fernbank"


def test_the_room_that_a_folded_column_leaves_goes_to_the_one_that_lacks_most() -> None:
    said = "weekly report sent to the managing director and to the head of operations"

    lines = table([("Thu 26 Jun 2025 12:15", said)], ("recorded", "what"), 40)

    assert lines[1] == "Thu 26 Jun 2025  weekly report sent to"
    assert max(map(len, lines)) <= 40


def _change_entry(path: Path, position: int) -> None:
    """Do what the owner of the machine can: lift the triggers, change a forecast in the bytes, put the triggers back."""
    db = sqlite3.connect(path)
    triggers = db.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'entries'"
    ).fetchall()
    for name, _ in triggers:
        db.execute(f"DROP TRIGGER {name}")
    (raw,) = db.execute("SELECT entry FROM entries WHERE position = ?", (position,)).fetchone()
    changed = raw.replace(b"2025-07-18", b"2025-07-11")
    db.execute("UPDATE entries SET entry = ? WHERE position = ?", (changed, position))
    for _, sql in triggers:
        db.execute(sql)
    db.commit()
    db.close()


def test_a_rebuild_under_a_moving_clock_names_what_was_tampered_with_and_mends_it(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    play(FOLDER / "northwind.txt", terminal)
    terminal.at("2025-08-05T09:00")
    terminal.run("engage status")
    (path,) = tmp_path.rglob("projections.db")
    with sqlite3.connect(path) as db:
        db.execute("UPDATE entries SET what = 'HACK' WHERE position = 12")
    db.close()

    terminal.at("2025-08-05T09:01")
    found = terminal.run("engage projections rebuild")
    terminal.at("2025-08-05T09:02")
    mended = terminal.run("engage projections rebuild")

    assert (found.code, "position 12: what was 'HACK', is " in found.err) == (1, True)
    assert (mended.code, "Nothing differed" in mended.out) == (0, True)


def test_tables_that_are_a_folder_are_refused_with_what_to_do(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.run("engage init --zone Europe/London")
    (path,) = tmp_path.rglob("ledger.db")
    for old in path.parent.glob("projections.db*"):
        old.unlink()
    (path.parent / "projections.db").mkdir()

    answer = terminal.run("engage status")

    assert (answer.code, "Move it away" in answer.err) == (7, True)


def test_the_log_shows_a_corrected_field_under_its_first_value(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    play(FOLDER / "northwind.txt", terminal)
    terminal.run("engage correct 12 --set due=2025-07-04 --because misread")

    lines = terminal.run("engage log northwind --type milestone-agreed").out.splitlines()

    assert 'M2 "dress rehearsal" agreed, due 27 Jun' in lines[1]
    assert lines[2].strip() == "→ due 27 Jun → 4 Jul"
    assert "#12 shows its first value and, under it, what holds now" in lines[-1]


@pytest.mark.parametrize(
    ("now", "by"), [("2025-01-02T16:00", "by Mon 6 Jan 16:00."), ("2072-12-30T16:00", "by Tue 3 Jan 2073 16:00.")]
)
def test_a_notice_due_in_another_year_is_said_with_its_year(now: str, by: str, tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.at(now)
    terminal.runs(
        "engage init --zone Europe/London",
        "engage open northwind --account Northwind",
        'engage agreed M2 "dress rehearsal" --due 2073-06-27',
    )

    assert by in terminal.run("engage slipped M2 --forecast 2073-07-18").out


TWO_UNDONE = (
    ("2025-08-05T09:00", 'engage agreed northwind M3 "first night" --due 2025-09-12 --version 2'),
    ("2025-08-06T09:00", "engage slipped northwind M3 --forecast 2025-10-10"),
    ("2025-09-02T09:00", "engage undo --entry 23 --because 'not signed after all'"),
    ("2025-09-02T10:00", "engage undo --entry 27 --because 'no slip'"),
)
IMPORTED = """\
{"type": "milestone-agreed", "subject": "engagement/quay", "occurred": "2025-03-02", "claimedtime": "2025-03-02", \
"data": {"milestone_id": "M1", "due": "2025-09-30", "title": "Walls"}}
"""


def test_imports_that_claim_to_be_known_before_the_engagement_was_opened_are_told(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.at("2025-06-06T09:00")
    (tmp_path / "old.jsonl").write_text(IMPORTED, encoding="utf-8")
    terminal.runs(
        "engage init --zone Europe/London", "engage open quay --account Acme", "engage import jsonl old.jsonl"
    )

    told = terminal.run("engage replay quay --as-known-on 2025-04-01 --trust-claimed").lines
    untrusted = terminal.run("engage replay quay --as-known-on 2025-04-01").lines
    earlier = terminal.run("engage replay quay --as-known-on 2025-01-01 --trust-claimed").lines

    assert told[3:] == [
        "It was opened in this ledger only on Fri 6 Jun 2025 09:00.",
        "1 imported entry claims to have been known then:",
        "entry  claimed  what",
        '#5     2 Mar    M1 "Walls" agreed, due 30 Sep',
    ]
    assert untrusted[3:] == ["Nothing was known of it then."]
    assert earlier[3:] == ["Nothing was known of it then."]


def test_a_change_is_put_down_to_the_correction_that_made_it_and_to_no_other(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    play(FOLDER / "northwind.txt", terminal)
    terminal.lives(TWO_UNDONE)
    terminal.at("2025-09-05T09:00")
    changes = json.loads(terminal.run("engage replay northwind --as-known-on 2025-09-01 --diff --json").out)["changes"]

    by = {(c["subject"], c["field"]): [b["position"] for b in c["changed_by"]] for c in changes if c["changed"]}
    assert by["Agreement v2", "state"] == by["Milestone M3", "state"] == [28]
    assert by["Slip S2 of M3", "aware"] == [29]
    assert by["Slip S2 of M3", "state"] == []


def test_the_dictionary_knows_the_tables_that_are_made_when_they_are_asked_for(story: Terminal) -> None:
    said = json.loads(story.run("engage table data_dictionary --where table_name=metrics --json").out)["rows"]

    assert [row["type"] for row in said if row["column_name"] in {"metric", "value", "n"}] == [
        "text",
        "number",
        "integer",
    ]
