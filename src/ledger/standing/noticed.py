"""The notices that were owed, one by one: of what, by when, and whether, when and to whom each was given (P15, P17, P31).

A notice on `client_delay` is the client's own, of something it owes (P17: "expect and demand timely client
communications"): `Notice` has no field that could lay it on us (domain 3.3.1). Its term runs from when the client says
that it knew (`aware` of a delay it notified under its own name); where nobody says so, from when the thing fell due:
from then on the delay is there, and nothing earlier is on record. A delay of ours is a slip, and has its own notice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.calendars import hours, instant, is_day, microseconds
from ledger.standing.course import course_of
from ledger.standing.notices import asks, terms
from ledger.standing.owed import obligations_of
from ledger.standing.slipped import first_acknowledgement
from ledger.standing.tidings import tidings_of
from ledger.values.frozen import Frozen
from ledger.values.lazily import lazily
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from decimal import Decimal

    from ledger.facts import Fact
    from ledger.standing.known import Known
    from ledger.standing.notices import Term
    from ledger.standing.owed import Owed

    Wanted = Callable[[str, str], bool]

KINDS = {"slip": "slip", "bad_news": "news", "client_delay": "obligation"}
"""The kind of thing that each notice is about."""


class Occasion(NamedTuple):
    """What a notice was owed of: the thing, the entry that began it, and what became of it."""

    on: str
    name: str
    trigger: Fact[Any]
    aware: datetime | None
    """From when it was known to the side that owes the notice; None where nobody said."""
    moment: str | None
    """The same as it was stated: a day or an instant; None where it is the due date that stands for it."""
    given: Fact[Any] | None
    acknowledgement: Fact[Any] | None
    ended: datetime | None
    """When it was needed no more, if that came before it was given."""
    facts: Sequence[Fact[Any]]


class Notice(Frozen):
    """One notice as it stands at *as_of*; *number* counts those that the agreement asks for of the same thing."""

    known: Known
    as_of: datetime
    occasion: Occasion
    term: Term | None
    number: int = 1

    @property
    def subject(self) -> str:
        """Return the thing it is about, as `slip:S1`."""
        return f"{KINDS[self.occasion.on]}:{self.occasion.name}"

    @property
    def party(self) -> str:
        """Return the side that owes it."""
        return "client" if self.occasion.on == "client_delay" else "provider"

    @lazily
    def given(self) -> datetime | None:
        """When it was first given."""
        return self.known.at(self.occasion.given) if self.occasion.given else None

    @property
    def until(self) -> datetime:
        """Return up to when it was late, if it was: given, needed no more, or now."""
        return self.given or self.occasion.ended or self.as_of

    @property
    def kept(self) -> bool | None:
        """Return whether it was given in time; None where it may still be, is not needed, or no term is known."""
        if self.term is None:
            return None
        if self.until > self.term.deadline:
            return False
        return True if self.given else None

    @property
    def state(self) -> str:
        """Return `in time`, `late`, `not given`, `still to be given`, `not needed` or `awareness not stated`."""
        if self.term is None:
            return "awareness not stated"
        if self.given:
            return "in time" if self.kept else "late"
        if self.kept is False:
            return "not given"
        return "not needed" if self.occasion.ended else "still to be given"

    @property
    def is_open(self) -> bool:
        """Return whether it can still be given."""
        return self.given is None and self.occasion.ended is None

    @property
    def late_bh(self) -> Decimal | None:
        """Return how late it was in business hours, by the calendar of its term; None where it was not."""
        if self.term is None or self.occasion.aware is None or self.kept is not False:
            return None
        calendar = self.known.calendar(self.occasion.aware)
        return hours(calendar.business_microseconds(self.term.deadline, self.until))

    @property
    def late_hours(self) -> Decimal | None:
        """Return the same in hours of the clock."""
        if self.term is None or self.kept is not False:
            return None
        return hours(microseconds(self.until) - microseconds(self.term.deadline))

    @property
    def taken_bh(self) -> Decimal | None:
        """Return the business hours from awareness to the notice, by the calendar of its term; None where it came before."""
        if self.given is None or self.occasion.aware is None or self.given < self.occasion.aware:
            return None
        calendar = self.known.calendar(self.occasion.aware)
        return hours(calendar.business_microseconds(self.occasion.aware, self.given))

    @property
    def to(self) -> list[str]:
        """Return the contacts who were told."""
        return list(getattr(self.occasion.given.event, "to", ())) if self.occasion.given else []

    @lazily
    def holders(self) -> list[str]:
        """Who of the other side might receive notice when it was given; while it is not, when it came to be owed."""
        return holders(self.known, "provider" if self.party == "client" else "client", self._when)

    @property
    def departures(self) -> list[Fact[Any]]:
        """Return what says that somebody leaves who was told, or might else have received notice."""
        leave = self.known.account.departures.items()
        return [fact for name, fact in leave if name in self.to or self.known.may(name, "receive_notice", self._when)]

    @property
    def _when(self) -> str:
        fact = self.occasion.given
        return fact.when if fact else instant(self.occasion.aware) if self.occasion.aware else instant(self.as_of)

    @property
    def reached_holder(self) -> bool | None:
        """Return whether somebody was told who might receive notice; None where nobody is named as told."""
        return bool({*self.to} & {*self.holders}) if self.to else None

    @property
    def by_date(self) -> bool:
        """Return whether a moment that it stands on is a day without a time."""
        given = self.occasion.given.when if self.occasion.given else None
        return any(moment is not None and is_day(moment) for moment in (self.occasion.moment, given))


def notices_of(known: Known, as_of: datetime, wanted: Wanted = lambda kind, name: True) -> Iterator[Notice]:
    """Yield every notice that the agreement in force at awareness asks for, or else our policy, of things *wanted*."""
    for occasion in _occasions(known, as_of, wanted):
        if occasion.aware is None:
            yield Notice(known, as_of, occasion, None)
            continue
        for number, term in enumerate(terms(known, occasion.on, occasion.aware), 1):
            yield Notice(known, as_of, occasion, term, number)


def holders(known: Known, side: str, when: str) -> list[str]:
    """Return the contacts of *side* who might receive notice on the day of *when*, and had not left before it."""
    people = (contact for contact, fact in known.account.contacts.items() if fact.event.side == side)
    held = [contact for contact in people if known.may(contact, "receive_notice", when)]
    return [contact for contact in held if not had_left(known, contact, when)]


def had_left(known: Known, contact: str, when: str) -> str | None:
    """Return the last day of *contact*, if it lies before the day of *when*."""
    fact = known.account.departures.get(contact)
    if fact is None:
        return None
    day = known.calendar(known.instant_of(when)).day_of(known.instant_of(when))
    return fact.event.leaves_on if fact.event.leaves_on < day else None


def _occasions(known: Known, as_of: datetime, wanted: Wanted) -> Iterator[Occasion]:
    yield from (_slip(known, name, as_of) for name in known.engagement.slips if wanted("slip", name))
    if asks(known, "bad_news"):
        yield from _news(known, as_of, wanted)
    if asks(known, "client_delay"):
        owed = (each for each in obligations_of(known, as_of) if wanted("obligation", each.name))
        yield from filter(None, map(_delay, owed))


def _slip(known: Known, name: str, as_of: datetime) -> Occasion:
    course = course_of(known, name, as_of)
    trigger = course.aware_fact or course.words[0]
    ended = None if course.report else course.ended
    told = course.report, course.acknowledgement
    return Occasion("slip", name, trigger, course.aware, trigger.aware, *told, ended, course.facts)


def _news(known: Known, as_of: datetime, wanted: Wanted) -> Iterator[Occasion]:
    for news in tidings_of(known, known.engagement, as_of):
        event = news.learned.event
        if event.polarity == "bad" and wanted("news", event.news_id):
            ended = news.refuted if news.dropped else None
            aware, told = (news.aware, news.learned.aware), (news.report, news.acknowledgement)
            yield Occasion("bad_news", event.news_id, news.learned, *aware, *told, ended, news.facts)


def _delay(owed: Owed) -> Occasion | None:
    """Return the delay of something that the client owes, if there was one or it said that there would be."""
    ends = (owed.given, owed.release.since if owed.release else None)
    ended = min((end for end in ends if end), default=None)
    due = max(owed.due_at, owed.in_force) if owed.in_force else None
    if due is None or (not owed.delays and (ended or owed.as_of) <= due):
        return None
    stated, aware = _client_knew(owed) or (None, due)
    given = owed.delays[0] if owed.delays else None
    ack = first_acknowledgement(owed.known, owed.delays, by="provider")
    told, facts = (given, ack, None if given else ended), [*owed.facts, *([ack] if ack else [])]
    return Occasion("client_delay", owed.name, stated or owed.agreed, aware, stated and stated.aware, *told, facts)


def _client_knew(owed: Owed) -> tuple[Fact[Any], datetime] | None:
    """Return the entry in which the client itself says the earliest that it knew of its delay, and from when."""
    calendar = owed.calendar
    own = [(fact, calendar.aware_instant(fact.aware)) for fact in owed.delays if fact.aware and _is_theirs(fact)]
    return min(own, key=lambda said: said[1], default=None)


def _is_theirs(fact: Fact[Any]) -> bool:
    return fact.entry.party == "client"
