"""Words that mean two things, words typed in haste, and words that say nothing."""

from pathlib import Path

import pytest

from tests.transcripts import Terminal


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """A ledger whose engagement begins with the letter of an obligation."""
    terminal = Terminal(tmp_path)
    for words in ("init", "open oxford --account acme", "agreed M2 pilot --due 2025-02-03"):
        assert terminal.run(f"engage {words}").code == 0
    return terminal


@pytest.mark.parametrize("words", ["delivered oxford", "slipped oxford --forecast 2025-02-10"])
def test_an_engagement_that_begins_with_o_is_no_obligation(terminal: Terminal, words: str) -> None:
    answer = terminal.run(f"engage {words}")

    assert (answer.code, "oxford MILESTONE" in answer.err) == (2, True)


def test_a_promise_may_be_typed_in_small_letters(terminal: Terminal) -> None:
    assert 'M3 "opening" agreed' in terminal.run("engage agreed m3 opening --due 2025-03-03").out


def test_an_engagement_called_like_a_promise_is_an_engagement(terminal: Terminal) -> None:
    terminal.run("engage open o2 --account acme")
    terminal.run("engage agreed --template > letter.toml")

    assert "agreement v1" in terminal.run("engage agreed o2 letter.toml").out


def test_what_a_letter_says_itself_is_not_said_beside_it(terminal: Terminal) -> None:
    terminal.run("engage agreed --template > letter.toml")

    answer = terminal.run("engage agreed oxford letter.toml --due 2025-03-03")

    assert (answer.code, "A whole letter takes no --due." in answer.err) == (2, True)


def test_a_thing_in_the_place_of_an_engagement_is_a_word_too_many(terminal: Terminal) -> None:
    answer = terminal.run("engage rescheduled M2 2025-03-03")

    assert (answer.code, "M2 is no engagement" in answer.err) == (2, True)
    assert "engage open" not in answer.err


@pytest.mark.parametrize("words", ["foo", "oxford --dry-run", "--due 2025-03-03"])
def test_nothing_stands_beside_a_template(terminal: Terminal, words: str) -> None:
    answer = terminal.run(f"engage agreed --template {words}")

    assert (answer.code, answer.out, answer.err.startswith("--template takes no ")) == (2, "", True)


@pytest.mark.parametrize(
    "words",
    ["--done A1", "A1 --done", "oxford A1 --done", "oxford --done A1", "a1 --done --outcome sent", "--done a1 oxford"],
)
def test_an_action_is_named_before_the_option_or_behind_it(terminal: Terminal, words: str) -> None:
    terminal.run("engage person oxford Dean --side client --level executive")
    terminal.run('engage request oxford dean "When?"')
    terminal.run('engage action oxford "Name the day." --after R1 --due 2025-02-03')

    assert "A1" in terminal.run(f"engage action {words}").out


def test_whoever_names_no_action_is_asked_for_one(terminal: Terminal) -> None:
    assert "Which action?" in terminal.run("engage action oxford --done").err
