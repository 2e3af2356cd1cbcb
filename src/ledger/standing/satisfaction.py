"""How satisfied the client says to be, wave by wave, where that goes, and whether it is adverse (P44, M12).

    a wave's score      the median of its respondents, each counted once, as they answered last; of each the dimension
                        `overall`, else the mean of theirs, on 0 to 100
    its date            that of its last answer: waves stand in that order, ties in the order of the log
    direction           from 3 waves on; that of the slope: days between waves, not their numbers, count
    S, p, slope         from 4 on: p on the side to which it goes; the slope in points per 90 days
    ewma                from 3 on, starting from the first score

Adverse is: the slope falls, S too, and p is at most `trend_p`; or the ewma lies below `floor`; or the last score below
`hard_floor`; each judged from the wave on from which it is defined, the hard floor from the third, by the policies in force.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ledger.calendars import day_number
from ledger.events import FeedbackReceived
from ledger.standing.scores import grained, unrounded
from ledger.standing.talk import day_spoken
from ledger.statistics.quantiles import median
from ledger.statistics.smoothing import smoothed
from ledger.statistics.theil_sen import slope
from ledger.values.frozen import Frozen
from ledger.values.lazily import lazily
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from fractions import Fraction

    from ledger.dialogue import Dialogue
    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.standing.known import Known

    Answer = Fact[FeedbackReceived]

OVERALL = "overall"
DIRECTED, TESTED = 3, 4
"""How many waves it takes to say where it goes, and how likely that is by chance."""
SPAN = 90


class Wave(NamedTuple):
    """A round of feedback: its score on 0 to 100, the answers that make it, and when the last of them came."""

    name: str
    score: Decimal
    answers: Sequence[Answer]
    at: datetime
    day: int


class Satisfaction(Frozen):
    """The *waves* up to some moment, oldest first, as they are judged at *as_of*."""

    known: Known
    waves: Sequence[Wave]
    as_of: datetime

    @property
    def n(self) -> int:
        """Return how many waves there were."""
        return len(self.waves)

    @property
    def scores(self) -> list[Decimal]:
        """Return their scores."""
        return [wave.score for wave in self.waves]

    @property
    def last(self) -> Decimal | None:
        """Return the newest score."""
        return self.waves[-1].score if self.waves else None

    @lazily
    def slope(self) -> Decimal | None:
        """Theil and Sen's slope in points per 90 days; None of fewer than three waves, or of one day alone."""
        return slope([(wave.day, SPAN * wave.score) for wave in self.waves]) if self.n >= DIRECTED else None

    @property
    def direction(self) -> str:
        """Return `rising`, `falling` or `level`; nothing where there is no slope."""
        if self.slope is None:
            return ""
        return "level" if not self.slope else "rising" if self.slope > 0 else "falling"

    @lazily
    def s(self) -> int | None:
        """Mann-Kendall's S; None of fewer than four waves."""
        if self.n < TESTED:
            return None
        from ledger.statistics import kendall  # here: few ask, and its fractions take 1 ms to import

        return kendall.score(self.scores)

    @lazily
    def p(self) -> Fraction | None:
        """How likely an S as far on its side is by chance; None of fewer than four waves."""
        if self.n < TESTED:
            return None
        from ledger.statistics import kendall

        return kendall.chance(self.scores)

    @lazily
    def ewma(self) -> Decimal | None:
        """The smoothed score; None of fewer than three waves."""
        return smoothed(self.scores, self.policy("ewma_lambda")) if self.n >= DIRECTED else None

    @property
    def is_falling(self) -> bool:
        """Whether it falls, and hardly by chance."""
        if self.s is None or self.s >= 0 or self.p is None:
            return False
        return self.p <= self.policy("trend_p") and self.direction == "falling"

    @property
    def is_low(self) -> bool:
        """Whether the smoothed score lies below the floor."""
        return self.ewma is not None and self.ewma < self.policy("floor")

    @property
    def is_very_low(self) -> bool:
        """Whether the last score alone lies below the hard floor."""
        return self.n >= DIRECTED and self.last is not None and self.last < self.policy("hard_floor")

    @property
    def is_adverse(self) -> bool:
        """Whether something is to be done about it."""
        return self.is_low or self.is_very_low or self.is_falling

    @property
    def facts(self) -> list[Fact[Event]]:
        """Return the answers that it stands on."""
        return [answer for wave in self.waves for answer in wave.answers]

    def policy(self, name: str) -> Decimal:
        """Return the value of a policy as in force."""
        return self.known.number(name, self.known.calendar(self.as_of).day_of(self.as_of))


def satisfaction_of(known: Known, state: Dialogue, as_of: datetime) -> Satisfaction:
    """Return what the answers in the stream of *state* come to."""
    answers: dict[str, dict[str, Answer]] = {}
    for fact in state.saying(FeedbackReceived):
        if fact.event.scores:
            of_each = answers.setdefault(fact.event.wave, {})
            of_each.pop(fact.event.from_contact, None)
            of_each[fact.event.from_contact] = fact
    waves = [_wave(known, name, list(of_each.values())) for name, of_each in answers.items()]
    return Satisfaction(known, sorted(waves, key=lambda wave: (wave.at, wave.answers[-1].entry.position)), as_of)


def satisfied(answer: Answer) -> Decimal:
    """Return how satisfied an answer is in all: what it says `overall`, else the mean of what it scores, on 0 to 100."""
    return grained(_satisfied(answer))


def _satisfied(answer: Answer) -> Decimal:
    scores = {
        score["dimension"]: unrounded(Decimal(score["score"]), answer.event.scale) for score in answer.event.scores
    }
    return scores[OVERALL] if OVERALL in scores else sum(scores.values(), Decimal(0)) / len(scores)


def _wave(known: Known, name: str, answers: Sequence[Answer]) -> Wave:
    last = max(answers, key=lambda answer: (known.at(answer), answer.entry.position))
    day = day_number(day_spoken(known, last))
    return Wave(name, grained(median(map(_satisfied, answers))), answers, known.at(last), day)
