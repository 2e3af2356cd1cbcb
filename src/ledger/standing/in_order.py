"""What was so when, oldest first, kept in that order as it comes."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from ledger.facts import Fact

    Word = tuple[datetime, Fact[Any]]
    """When something was so, and what says it."""


def insert(words: list[Word], word: Word) -> None:
    """Put *word* where it belongs among *words*: by its time, then by the order of the log; nothing if it is there."""
    place = _place(word)
    if not words or _place(words[-1]) < place:
        words.append(word)  # as nearly always
        return
    at = bisect_left(words, place, key=_place)
    if _place(words[at]) != place:
        words.insert(at, word)


def _place(word: Word) -> tuple[datetime, int]:
    return word[0], word[1].entry.position
