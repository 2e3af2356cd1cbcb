"""Whoever types a word wrongly is sent to the help of that word, never to that of all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from ledger_cli.words.catalogue import MODULES
from ledger_cli.words.group import engage

from tests.transcripts import Terminal

ALONE = {"action --done", "concern --raised", "concern --resolved", "export --jsonl"}
"""Options that may stand alone."""
CONTEXT = click.Context(engage, info_name="engage")


def wrong() -> Iterator[str]:
    """Yield every word with each of its options that takes a value and has none, and with an option it does not have."""
    for word in MODULES:
        command = engage.get_command(CONTEXT, word)
        assert command is not None
        yield f"{word} --no-such-option"
        for option in command.params:
            if isinstance(option, click.Option) and not option.is_flag and not option.count:
                yield from {f"{word} {name}" for name in option.opts} - ALONE


@pytest.mark.parametrize("words", [*wrong(), "record lesson-recorded --no-such-field", "record lesson-recorded --text"])
def test_a_word_typed_wrongly_is_answered_with_its_own_help(tmp_path: Path, words: str) -> None:
    answer = Terminal(tmp_path).run(f"engage {words}")

    assert answer.code == 2
    assert answer.err.split("\n")[1].startswith(f"  engage {words.split(maxsplit=1)[0]} ")


def test_an_option_of_all_words_is_answered_with_the_help_of_all(tmp_path: Path) -> None:
    assert Terminal(tmp_path).run("engage --ledger").err.endswith("\n  engage --help\n")
