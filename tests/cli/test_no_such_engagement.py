"""What is said of an engagement that does not exist: whoever reads is shown which there are, and only a recording opens one."""

from __future__ import annotations

import pytest
from ledger_cli.words.catalogue import GROUPS

from tests.transcripts import FOLDER, Terminal, play

LISTED = "engage table engagement_status lists them."
READING = {
    "case": "case northwnd D1",
    "chronology": "chronology northwnd",
    "contemporaneity": "contemporaneity northwnd",
    "delays": "delays northwnd M2",
    "export": "export northwnd --jsonl",
    "letter": "letter northwnd",
    "log": "log northwnd",
    "metrics": "metrics northwnd",
    "notices": "notices northwnd",
    "remind": "remind northwnd",
    "replay": "replay northwnd --as-known-on 2025-06-30",
    "report": "report northwnd --html pages",
    "schedule": "schedule northwnd D1",
    "signals": "signals northwnd",
    "signatures": "signatures northwnd",
    "status": "status northwnd",
    "weekly": "weekly northwnd",
    "who-first": "who-first northwnd S1 S1",
    "who-knew": "who-knew northwnd S1",
}
"""Every word that reads of one engagement, with a name that is wrong."""
OF_NONE = {"table", "show", "verify-report", "practices", "types", "schema", "checkpoint", "verify", "prove"}
"""Words that read and are told no engagement."""
MOMENTS = ("How it goes", "Looking back", "In a dispute", "Looking it up")


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """Return a terminal at the end of the story of one slip."""
    terminal = Terminal(tmp_path_factory.mktemp("story"))
    play(FOLDER / "northwind.txt", terminal)
    return terminal


def test_every_word_that_reads_is_tried() -> None:
    assert {word for moment in MOMENTS for word in GROUPS[moment]} <= READING.keys() | OF_NONE


@pytest.mark.parametrize("line", READING.values(), ids=READING)
def test_whoever_reads_is_told_what_is_near_and_how_to_list_them(line: str, story: Terminal) -> None:
    answer = story.run(f"engage {line}")

    assert (answer.code, answer.out, answer.err) == (3, "", _said("northwnd", "Did you mean northwind?"))


@pytest.mark.parametrize("word", ["notices", "signatures"])
def test_whoever_reads_and_has_it_set_wrongly_is_told_the_same(word: str, story: Terminal) -> None:
    answer = story.run(f"ENGAGE_ENGAGEMENT=northwnd engage {word}")

    assert answer.err == _said("northwnd", "Did you mean northwind?")


def test_whoever_reads_a_letter_that_names_no_engagement_is_told_the_same(story: Terminal) -> None:
    (story.folder / "letter.toml").write_text('engagement = "northwnd"\n', encoding="utf-8")

    assert story.run("engage letter letter.toml").err == _said("northwnd", "Did you mean northwind?")


@pytest.mark.parametrize(
    "line",
    [
        "delivered northwnd M2",
        "agreed northwnd letter.toml",
        "report northwnd --no-change --to sponsor",
        "agreed northwnd --decline 2 --by client",
        "record slip-averted --on northwnd --slip-id S1",
    ],
)
def test_whoever_records_is_told_how_to_open_it(line: str, story: Terminal) -> None:
    (story.folder / "letter.toml").write_text("", encoding="utf-8")

    answer = story.run(f"engage {line}")

    assert answer.err.splitlines()[1:] == ["  engage open ALIAS --account NAME"]


def test_a_client_whom_nobody_knows_is_opened_with_an_engagement(story: Terminal) -> None:
    answer = story.run('engage contact --account northwind-theatr sponsor "the venue"')

    hint = 'No account "northwind-theatr". Did you mean northwind-theatre? Nothing was recorded.'
    assert answer.err.splitlines() == [hint, "  engage open ALIAS --account NAME"]


def _said(name: str, hint: str) -> str:
    return f'No engagement "{name}". {hint}\n  {LISTED}\n'
