"""Silence by our own policy, where no cadence says when the client hears of us (P26, M10)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ledger.calendars import instant, parse_instant
from ledger.standing import days_before, falls
from ledger_projections.alerts.alert import Alert, first, named
from ledger_projections.wording import moment_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from ledger.facts import Fact
    from ledger.standing import Known
    from ledger_projections.view import View

    Word = tuple[datetime, Fact[Any]]


def by_policy(view: View, known: Known, said: Sequence[Word], begun: datetime | None) -> Iterator[Alert]:
    """Yield the silence after each word that the next one, or a cadence that has *begun*, did not come in time to avert.

    The newest word has no next: its silence may lie ahead.
    """
    calendar = known.calendar(parse_instant(view.as_of))
    limit = int(known.number("silence_bd", calendar.day_of(parse_instant(view.as_of))))
    for word, later in pairwise([*said, None]):
        if word is None:
            return
        broken = first(later[0] if later else None, begun)
        if broken is not None and (broken - word[0]).days < limit:
            continue
        day = calendar.day_of(word[0])
        raised = falls(calendar, days_before(calendar, day, -limit))
        if broken is None or (broken > raised and calendar.day_of(broken) != day):
            yield Alert(
                "A-silence",
                "P26",
                "engagement",
                raised=raised,
                since=word[0],
                says=f"nothing said to the client for more than {limit} business days",
                also=f"last {moment_words(instant(word[0]), calendar, instant(raised))}",
                command=f"engage report {named(view)}",
                deadline=raised,
                cleared=broken,
                occurrence=day,
                calendar=calendar.name,
                facts=[word[1], *([later[1]] if later else [])],
            )
