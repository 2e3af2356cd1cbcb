"""When the engagement stood still: put on hold, and when it went on (M09, P13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.events import EngagementPaused
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from ledger.events import EngagementResumed
    from ledger.facts import Fact
    from ledger.standing.known import Known


class Pause(NamedTuple):
    """From when to when it was on hold; open while nobody said that it goes on."""

    since: datetime
    until: datetime | None
    facts: Sequence[Fact[EngagementPaused] | Fact[EngagementResumed]]

    def covers(self, when: datetime) -> bool:
        """Return whether *when* lies within it."""
        return self.since <= when and (self.until is None or when < self.until)


def pauses(known: Known) -> list[Pause]:
    """Return the spans on hold, in the order of the log: a resumption ends the pause that was recorded before it."""
    return known.once(("pauses",), lambda: _pauses(known))


def on_hold(known: Known, when: datetime) -> Pause | None:
    """Return the pause that *when* lies in; None once the engagement is closed."""
    if (closed := closed_at(known)) and closed <= when:
        return None
    return next((pause for pause in pauses(known) if pause.covers(when)), None)


def closed_at(known: Known) -> datetime | None:
    """Return when the engagement was closed."""
    return known.at(known.engagement.closed) if known.engagement.closed else None


def _pauses(known: Known) -> list[Pause]:
    spans: list[Pause] = []
    for fact in known.engagement.work.pauses:
        when, held = known.at(fact), spans[-1] if spans and spans[-1].until is None else None
        if isinstance(fact.event, EngagementPaused):
            if held is None:
                spans.append(Pause(when, None, [fact]))
        elif held is not None:
            spans[-1] = Pause(held.since, max(when, held.since), [*held.facts, fact])
    return spans
