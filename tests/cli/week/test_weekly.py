"""The week of a director: what is so beside what was so seven days before, what got worse first, nothing private."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from ledger_cli.app import App

from tests.transcripts import Terminal

BEGIN = (
    "engage init --zone Europe/London",
    "engage open northwind --account Northwind",
    'engage person northwind "Client sponsor" --side client --level executive --may sign,accept',
    'engage agreed northwind M1 "get-in plan" --due 2025-03-28',
    "engage open harbour --account Harbour",
    'engage person harbour "Harbour master" --side client --level executive',
)


@pytest.fixture
def desk(tmp_path: Path) -> Terminal:
    desk = Terminal(tmp_path)
    desk.at("2025-03-03T09:00")
    desk.runs(*BEGIN)
    return desk


def week(desk: Terminal, options: str = "") -> dict[tuple[str, str], dict[str, Any]]:
    """Return the lines of the page by engagement and item."""
    rows = json.loads(desk.run(f"engage weekly --json {options}").out)["rows"]
    return {(row["engagement_alias"], row["item"]): row for row in rows}


def test_what_got_worse_is_said_with_what_was_so(desk: Terminal) -> None:
    desk.at("2025-03-12T10:00")
    desk.run("engage slipped northwind M1 --forecast 2025-04-11 --told sponsor")

    row = week(desk)["northwind", "slips"]

    assert (row["now"], row["week_before"], row["change"]) == ("1", "0", "worse")


def test_a_week_later_it_is_no_change_any_more(desk: Terminal) -> None:
    desk.at("2025-03-12T10:00")
    desk.run("engage slipped northwind M1 --forecast 2025-04-11 --told sponsor")
    desk.at("2025-03-19T10:01")

    assert week(desk)["northwind", "slips"]["change"] == ""


def test_what_got_better_is_said_too(desk: Terminal) -> None:
    desk.run('engage concern northwind --raised "The fee is too low." --to sponsor')
    desk.at("2025-03-12T10:00")
    desk.run('engage concern northwind --resolved C1 "We agreed."')

    assert week(desk)["northwind", "open concerns"]["change"] == "better"


def test_the_engagement_of_which_most_got_worse_stands_first(desk: Terminal) -> None:
    before = [name for name, _ in week(desk)]
    desk.at("2025-03-12T10:00")
    desk.run("engage slipped northwind M1 --forecast 2025-04-11 --told sponsor")

    after = [name for name, _ in week(desk)]

    assert (before[0], after[0]) == ("harbour", "northwind")


def test_the_page_of_a_past_moment_is_the_page_as_it_was(desk: Terminal) -> None:
    desk.at("2025-03-12T10:00")
    then = desk.run("engage weekly --csv").out
    desk.run("engage slipped northwind M1 --forecast 2025-04-11 --told sponsor --at 2025-03-11")
    desk.at("2025-04-01T10:00")

    assert desk.run("engage weekly --csv --as-known-on 2025-03-12T09:59").out == then


def test_the_first_days_there_are_have_no_week_before_them(desk: Terminal) -> None:
    said = [desk.run(f"engage weekly --as-known-on {day}") for day in ("0001-01-01T00:00", "0001-01-03")]

    assert [(answer.code, answer.err) for answer in said] == [(0, "")] * 2
    assert said[1].out.startswith("The week to Wed 3 Jan 1 23:59, against Mon 1 Jan 1 00:00: 0 open engagements")


def test_a_week_is_seven_days_to_the_microsecond_while_the_clock_goes_on(
    desk: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = (f"2025-03-12T10:00:{number // 10**6:02}.{number % 10**6:06}Z" for number in count())
    monkeypatch.setattr(App, "now", property(lambda app: next(times)))

    said = json.loads(desk.run("engage weekly --json").out)

    assert datetime.fromisoformat(said["as_of"]) - datetime.fromisoformat(said["week_before"]) == timedelta(days=7)


def test_what_is_private_reaches_no_director(desk: Terminal) -> None:
    desk.run('engage concern northwind --raised "Between us." --to sponsor --private')

    said = [
        week(desk, f"--reader {reader}")["northwind", "open concerns"]["now"] for reader in ("director", "consultant")
    ]

    assert said == ["0", "1"]


def test_a_closed_engagement_stands_on_the_page_of_the_week_it_was_closed_in_only(desk: Terminal) -> None:
    desk.at("2025-03-12T10:00")
    desk.run("engage close harbour --reason mutual")
    closing = {name for name, _ in week(desk)}
    desk.at("2025-03-20T10:00")

    assert (closing, {name for name, _ in week(desk)}) == ({"northwind", "harbour"}, {"northwind"})


def test_what_was_closed_in_the_week_is_not_counted_as_open(desk: Terminal) -> None:
    desk.at("2025-03-12T10:00")
    desk.run("engage close harbour --reason mutual")

    said = desk.run("engage weekly").out

    assert said.partition("\n")[0].endswith(": 1 open engagement and 1 closed, 0 of them got worse in something.")


def test_what_is_new_in_the_week_is_shown_and_not_said_to_be_as_it_was(desk: Terminal) -> None:
    first = desk.run("engage weekly").out
    desk.at("2025-03-12T10:00")

    assert ("northwind · new\n" in first, "Nothing changed" in first) == (True, False)
    assert desk.run("engage weekly").out.split("\n")[2] == "Nothing changed in 2: harbour, northwind"


def test_of_many_in_which_nothing_changed_some_are_named_and_the_others_counted(desk: Terminal) -> None:
    for number in range(19):
        desk.run(f"engage open more-{number:02} --account Northwind")
    desk.at("2025-03-12T10:00")

    (said,) = [line for line in desk.run("engage weekly").out.split("\n") if line.startswith("Nothing changed")]

    assert said.startswith("Nothing changed in 21: harbour, more-00, ")
    assert said.endswith(", more-10 and 9 more: engage weekly --all")


def test_one_engagement_may_be_asked_for_and_its_lines_are_those_of_the_whole_page(desk: Terminal) -> None:
    whole = {item: row for (name, item), row in week(desk).items() if name == "northwind"}

    assert {item: row for (_, item), row in week(desk, "northwind").items()} == whole


def test_in_a_spreadsheet_each_line_is_a_row(desk: Terminal) -> None:
    rows = list(csv.DictReader(io.StringIO(desk.run("engage weekly --csv").out)))

    assert {row["item"] for row in rows} >= {"state", "signed", "slips", "open concerns", "open disputes"}
    assert {row["change"] for row in rows} == {""}
