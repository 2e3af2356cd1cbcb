"""What each rhythm calls for: reports, reviews and the like that are due or missed, and silence (P25, P26, M09, M10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.calendars import Calendar, instant, parse_instant
from ledger.events import CadenceAgreed
from ledger.standing import idle_facts, keeping, midnight, occurrences_of, pauses, release_of, spoken
from ledger.standing.cadences import times_of
from ledger.standing.spoken import first_after, last_until, said_at
from ledger.values.named import NamedTuple
from ledger_projections.alerts.alert import Alert, first
from ledger_projections.alerts.kinds import KINDS, Kind, keeping_command
from ledger_projections.alerts.policy import Quiet, by_policy
from ledger_projections.wording import moment_words, on_the_wall

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from ledger.dialogue import Dialogue
    from ledger.facts import Fact
    from ledger.standing import Known, Occurrence
    from ledger_projections.view import View

    Word = tuple[datetime, Fact[Any]]


def silence_alerts(view: View, known: Known) -> Iterator[Alert]:
    """Yield what is due of each cadence; where there is none of reports, silence by policy."""
    if not view.concerns("engagement"):  # as whatever is said does (`concerned.py`)
        return
    said, quiet = spoken(known, view.dialogue), [Quiet(*pause) for pause in pauses(known)]
    for cadence in _cadences(view.dialogue):
        since = known.in_force_from(cadence.event.agreement_version, known.at(cadence))
        if since is None:
            continue
        rhythm = _Rhythm(view, known, cadence, said, KINDS[cadence.event.kind])
        if cadence.event.kind == "report":
            quiet.append(Quiet(since, first(rhythm.let_go, rhythm.ended), [cadence, *rhythm.idle]))
        yield from rhythm.alerts(since)
    if view.engagement is not None:
        yield from by_policy(view, known, said, quiet)


def _cadences(state: Dialogue) -> Iterable[Fact[CadenceAgreed]]:
    """Return the cadences by their ids, the last of each: one that was withdrawn may have been agreed again."""
    return {fact.event.cadence_id: fact for fact in state.saying(CadenceAgreed)}.values()


class _Rhythm(NamedTuple):
    """A cadence of a *kind*, and all we said, oldest first."""

    view: View
    known: Known
    cadence: Fact[CadenceAgreed]
    said: Sequence[Word]
    kind: Kind

    def alerts(self, since: datetime) -> Iterator[Alert]:
        """Yield what the newest that was missed calls for, and what the next one does."""
        times = occurrences_of(self.known, self.view.dialogue, self.cadence, parse_instant(self.view.as_of))
        next_missed: datetime | None = None
        for time in reversed([time for time in times if time.overdue > since]):
            yield self._due(time)
            if time.sent is None:
                yield self._missed(time, next_missed)
                next_missed = time.overdue

    @property
    def let_go(self) -> datetime | None:
        """From when it need not be kept any more."""
        release = release_of(self.known, self.view.dialogue, "cadence", self.cadence.event.cadence_id)
        return release.since if release else None

    @property
    def ended(self) -> datetime | None:
        """From when its rule names no more times: once the last of them can be made good no more."""
        as_of = parse_instant(self.view.as_of)
        last = times_of(self.cadence.event, self.calendar, as_of)[-1:]
        return next((overdue for when, overdue, _ in last if when <= as_of), None)

    @property
    def idle(self) -> Sequence[Fact[Any]]:
        """What says when nothing is expected."""
        return idle_facts(self.known, self.view.dialogue, self.cadence.event)

    @property
    def calendar(self) -> Calendar:
        """The calendar it is counted in."""
        return self.view.calendar(self.cadence.event.calendar, self.view.as_of[:10])

    @property
    def sent(self) -> Sequence[Word]:
        """What kept this cadence."""
        return keeping(self.known, self.view.dialogue, self.cadence.event)

    def _due(self, time: Occurrence) -> Alert:
        raised = midnight(self.calendar, time.day)
        ends = first(time.sent[0] if time.sent else None, time.overdue, self._stop(time))
        return self._alert(
            self.kind.due, raised, time, f"due {self._words(time.expected, raised)}", ends, time.expected
        )

    def _missed(self, time: Occurrence, next_missed: datetime | None) -> Alert:
        """Return one that was missed, until the next is, or until it is made good: silence by any word of ours."""
        good = first_after(self.said if self.kind.missed == "A-silence" else self.sent, time.overdue)
        stop = self._stop(time)
        ends = first(next_missed, good[0] if good else None, max(stop, time.overdue) if stop else None)
        words = f"of {self._words(time.expected, time.overdue)} not {self.kind.done}"
        return self._alert(self.kind.missed, time.overdue, time, words, ends, time.overdue)

    def _stop(self, time: Occurrence) -> datetime | None:
        """Return when, after *time* was expected, it was put on hold or let go."""
        stops = [self.let_go, *(pause.since for pause in pauses(self.known))]
        return first(*(stop for stop in stops if stop and stop > time.expected))

    def _alert(
        self, signal: str, raised: datetime, time: Occurrence, words: str, ends: datetime | None, deadline: datetime
    ) -> Alert:
        last, name = last_until(self.sent, raised), self.cadence.event.cadence_id
        return Alert(
            signal,
            self.kind.practices[signal == self.kind.missed],
            f"cadence:{name}",
            raised=raised,
            since=last[0] if last else time.expected,
            says=f"{self.kind.noun} {name} {words}",
            also=f"last one {self._words(last[0], raised, clock=False)}" if last else f"none {self.kind.done} yet",
            command=keeping_command(self.view, self.cadence.event.kind, name),
            deadline=deadline,
            cleared=ends,
            occurrence=time.day,
            calendar=self.calendar.name,
            facts=[
                self.cadence,
                *self.idle,
                *([last[1]] if last else []),
                *said_at(self.said, ends),
                *said_at(self.sent, ends),
            ],
        )

    def _words(self, when: datetime, beside: datetime, *, clock: bool = True) -> str:
        """Return a moment in words, with its year where that is not the year of the one *beside* it."""
        local = on_the_wall(when, self.calendar)
        words = moment_words(instant(when), self.calendar, instant(beside))
        return f"{local:%a} {words if clock else words[:-6]}"
