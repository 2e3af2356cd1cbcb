"""The help of every word, and of every word under it, shows how it is typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest
from ledger_cli.words.catalogue import GROUPS, MODULES
from ledger_cli.words.group import engage


def words(command: click.Command, above: click.Context | None = None) -> Iterator[click.Context]:
    """Yield each word under *command*, and those under them."""
    here = click.Context(command, parent=above, info_name=command.name)
    if above is not None:
        yield here
    if isinstance(command, click.Group):
        for name in command.list_commands(here):
            below = command.get_command(here, name)
            assert below is not None
            yield from words(below, here)


@pytest.mark.parametrize("word", [*words(engage)], ids=lambda word: word.command_path)
def test_the_help_of_a_word_shows_it_typed_on_a_line_of_its_own(word: click.Context) -> None:
    text = word.command.get_help(word)
    shown = text.partition("Usage:")[2]

    assert re.search(rf"^ +(.*\| )?{re.escape(word.command_path)}\b", shown, re.MULTILINE)
    assert "\b" not in text
    assert r"\b" not in text


def test_eight_words_are_enough_for_a_first_week_and_every_word_has_its_moment() -> None:
    assert len(GROUPS["A first week"]) == 8
    assert sorted(word for words in GROUPS.values() for word in words) == sorted(MODULES)
