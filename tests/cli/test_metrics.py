"""`engage metrics` says the numbers of the stories, in words and to programs, and refuses what it does not know."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from ledger_cli.in_words.measured import measured
from ledger_projections.metrics import METRICS

from tests.transcripts import FOLDER, Terminal, play

if TYPE_CHECKING:
    from pathlib import Path

ST1 = {"lead_bd": 12, "lead_bh": 102.917, "slip_bd": 15}
ST5 = {"first_median_bh": 1.75, "first_p90_bh": 16, "resolution_median_bh": 4.5, "resolution_p90_bh": 16, "n": 6, "open": 0,
       "oldest_open_bh": None, "promises_kept": 1, "promises_n": 1}  # fmt: skip


def _told(folder: Path, story: str) -> Terminal:
    terminal = Terminal(folder)
    play(FOLDER / story, terminal)
    return terminal


@pytest.fixture(scope="module")
def northwind(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """Story ST1."""
    return _told(tmp_path_factory.mktemp("northwind"), "st1.txt")


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """Story ST5."""
    return _told(tmp_path_factory.mktemp("harbour"), "st5.txt")


def _rows(terminal: Terminal, command: str) -> list[dict[str, Any]]:
    answer = terminal.run(f"{command} --json")
    assert (answer.code, answer.err) == (0, "")
    rows: list[dict[str, Any]] = json.loads(answer.out)["rows"]
    return rows


def _values(rows: list[dict[str, Any]], subject: str = "") -> dict[str, object]:
    return {row["figure"]: row["value"] for row in rows if row["subject"] == subject}


@pytest.mark.parametrize(
    "command", ["engage metrics northwind", "engage table metrics --where engagement_alias=northwind"]
)
@pytest.mark.parametrize(
    ("known_on", "delay", "share"),
    [("--as-known-on 2025-06-30", 25.083, 0.804), ("", 43.75, 0.702), ("--as-known-on 2025-08-04", 43.75, 0.702)],
)
def test_st1_has_its_numbers(northwind: Terminal, command: str, known_on: str, delay: float, share: float) -> None:
    found = _values(_rows(northwind, f"{command} {known_on}"), "slip:S1")

    assert found == {**ST1, "delay_bh": delay, "share": share, "censored": 0}


def test_st5_has_its_numbers_before_the_clocks_change(harbour: Terminal) -> None:
    assert _values(_rows(harbour, "engage metrics harbour M06 --as-known-on 2025-08-29")) == ST5


def test_st5_counts_two_hours_across_the_change_of_the_clocks(harbour: Terminal) -> None:
    before, after = (
        _values(_rows(harbour, f"engage metrics M06 harbour --as-known-on {day}"))
        for day in ("2025-10-24", "2025-10-27")
    )

    assert [(found["n"], found["resolution_median_bh"]) for found in (before, after)] == [(6, 4.5), (7, 2.0)]


def test_json_jsonl_and_csv_hold_the_same_rows(northwind: Terminal) -> None:
    lines, sheet = (northwind.run(f"engage metrics northwind M01 --{way}").out for way in ("jsonl", "csv"))
    rows = _rows(northwind, "engage metrics northwind M01")

    assert [json.loads(line) for line in lines.splitlines()] == rows
    assert [(row["figure"], float(row["value"])) for row in csv.DictReader(io.StringIO(sheet))] == [
        (row["figure"], row["value"]) for row in rows
    ]


def test_a_figure_names_the_entries_behind_it(northwind: Terminal) -> None:
    (row, *_) = _rows(northwind, "engage metrics northwind M02")

    assert f"#{row['positions'][0]} #{row['positions'][1]}" in northwind.run("engage metrics northwind M02").out


def test_an_engagement_may_be_called_as_a_metric_is(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    for line in ("init --zone Europe/London", "open m02 --account Northwind", 'agreed m02 M1 "plan" --due 2025-02-03'):
        terminal.run(f"engage {line}")

    assert (terminal.run("engage metrics m02 M04").code, terminal.run("engage metrics M04 M05").code) == (0, 3)


@pytest.mark.parametrize("words", ["northwind m02", "m02 northwind", 'northwind "Disclosure delay"'])
def test_a_metric_is_named_by_its_id_or_its_title(northwind: Terminal, words: str) -> None:
    assert northwind.run(f"engage metrics {words}").out == northwind.run("engage metrics northwind M02").out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("northwind M77", 3, 'No metric "M77". Did you mean M17 or M07?'),
        ("northwind responce-time", 3, 'No metric "responce-time". Did you mean M06?'),
        ("nortwind", 3, 'No engagement "nortwind". Did you mean northwind?'),
        ("northwind M01 M02", 2, "One engagement and one metric: engage metrics [ENGAGEMENT] [METRIC]"),
        ("a b M01", 2, "One engagement and one metric: engage metrics [ENGAGEMENT] [METRIC]"),
    ],
)
def test_what_is_not_known_is_refused_with_what_is_near(northwind: Terminal, words: str, code: int, said: str) -> None:
    answer = northwind.run(f"engage metrics {words}")

    assert (answer.code, answer.err.partition("\n")[0]) == (code, said)


def test_every_formula_names_its_id_and_every_figure_says_what_it_means(northwind: Terminal) -> None:
    said = northwind.run("engage metrics --formulas").out
    rows = _rows(northwind, "engage metrics --formulas")

    assert all(re.search(rf"[( ]{row['metric']}[,;)]", said) for row in rows)
    assert all(row["practices"] and row["says"].endswith(".") for row in rows)
    assert {row["metric"] for row in rows} >= {f"M{number:02d}" for number in range(1, 23)}


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("engage metrics", "There is nothing to measure yet."),
        ("engage metrics --as-known-on 2020-01-01", "There was nothing to measure then."),
    ],
)
def test_where_nothing_is_recorded_nothing_is_measured(tmp_path: Path, command: str, said: str) -> None:
    terminal = Terminal(tmp_path)
    terminal.run("engage init --zone Europe/London")

    answer = terminal.run(command)

    assert (answer.code, answer.out, answer.err) == (0, "", f"{said}\n")


def _row(metric: str, figure: str, subject: str, value: float | None, unit: str, words: str = "") -> dict[str, Any]:
    return {"metric": metric, "figure": figure, "subject": subject, "value": value, "unit": unit, "words": words, "n": 4,
            "visibility": "shared", "positions": [7], "entries": ["an entry"], "engagement": None, "through": ""}  # fmt: skip


READ = {
    "all of four is not one of four": (
        [_row("M05", "delivered_by_in_force", "", 1, "of 1")], ("delivered by in force", "100 % · n 4 · #7")),
    "a chance is no share": ([_row("M12", "p", "", 0.042, "of 1")], ("p, one-sided", "0.042 · n 4 · #7")),
    "what is not censored is not said to be": (
        [_row("M02", "delay_bh", "slip:S1", 12, "business hours"), _row("M02", "censored", "slip:S1", 0, "yes or no")],
        ("slip S1", "delay 12 business hours · #7")),
    "a delay that goes on says so once": (
        [_row("M02", "delay_bh", "slip:S1", 12, "business hours", "not told yet: at least so long"),
         _row("M02", "censored", "slip:S1", 1, "yes or no")],
        ("slip S1", "delay 12 business hours · not told yet: at least so long · #7")),
    "a grade is named, a dispute only where there is one": (
        [_row("M19", "lag_hours", "an entry", 2, "hours"), _row("M19", "grade", "an entry", None, "", "A"),
         _row("M19", "after_dispute", "an entry", 1, "yes or no")],
        ("#7", "lag 2 hours · after dispute · grade A · #7")),
    "a gift is from somebody": (
        [_row("M20", "sum_minor", "contact:c3 to_us GBP", 11000, "minor units")],
        ("to us, buyer (c3)", "sum 110.00 GBP · #7")),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), READ.values(), ids=READ)
def test_figures_read_as_people_say_them(rows: list[dict[str, Any]], expected: tuple[str, str]) -> None:
    _, line = measured(rows, {metric.id: metric for metric in METRICS}, {}, people={"c3": "buyer"})

    assert (line.name, line.said) == expected


def test_of_all_engagements_the_worst_comes_first_and_those_without_are_left_out(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.at("2025-06-02T09:00")
    terminal.run("engage init --zone Europe/London --holidays GB-ENG")
    for name, forecast in (("harbour", "2025-06-13"), ("mill", "2025-07-11"), ("quay", ""), ("wharf", "2025-06-20")):
        terminal.run(f"engage open {name} --account {name}")
        terminal.run(f"engage agreed {name} M1 plan --due 2025-06-06" if forecast else "engage log")
        terminal.run(f"engage slipped {name} M1 --forecast {forecast}" if forecast else "engage log")

    said = terminal.run("engage metrics M04").out
    none = terminal.run("engage metrics M07").out

    assert re.findall(r"engagement (\w+)", said) == ["mill", "wharf", "harbour"]
    assert none == "Metrics as of Mon 2 Jun 2025 09:00.\n\nNothing to measure: M07 News parity\n"
