"""Where talk is filed: with an engagement, or with the account of a client who has none yet (domain 3.3.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ledger.values import Stream
from ledger.values.named import NamedTuple
from ledger_cli.asking.about import filled_in, names_one, needed
from ledger_cli.asking.introducing import people
from ledger_cli.asking.missing import meant

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ledger.account import Account
    from ledger.engagement import Engagement
    from ledger_cli.app import App
    from ledger_cli.asking.missing import Need

on_account = click.option("--account", metavar="NAME", help="For a client without an engagement: their account.")


class Place(NamedTuple):
    """A stream that talk is filed in, what is so there, and the id of the account whose people are meant."""

    stream: Stream
    state: Engagement | Account
    account: str

    def people(self, app: App, names: Iterable[str]) -> list[str]:
        """Return the ids of the people called *names*."""
        return people(app, self.account, names)


def placed(app: App, words: Sequence[str], account: str | None, *needs: Need) -> tuple[Place, list[str]]:
    """Return where talk is filed, and what each of *needs* is: *words* begin with the engagement unless *account* is said."""
    if account is None:
        stream, state, answers = needed(app, words, *needs)
        return Place(stream, state, state.account), answers
    stream = Stream(meant(app, lambda name: app.names.stream("account", name), account))
    account_id = stream.partition("/")[2]
    client = app.names.account(account_id)
    return Place(stream, client, account_id), filled_in(app, client, words, *_worded(words, needs))


def several(said: Iterable[str]) -> list[str]:
    """Return the names in `sponsor,finance lead`."""
    return [name.strip() for text in said for name in text.split(",") if name.strip()]


def texted(prefix: str, words: Sequence[str]) -> tuple[Sequence[str], str | None]:
    """Return *words* up to the one that names a thing, such as `R7`, and the text behind it, if there is one."""
    if len(words) > 1 and names_thing(prefix, words[-2]):
        return words[:-1], words[-1]
    return words, None


def named_beside(app: App, letter: str, option: str, words: Sequence[str]) -> tuple[str | None, Sequence[str]]:
    """Return the thing that an option, or a word beside it, names, and the other *words*, the text of the option too.

    *letter* is what its id begins with; a word that an engagement is called by names no thing.
    """
    if option and names_thing(letter, option):
        return option, words
    number = None if option else next((at for at, word in enumerate(words) if is_thing(app, letter, word)), None)
    if number is not None:
        return words[number], [*words[:number], *words[number + 1 :]]
    return None, [*words, option] if option else words


def is_thing(app: App, letter: str, word: str) -> bool:
    """Return whether *word* is of the form of an id that begins with *letter*, and no engagement is called so."""
    return names_thing(letter, word) and not names_one(app, word)


def names_thing(prefix: str, word: str) -> bool:
    """Return whether *word* is of the form of an id with *prefix*: `R7`."""
    return word[:1].upper() == prefix and word[1:].isdigit()


def _worded(words: Sequence[str], needs: Sequence[Need]) -> list[Need]:
    """Return *needs* with *words* said for those that are words."""
    if len(words) > sum(need.worded for need in needs):
        raise click.UsageError('Too many words; put a text into "quotes", and say no engagement beside --account.')
    left = iter(words)
    return [need._replace(said=next(left, None)) if need.worded else need for need in needs]
