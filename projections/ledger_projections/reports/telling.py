"""When what an entry says was told to the other side, and when that was acknowledged: events of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.events import CommunicationAcknowledged, NewsLearned, NewsReported, SlipForeseen, SlipReported
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ledger.events import Event
    from ledger.facts import Fact

    Facts = Sequence[Fact[Event]]


class Told(NamedTuple):
    """The first word that told something, and the first acknowledgement of any such word."""

    told: Fact[Event] | None
    acknowledged: Fact[Event] | None


def told_of(fact: Fact[Event], facts: Facts) -> Told:
    """Return when what *fact* says was told and acknowledged, by those of *facts*, as corrected, that stand."""
    words = [other for other in facts if not other.withdrawn and _tells(other.event, fact.event)]
    ids = {fact.entry.id, *(word.entry.id for word in words)}
    answers = (
        other
        for other in facts
        if not other.withdrawn
        and isinstance(other.event, CommunicationAcknowledged)
        and other.event.acknowledges in ids
    )
    return Told(_first(words), _first(answers))


def _tells(word: Event, what: Event) -> bool:
    match what, word:
        case SlipForeseen(slip_id=slip), SlipReported(slip_id=told):
            return slip == told
        case NewsLearned(news_id=news), NewsReported(news_id=told):
            return news == told
        case _:
            return False


def _first(facts: Iterable[Fact[Event]]) -> Fact[Event] | None:
    return min(facts, key=lambda fact: (fact.when, fact.entry.position), default=None)
