"""Whose word a moment of an entry is, and what it said before a correction: what each side said of it stays its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from orjson import loads

from ledger.events import EntryCorrected
from ledger.facts import amend
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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


def said_before(history: Iterable[Fact[Any]], correction: Fact[EntryCorrected]) -> Fact[Any] | None:
    """Return what *correction* corrects as it stood then, of *history* as it was first recorded; None if it is not there."""
    target: Fact[Any] | None = None
    for fact in history:
        if fact.entry.position >= correction.entry.position:
            break
        if fact.entry.id == correction.event.entry:
            target = fact
        elif target and isinstance(event := fact.event, EntryCorrected) and event.entry == target.entry.id:
            target = amend(target, [*event.changes, *(event.text_changes or ())])
    return target


def value_at(fact: Fact[Any] | None, path: str) -> Any:  # noqa: ANN401 -- any JSON value
    """Return what *fact* says at *path*, as `aware` or `data.forecast`; None where it says nothing."""
    name = path.removeprefix("data.")
    return getattr(fact if name == path else fact and fact.event, name, None)
