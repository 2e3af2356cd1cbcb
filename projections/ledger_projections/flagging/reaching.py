"""Which flags an entry can change beside those on the thing it is about: a flag may stand on more than one entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.events import (
    FeedbackGiven,
    FeedbackReceived,
    MilestoneJudged,
    NewsVerified,
    ObligationFulfilled,
    ReviewHeld,
    SelfAssessed,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ledger.facts import Fact
    from ledger.standing import Known

AT_THE_CLOSE = (FeedbackGiven, FeedbackReceived, ObligationFulfilled, SelfAssessed)
"""What may come after the close, and still be missing at it."""


def reached(fact: Fact[Any], known: Known, talk: str) -> Iterator[str]:
    """Yield the things whose flags *fact* can change; *talk* stands for the engagement as a whole."""
    event = fact.event
    if isinstance(event, AT_THE_CLOSE) and known.engagement.closed is not None:
        yield talk
    if isinstance(event, FeedbackReceived | SelfAssessed):  # one may be unsealed by the other
        yield from (f"entry:{assessed.entry.id}" for assessed in known.engagement.assessed)
    if isinstance(event, NewsVerified):
        yield from (f"action:{action_id}" for action_id in known.engagement.actions)
    if isinstance(event, MilestoneJudged):
        yield from _gifts(known, [event.by])
    if isinstance(event, ReviewHeld):
        yield from _gifts(known, event.attendees)


def _gifts(known: Known, contacts: Iterable[str]) -> Iterator[str]:
    near = {*contacts}
    yield from (f"gift:{name}" for name, gift in known.account.gifts.items() if gift.event.counterpart in near)
