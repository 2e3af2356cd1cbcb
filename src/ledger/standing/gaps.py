"""The gap between what we think of our work and what the client says of it (P41, M11)."""

from __future__ import annotations

from bisect import bisect_left
from decimal import Decimal
from typing import TYPE_CHECKING

from ledger.calendars import day_number
from ledger.standing.scores import grained, unrounded
from ledger.statistics.quantiles import median
from ledger.values.frozen import Frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ledger.events import Event, FeedbackReceived, SelfAssessed
    from ledger.facts import Fact
    from ledger.standing.known import Known

    Answer = Fact[FeedbackReceived]
    Assessment = Fact[SelfAssessed]

JUDGING = frozenset({"data.scores", "data.scale"})
"""What an assessment cannot have changed once the answer was known: it would be sealed no more."""


class Gap(Frozen):
    """One dimension of a *wave*: what the client says, and what we had said before anybody of it answered.

    *state* is `sealed`; else `unsealed` (we said it only after the first answer), `too old` or `none`, and there is
    no *ours*. *assessment* is the one that was looked at.
    """

    wave: str
    dimension: str
    answers: Sequence[Answer]
    first: Answer
    client: Decimal
    state: str
    assessment: Assessment | None
    age_days: int | None
    ours: Decimal | None

    @property
    def gap(self) -> Decimal | None:
        """Return M11: above zero, we think better of it than they do."""
        return None if self.ours is None else grained(self.ours - self.client)

    @property
    def facts(self) -> list[Fact[Event]]:
        """Return all that it stands on."""
        return [self.first, *self.answers, *([self.assessment] if self.assessment else [])]


def gaps_of(known: Known, asked: Callable[[str], bool] = lambda wave: True) -> Iterator[Gap]:
    """Yield the gap of each dimension that the client scored, wave by wave, of those waves that are *asked* for."""
    waves: dict[str, list[Answer]] = {}
    for answer in known.engagement.feedback:
        waves.setdefault(answer.event.wave, []).append(answer)
    for wave, answers in waves.items():
        if not asked(wave):
            continue
        for dimension in dict.fromkeys(score["dimension"] for fact in answers for score in fact.event.scores):
            yield _gap(known, wave, dimension, answers)


def _gap(known: Known, wave: str, dimension: str, answers: Sequence[Answer]) -> Gap:
    """Return the gap of one dimension; *answers* are those of the wave, in the order of the log."""
    scored = [fact for fact in answers if _score(fact, dimension) is not None]
    of_each = {fact.event.from_contact: _score(fact, dimension) for fact in scored}
    client = median(score for score in of_each.values() if score is not None)
    state, assessment = _paired(known, dimension, answers[0])
    age = _age(known, assessment, answers[0]) if assessment and state != "unsealed" else None
    ours = _score(assessment, dimension) if assessment and state == "sealed" else None
    return Gap(wave, dimension, scored, answers[0], client, state, assessment, age, ours)


def _paired(known: Known, dimension: str, first: Answer) -> tuple[str, Assessment | None]:
    """Return the last assessment of *dimension* recorded before the *first* answer, and whether it can be used."""
    said = known.once(("assessed",), lambda: _by_dimension(known)).get(dimension, [])
    before = range(bisect_left(said, first.entry.position, key=lambda fact: fact.entry.position))
    sealed = next((said[at] for at in reversed(before) if _settled(said[at]) < first.entry.position), None)
    if sealed:
        return ("too old" if _is_too_old(known, sealed, first) else "sealed"), sealed
    return ("unsealed", said[0]) if said else ("none", None)


def _by_dimension(known: Known) -> dict[str, list[Assessment]]:
    """Return the assessments that score each dimension, in the order of the log."""
    found: dict[str, list[Assessment]] = {}
    for fact in known.engagement.assessed:
        for dimension in dict.fromkeys(score["dimension"] for score in fact.event.scores):
            found.setdefault(dimension, []).append(fact)
    return found


def _settled(assessment: Assessment) -> int:
    """Return the position from which its scores are what they are."""
    changes = [c for c in assessment.corrections if any(change["path"] in JUDGING for change in c.event.changes)]
    return (changes[-1] if changes else assessment).entry.position


def _is_too_old(known: Known, assessment: Assessment, first: Answer) -> bool:
    answered = known.at(first)
    most = known.number("self_max_age_days", known.calendar(answered).day_of(answered))
    return _age(known, assessment, first) > most


def _age(known: Known, assessment: Assessment, first: Answer) -> int:
    """Return how many days old *assessment* was when the *first* answer was given."""
    answered = known.at(first)
    days = [day_number(known.calendar(answered).day_of(when)) for when in (known.at(assessment), answered)]
    return days[1] - days[0]


def _score(fact: Answer | Assessment, dimension: str) -> Decimal | None:
    found = (score["score"] for score in fact.event.scores if score["dimension"] == dimension)
    score = next(found, None)
    return None if score is None else unrounded(Decimal(score), fact.event.scale)
