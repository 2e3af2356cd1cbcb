"""What we said to the client: all that breaks a silence of ours (M10, domain 3.3.7)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Any

from ledger.dialogue import Request
from ledger.events import (
    ContactMade,
    HoldingReplySent,
    NewsReported,
    RequestAnswered,
    RequestReceived,
    RequestSent,
    ReviewHeld,
    SlipReported,
    StatusReportSent,
)
from ledger.standing.in_order import insert

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from ledger.dialogue import Dialogue
    from ledger.facts import Fact
    from ledger.standing.in_order import Word
    from ledger.standing.known import Known


class Words:
    """What we said to the client, oldest first."""

    def __init__(self) -> None:
        self.said: list[Word] = []

    def put(self, known: Known, state: Dialogue, fact: Fact[Any]) -> None:
        """Take what *fact* makes a word of ours."""
        for word in _ours(fact, state):
            insert(self.said, (known.at(word), word))


def spoken(known: Known, state: Dialogue) -> Sequence[Word]:
    """Return what we said to the client in the stream of *state*, with when it was, oldest first."""
    return known.filed(Words, state).said


def last_until(words: Sequence[Word], when: datetime) -> Word | None:
    """Return the last of *words*, oldest first, not later than *when*."""
    at = bisect_right(words, when, key=lambda word: word[0])
    return words[at - 1] if at else None


def first_after(words: Sequence[Word], when: datetime) -> Word | None:
    """Return the first of *words*, oldest first, later than *when*."""
    at = bisect_right(words, when, key=lambda word: word[0])
    return words[at] if at < len(words) else None


def said_at(words: Sequence[Word], when: datetime | None) -> Iterator[Fact[Any]]:
    """Yield those of *words*, oldest first, that were said at *when*."""
    at = bisect_left(words, when, key=lambda word: word[0]) if when else len(words)
    yield from (fact for _, fact in takewhile(lambda word: word[0] == when, islice(words, at, None)))


def _ours(fact: Fact[Any], state: Dialogue) -> Sequence[Fact[Any]]:
    """Return the words of ours of any substance that *fact* is, or makes so; a review is held by both."""
    match fact.event:
        case StatusReportSent() | SlipReported() | NewsReported() | RequestSent():
            return [fact] if fact.entry.party == "provider" else ()
        case ContactMade() as event:
            return [fact] if event.direction == "outbound" and event.substantive else ()
        case RequestAnswered() | HoldingReplySent() as event:  # of what they asked: an answer to us is a word of theirs
            asked = state.requests.get(event.request_id, Request()).asked
            return [fact] if asked is not None and isinstance(asked.event, RequestReceived) else ()
        case RequestReceived() as event:  # what answers it may have been recorded before
            request = state.requests[event.request_id]
            return [*request.held, *([request.answered] if request.answered else ())]
        case event:
            return [fact] if isinstance(event, ReviewHeld) else ()
