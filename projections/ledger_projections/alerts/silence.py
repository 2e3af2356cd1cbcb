"""Reports that are due, and silence (P25, P26, M09, M10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.calendars import Calendar, instant, parse_instant
from ledger.events import CadenceAgreed, NewsReported, SlipReported, StatusReportSent
from ledger.standing import expected, midnight
from ledger_projections.alerts.alert import Alert, first, named
from ledger_projections.alerts.policy import by_policy
from ledger_projections.concerned import TALK
from ledger_projections.wording import moment_words, on_the_wall

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ledger.facts import Fact
    from ledger.standing import Known, Occurrence
    from ledger_projections.view import View

    Words = list[tuple[datetime, Fact[Any]]]

OUTBOUND = (StatusReportSent, SlipReported, NewsReported)
"""What breaks a silence of ours (M10)."""


def silence_alerts(view: View, known: Known) -> Iterator[Alert]:
    """Yield what is due of each report cadence; where there is none, silence by policy."""
    if not view.concerns(TALK):
        return
    facts = list(view.state.facts.values())
    words = sorted((known.at(f), f.entry.position, f) for f in facts if isinstance(f.event, OUTBOUND) and _ours(f))
    said: Words = [(when, fact) for when, _, fact in words]
    cadences = [fact.saying(e) for fact in facts if isinstance(e := fact.event, CadenceAgreed) and e.kind == "report"]
    begun = None
    for cadence in cadences:
        since = known.in_force_from(cadence.event.agreement_version, known.at(cadence))
        if since is not None:
            begun = first(begun, since)
            calendar = view.calendar(cadence.event.calendar, view.as_of[:10])
            yield from _Rhythm(view, cadence, calendar, said).alerts(since)
    if view.engagement is not None:
        yield from by_policy(view, known, said, begun)


class _Rhythm(NamedTuple):
    """A report cadence and all we said, oldest first."""

    view: View
    cadence: Fact[CadenceAgreed]
    calendar: Calendar
    said: Words

    def alerts(self, since: datetime) -> Iterator[Alert]:
        """Yield silence after the newest report that was missed, and what the next one calls for."""
        as_of = parse_instant(self.view.as_of)
        times = [t for t in expected(self.cadence.event, self.calendar, self.sent, as_of) if t.overdue > since]
        next_missed: datetime | None = None
        for time in reversed(times):
            yield self._due(time)
            if time.sent is None:
                yield self._silence(time, next_missed)
                next_missed = time.overdue

    @property
    def sent(self) -> Words:
        """The reports of this cadence."""
        own = self.cadence.event.cadence_id
        return [(w, f) for w, f in self.said if isinstance(f.event, StatusReportSent) and f.event.cadence_id == own]

    def _due(self, time: Occurrence) -> Alert:
        raised = midnight(self.calendar, time.day)
        ends = first(time.sent[0] if time.sent else None, time.overdue)
        return self._alert("A-report-due", raised, time, f"due {self._words(time.expected)}", ends, time.expected)

    def _silence(self, time: Occurrence, next_missed: datetime | None) -> Alert:
        """Return the silence after a report that was missed, until a word breaks it or the next one is missed too."""
        broken = first(next_missed, *(when for when, _ in self.said if when > time.overdue))
        words = f"of {self._words(time.expected)} not sent"
        return self._alert("A-silence", time.overdue, time, words, broken, time.overdue)

    def _alert(
        self, signal: str, raised: datetime, time: Occurrence, words: str, ends: datetime | None, deadline: datetime
    ) -> Alert:
        before = [when for when, _ in self.sent if when <= raised]
        name = self.cadence.event.cadence_id
        return Alert(
            signal,
            "P25" if signal == "A-report-due" else "P26",
            f"cadence:{name}",
            raised=raised,
            since=before[-1] if before else time.expected,
            says=f"report {name} {words}",
            also=f"last one {self._words(before[-1], clock=False)}" if before else "none sent yet",
            command=f"engage report {named(self.view)} --cadence {name}",
            deadline=deadline,
            cleared=ends,
            occurrence=time.day,
            calendar=self.calendar.name,
            facts=[
                self.cadence,
                *(fact for when, fact in self.said if (before and when == before[-1]) or when == ends),
            ],
        )

    def _words(self, when: datetime, *, clock: bool = True) -> str:
        local = on_the_wall(when, self.calendar)
        words = moment_words(instant(when), self.calendar, self.view.as_of)
        return f"{local:%a} {words if clock else words[:-6]}"


def _ours(fact: Fact[Any]) -> bool:
    return fact.entry.party == "provider"
