"""Silence by our own policy, where no cadence says when the client hears of us (P26, M10)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.calendars import instant, parse_instant
from ledger.standing import days_before, falls
from ledger_projections.alerts.alert import Alert, command, first
from ledger_projections.wording import moment_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from ledger.facts import Fact
    from ledger.standing import Known
    from ledger_projections.view import View

    Word = tuple[datetime, Sequence[Fact[Any]]]


class Quiet(NamedTuple):
    """A span in which our policy asks for nothing: a cadence does, or the engagement is on hold."""

    since: datetime
    until: datetime | None
    facts: Sequence[Fact[Any]]

    def covers(self, when: datetime) -> bool:
        """Return whether *when* lies within it."""
        return self.since <= when and (self.until is None or when < self.until)


def by_policy(
    view: View, known: Known, said: Sequence[tuple[datetime, Fact[Any]]], quiet: Sequence[Quiet]
) -> Iterator[Alert]:
    """Yield the silence after each word that neither the next one nor a span of *quiet* came in time to avert.

    The end of a span counts as a word. The newest word has no next: its silence may lie ahead.
    """
    calendar = known.calendar(parse_instant(view.as_of))
    limit = int(known.number("silence_bd", calendar.day_of(parse_instant(view.as_of))))
    for word, later in pairwise([*_words(said, quiet), None]):
        if word is None:
            return
        if later is not None and (later[0] - word[0]).days < limit:
            continue  # as nearly always
        ahead = min((span for span in quiet if span.since >= word[0]), key=lambda span: span.since, default=None)
        over = [fact for span in quiet if span.until and span.until <= word[0] for fact in span.facts]
        broken = first(later[0] if later else None, ahead.since if ahead else None)
        if broken is not None and (broken - word[0]).days < limit:
            continue
        day = calendar.day_of(word[0])
        raised = falls(calendar, days_before(calendar, day, -limit))
        if broken is None or (broken > raised and calendar.day_of(broken) != day):
            facts = [*word[1], *(later[1] if later else ()), *over, *(ahead.facts if ahead else ())]
            yield Alert(
                "A-silence",
                "P26",
                "engagement",
                raised=raised,
                since=word[0],
                says=f"nothing said to the client for more than {limit} business days",
                also=f"last {moment_words(instant(word[0]), calendar, instant(raised))}",
                command=command(view, "report"),
                deadline=raised,
                cleared=broken,
                occurrence=day,
                calendar=calendar.name,
                facts=facts,
            )


def _words(said: Sequence[tuple[datetime, Fact[Any]]], quiet: Sequence[Quiet]) -> list[Word]:
    words = [(when, [fact]) for when, fact in said]
    words += [(span.until, [*span.facts]) for span in quiet if span.until is not None]
    words.sort(key=lambda word: word[0])
    return [word for word in words if not any(span.covers(word[0]) for span in quiet)]
