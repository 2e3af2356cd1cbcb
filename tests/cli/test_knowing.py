"""who-knew, who-first and notices through the real command: the numbers of ST1, hostile words, privacy, near misses."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.stories.test_st1 import told
from tests.transcripts import Terminal
from tests.views import london

HOSTILE = "\x1b[31mred\x1b[0m \u202eturned\u2066 \r gone"
HARMFUL = {"\x1b", "\u202e", "\u2066", "\r"}
REPORTS = (
    "engage who-knew northwind S1",
    "engage who-knew northwind M2 --as-known-on 2025-06-30",
    "engage who-knew S1 --on 2025-06-11",
    "engage who-first northwind S1 v2",
    "engage notices northwind",
    "engage notices northwind --as-known-on 2025-06-10T08:30",
)


@pytest.fixture(scope="module")
def st1(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """The ledger of story ST1, to be read."""
    return told(tmp_path_factory.mktemp("st1"))


def asked(terminal: Terminal, command: str) -> Any:
    answer = terminal.run(f"{command} --json")
    assert (answer.code, answer.err) == (0, ""), answer.err
    return json.loads(answer.out)["sections"]


NOW = {"aware": london("2025-06-03T14:20"), "deadline": london("2025-06-05T14:20"), "taken_bh": "43.750",
       "late_bh": "27.750", "late_hours": "139.750"}  # fmt: skip
THEN = {"aware": london("2025-06-06T09:00"), "deadline": london("2025-06-09T17:00"), "taken_bh": "25.083",
        "late_bh": "9.083", "late_hours": "41.083"}  # fmt: skip


@pytest.mark.parametrize(("when", "expected"), [("", NOW), (" --as-known-on 2025-06-30", THEN)], ids=["now", "then"])
def test_the_notice_of_st1_was_late_then_and_is_later_now(st1: Terminal, when: str, expected: dict[str, str]) -> None:
    (row,) = asked(st1, f"engage notices northwind{when}")[0]["rows"]

    found = {name: row["values"][name] for name in (*expected, "state", "version", "kept", "given_at")}

    assert found == {**expected, "state": "late", "version": 1, "kept": False, "given_at": london("2025-06-11T10:05")}


def test_the_table_of_notices_says_the_same_as_the_report(st1: Terminal) -> None:
    (row,) = json.loads(st1.run("engage table notices --json").out)["rows"]

    assert {name: row[name] for name in ("aware", "deadline")} == {name: NOW[name] for name in ("aware", "deadline")}
    assert {name: row[name] for name in ("taken_bh", "late_bh", "late_hours")} == {
        "taken_bh": 43.75, "late_bh": 27.75, "late_hours": 139.75}  # fmt: skip


WHEN = {"now": ("", "2025-06-03T14:20"), "then": (" --as-known-on 2025-06-30", "2025-06-06T09:00")}


@pytest.mark.parametrize(("when", "aware"), WHEN.values(), ids=WHEN)
def test_who_knew_of_the_slip_of_st1(st1: Terminal, when: str, aware: str) -> None:
    rows = asked(st1, f"engage who-knew northwind S1{when}")[0]["rows"]

    said = {row["cells"]["Who"]: {n: row["values"].get(n) for n in ("aware", "told", "acknowledged")} for row in rows}

    acknowledged = london("2025-06-12T16:40")
    theirs = {"aware": acknowledged, "told": london("2025-06-11T10:05"), "acknowledged": acknowledged}
    ours = {"aware": london(aware), "told": None, "acknowledged": None}
    assert said == {"we": ours, "the client": theirs, "client sponsor": theirs}


BY = {
    "2025-06-03T14:19": ["no", "no", "no"],
    "2025-06-03T14:20": ["yes", "no", "no"],
    "2025-06-12T16:39": ["yes", "no", "no"],
    "2025-06-12": ["yes", "yes", "yes"],
}


@pytest.mark.parametrize(("until", "expected"), BY.items(), ids=BY)
def test_who_knew_by(st1: Terminal, until: str, expected: list[str]) -> None:
    rows = asked(st1, f"engage who-knew northwind S1 --on {until}")[0]["rows"]

    assert [row["values"]["knew_by"] for row in rows] == expected


def test_the_slip_came_first_by_every_clock_that_has_both(st1: Terminal) -> None:
    (section, *_) = asked(st1, "engage who-first northwind S1 v2")

    verdicts = {row["values"]["clock"]: row["values"]["verdict"] for row in section["rows"]}

    assert verdicts == {
        "happened": "only second", "known to us": "first", "known to the client": "first", "told": "first",
        "acknowledged": "first", "recorded": "first"}  # fmt: skip


@pytest.mark.parametrize("command", REPORTS)
def test_every_line_points_to_entries_that_are_listed_with_id_and_hash(st1: Terminal, command: str) -> None:
    *sections, cited = asked(st1, command)
    listed = {row["entries"][0] for row in cited["rows"] if row["values"]["id"] and row["values"]["leaf_hash"]}

    pointed = {position for section in sections for row in section["rows"] for position in row["entries"]}

    assert pointed
    assert pointed <= listed


@pytest.mark.parametrize("command", REPORTS)
def test_a_report_is_made_again_to_the_byte(st1: Terminal, command: str) -> None:
    (st1.folder / "report.json").write_text(st1.run(f"{command} --json").out, "utf-8")

    assert st1.run("engage verify-report report.json").code == 0


MISSES = {
    "engage who-knew northwind S9": 'No slip "S9".\n  There are: S1.',
    "engage who-knew northwind N1": 'No news "N1".\n  This engagement has no news yet.\n',
    "engage who-knew northwnd S1": 'No engagement "northwnd". Did you mean northwind?',
    "engage who-knew northwind nonsense": '"nonsense" names nothing.\n  Write M2, S1',
    "engage who-knew northwind '#99'": 'No entry "#99".',
    "engage who-knew northwind '#1'": "No entry of this engagement",
    "engage who-first northwind S1 S9": 'No slip "S9".',
    "engage who-knew northwind S1 --as-known-on 2025-06-01": 'No slip "S1".',
}


@pytest.mark.parametrize(("command", "message"), MISSES.items(), ids=MISSES)
def test_what_names_nothing_is_refused_with_what_there_is(st1: Terminal, command: str, message: str) -> None:
    answer = st1.run(command)

    assert (answer.code, answer.out, answer.err[: len(message)]) == (3, "", message)


@pytest.fixture(scope="module")
def slipping(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """A ledger in which something was told in hostile words, and something is private, to be read."""
    terminal = Terminal(tmp_path_factory.mktemp("slipping"))
    terminal.at("2025-06-05T09:30")
    for words in (
        ("init", "--zone", "Europe/London"),
        ("open", "northwind", "--account", "Northwind Theatre"),
        ("person", "client sponsor", "--side", "client", "--level", "executive", "--may", "sign,receive_notice"),
        ("agreed", "M2", "rehearsal \u202eturned\u2066", "--due", "2025-06-27"),
        ("slipped", "M2", "--forecast", "2025-07-18", "--because", HOSTILE),
        ("told", "S1", "sponsor", "--impact", HOSTILE),
        ("bad-news", HOSTILE),
        ("concern", HOSTILE, "--topic", "delivery"),
    ):
        answer = terminal.engage(words)
        assert answer.code == 0, answer.err
    return terminal


@pytest.mark.parametrize("words", [("who-knew", "S1"), ("who-knew", "N1"), ("who-first", "S1", "N1"), ("notices",)])
@pytest.mark.parametrize("form", [(), ("--json",)], ids=["text", "json"])
def test_no_hostile_text_reaches_the_terminal(
    slipping: Terminal, words: tuple[str, ...], form: tuple[str, ...]
) -> None:
    answer = slipping.engage((*words, *form))

    assert (answer.code, set(answer.out) & HARMFUL) == (0, set())


def test_the_words_that_they_were_told_in_are_shown(slipping: Terminal) -> None:
    told_in = next(line for line in slipping.run("engage who-knew S1 --csv").out.splitlines() if ",was told," in line)

    assert r'told client sponsor of S1 · ""\x1b[31mred' in told_in


def test_words_of_an_entry_that_is_private_are_not_shown_unless_asked_for(slipping: Terminal) -> None:
    hidden, shown = (slipping.run(f"engage who-knew C1{more}") for more in ("", " --private"))

    assert (hidden.code, "--private shows it" in hidden.err, "turned" in hidden.out + hidden.err) == (3, True, False)
    assert (shown.code, "turned" in shown.out) == (0, True)


def test_a_sponsor_who_may_receive_notice_was_reached(slipping: Terminal) -> None:
    (row,) = asked(slipping, "engage notices")[0]["rows"]

    assert (row["values"]["reached_holder"], row["cells"]["To"]) == (True, "to client sponsor, who may receive notice")
