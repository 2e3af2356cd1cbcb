"""Silence by our own policy, where no cadence says when the client hears of us (P26, M10)."""

from __future__ import annotations

from bisect import bisect_left, insort
from datetime import timedelta
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from ledger.calendars import instant, parse_instant
from ledger.standing import days_before, falls
from ledger.values.named import NamedTuple
from ledger_projections.alerts.alert import Alert, command, first
from ledger_projections.wording import moment_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from ledger.facts import Fact
    from ledger.standing import Known
    from ledger_projections.view import View

    Word = tuple[datetime, Fact[Any] | list[Fact[Any]]]
    """When we said something, or were free to be silent until then, and what says so."""

WHEN = itemgetter(0)


class Quiet(NamedTuple):
    """A span in which our policy asks for nothing: a cadence does, or the engagement is on hold."""

    since: datetime
    until: datetime | None
    facts: Sequence[Fact[Any]]


def by_policy(
    view: View, known: Known, said: Sequence[tuple[datetime, Fact[Any]]], quiet: Sequence[Quiet]
) -> Iterator[Alert]:
    """Yield the silence after each word that neither the next one nor a span of *quiet* came in time to avert.

    The end of a span counts as a word. The newest word has no next: its silence may lie ahead.
    """
    calendar = known.calendar(parse_instant(view.as_of))
    limit = int(known.number("silence_bd", calendar.day_of(parse_instant(view.as_of))))
    for word, later in silences(breaking(said, quiet), timedelta(limit)):
        ahead = min((span for span in quiet if span.since >= word[0]), key=lambda span: span.since, default=None)
        over = [fact for span in quiet if span.until and span.until <= word[0] for fact in span.facts]
        broken = first(later[0] if later else None, ahead.since if ahead else None)
        if broken is not None and (broken - word[0]).days < limit:
            continue
        day = calendar.day_of(word[0])
        raised = falls(calendar, days_before(calendar, day, -limit))
        if broken is None or (broken > raised and calendar.day_of(broken) != day):
            facts = [*_facts(word), *(_facts(later) if later else ()), *over, *(ahead.facts if ahead else ())]
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


def breaking(said: Sequence[tuple[datetime, Fact[Any]]], quiet: Sequence[Quiet]) -> list[Word]:
    """Return what breaks a silence, oldest first: what was *said* outside of the spans of *quiet*, and that they ended."""
    words: list[Word] = [*said]
    for span in quiet:
        if span.until is not None:
            insort(words, (span.until, [*span.facts]), key=WHEN)
    for span in quiet:
        end = bisect_left(words, span.until, key=WHEN) if span.until is not None else len(words)
        del words[bisect_left(words, span.since, key=WHEN) : end]
    return words


def silences(words: Sequence[Word], limit: timedelta) -> Iterator[tuple[Word, Word | None]]:
    """Yield each word that the next one came *limit* after or later, and that one; for the newest there is none."""
    at = 0
    while at < len(words):
        since = words[at][0]
        in_time = bisect_left(words, limit, at + 1, key=lambda word: word[0] - since)
        if in_time == at + 1:
            yield words[at], words[in_time] if in_time < len(words) else None
        at = max(at + 1, in_time - 1)  # between two that are so near none was silent for long


def _facts(word: Word) -> list[Fact[Any]]:
    return word[1] if isinstance(word[1], list) else [word[1]]
