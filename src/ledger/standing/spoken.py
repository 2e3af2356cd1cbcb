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

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from ledger.dialogue import Dialogue
    from ledger.facts import Fact
    from ledger.standing.known import Known

    Word = tuple[datetime, Fact[Any]]


def spoken(known: Known, state: Dialogue) -> list[Word]:
    """Return what we said to the client in the stream of *state*, with when it was, oldest first."""
    return known.once(("spoken", id(state)), lambda: _spoken(known, state))


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


def _spoken(known: Known, state: Dialogue) -> list[Word]:
    words = [(known.at(fact), fact.entry.position, fact) for fact in state.facts.values() if _ours(fact, state)]
    return [(when, fact) for when, _, fact in sorted(words)]


def _ours(fact: Fact[Any], state: Dialogue) -> bool:
    """Return whether *fact* is a word of ours of any substance; a review is held by both."""
    match fact.event:
        case StatusReportSent() | SlipReported() | NewsReported() | RequestSent():
            return fact.entry.party == "provider"
        case ContactMade() as event:
            return event.direction == "outbound" and event.substantive
        case RequestAnswered() | HoldingReplySent() as event:  # of what they asked: an answer to us is a word of theirs
            asked = state.requests.get(event.request_id, Request()).asked
            return asked is not None and isinstance(asked.event, RequestReceived)
        case event:
            return isinstance(event, ReviewHeld)
