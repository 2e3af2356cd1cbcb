"""What SQLite writes of the rows of `status --json` is what Python writes of them, letter by letter."""

from __future__ import annotations

import json

import pytest
from ledger_cli.printing.safe import hidden

from tests.transcripts import FOLDER, Terminal, play

NOW = "2025-08-05T09:00"
HOSTILE = (
    'the "hall" \\ is shut',
    "déjà 東京 👩\u200d👧",
    "gone \x7f \u202egnp.exe \U000e0001",
    "a/b <c> & {d}",
)


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """Return a terminal with the story of Northwind, and bad news in words that JSON and a terminal may stumble over."""
    terminal = Terminal(tmp_path_factory.mktemp("rows"))
    play(FOLDER / "northwind.txt", terminal)
    terminal.at(NOW)
    for words in HOSTILE:
        assert terminal.engage(["bad-news", "northwind", words, "--aware", "2025-08-04T08:30"]).code == 0
    return terminal


@pytest.mark.parametrize("words", ["status --json", "status northwind --json", "status --jsonl"])
def test_rows_of_now_are_written_as_those_of_the_past_are(terminal: Terminal, words: str) -> None:
    now, past = (terminal.run(f"engage {words}{asked}").out for asked in ("", f" --as-known-on {NOW}"))

    rows = [line.rstrip(",") for line in now.splitlines() if '"urgency"' in line]
    assert rows == [line.rstrip(",") for line in past.splitlines() if '"urgency"' in line]
    assert len(rows) > len(HOSTILE)


def test_they_say_what_was_recorded_and_nothing_that_a_terminal_obeys(terminal: Terminal) -> None:
    out = terminal.run("engage status --json").out

    said = {need["also"] for need in json.loads(out)["needs"]}
    assert {f'"{words}"' for words in HOSTILE} <= said
    assert not any(map(hidden, out.replace("\n", "")))


def test_what_stands_is_counted_as_signals_names_it(terminal: Terminal) -> None:
    stands = json.loads(terminal.run("engage status --json").out)["standing"]
    named = json.loads(terminal.run("engage signals --json").out)["rows"]

    counted = {(each["signal"], each["subject"]): each["n"] for each in stands}
    assert counted == {
        (row["signal"], row["subject"]): len(row["positions"])
        for row in named
        if (row["signal"], row["subject"]) in counted
    }
    assert counted
