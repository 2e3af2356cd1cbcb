"""Recorded times put right where the clock that wrote them was wrong (design 2.4).

The bytes keep what was written; whoever asks when something was known is answered by a clock that was right. Where two
corrections cover a position, the one recorded later holds: it is how far the clock was off, not how far more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.events import ClockCorrected
from ledger.facts import Fact, in_effect
from ledger.names import PRACTICE, read_stream
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ledger.events import Event
    from ledger.journal import Reader

_MARK = f'"type":"{ClockCorrected.stored_name}"'.encode()


class Clocks(NamedTuple):
    """How far the clock was off, stretch by stretch of positions, in the order it was said."""

    said: tuple[ClockCorrected, ...] = ()

    def offset(self, position: int) -> int:
        """Return the seconds to add to the time that the entry at *position* was written down at."""
        return next(
            (c.offset_seconds for c in reversed(self.said) if c.first_position <= position <= c.last_position), 0
        )

    def right(self, facts: Iterable[Fact[Event]]) -> list[Fact[Event]]:
        """Return *facts* with the times they were written down at put right."""
        if not self.said:
            return list(facts)
        return [fact._replace(offset_seconds=self.offset(fact.entry.position)) for fact in facts]


def read_clocks(reader: Reader, last: int | None = None) -> Clocks:
    """Return what *reader*'s log says, up to the entry *last*, of clocks that were wrong."""
    kept = reader.read(PRACTICE)
    if not any(_MARK in stored.raw for stored in kept):
        return Clocks()
    facts = [fact for fact in read_stream(reader, PRACTICE) if last is None or fact.entry.position <= last]
    return Clocks(tuple(fact.event for fact in in_effect(facts) if isinstance(fact.event, ClockCorrected)))
