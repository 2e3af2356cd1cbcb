"""Whose word a moment of an entry is: that of whoever set it last; what each side said last of it stays its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from orjson import loads

from ledger.events import EntryCorrected

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.facts import Fact

Path = Literal["aware", "occurred"]


class Word(NamedTuple):
    """A moment, and what says so: the entry itself, or a correction of it; None where that takes the moment away."""

    moment: str | None
    by: Fact[Any]

    @property
    def party(self) -> str:
        """Whose it is."""
        return self.by.entry.party


def words_on(fact: Fact[Any], path: Path) -> Sequence[Word]:
    """Return what was said of the moment at *path*, the entry's own word first, each correction's after it."""
    words = [Word(fact.entry.text(path), fact)]
    for correction in fact.corrections:
        event: EntryCorrected = correction.event
        words += [
            Word(loads(change["after"]) if "after" in change else None, correction)
            for change in event.changes
            if change["path"] == path
        ]
    return words


def last_word(fact: Fact[Any], path: Path) -> Fact[Any]:
    """Return the entry that the moment at *path* which holds is the word of."""
    return words_on(fact, path)[-1].by


def last_words(fact: Fact[Any], path: Path) -> Mapping[str, Word]:
    """Return the last word of each side that said something of the moment at *path*."""
    return {word.party: word for word in words_on(fact, path)}
