"""What an entry says of who knew something, when: it happened, a side became aware, was told, acknowledged (P14 to P18).

aware          where a side states it (`aware`): of the side whose statement the entry is (`party`)
               where somebody sends a message: that its sender knew by then; inferred, and never more than that
told           of whoever a message names; that they read it nobody infers
acknowledged   of whoever says that it arrived, answers it, or signs what was proposed
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ledger.events import (
    AgreementDrafted,
    AgreementSigned,
    AmendmentDeclined,
    AmendmentProposed,
    CommunicationAcknowledged,
    ConcernFelt,
    ConcernRaised,
    ContactMade,
    DisputeRaised,
    FeedbackGiven,
    FeedbackRequested,
    HoldingReplySent,
    IdeaOffered,
    NewsLearned,
    NewsReported,
    ObligationDelayNotified,
    PositionStated,
    RequestAnswered,
    RequestReceived,
    RequestSent,
    SlipForeseen,
    SlipReported,
    StatusReportSent,
)
from ledger.standing.words import last_word, last_words
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.standing.known import Known
    from ledger.standing.words import Path

Clock = Literal["happened", "aware", "told", "acknowledged"]
CLOCKS: Sequence[Clock] = ("happened", "aware", "told", "acknowledged")
SIDES = ("provider", "client")


class Statement(NamedTuple):
    """One thing that an entry says: what was so of *side*, and of which *people* of it, at *moment*."""

    clock: Clock
    side: str | None
    people: tuple[str, ...]
    moment: str
    """A day or an instant, as corrected."""
    first: str | None
    """The same as first recorded; None where nothing was stated then."""
    fact: Fact[Any]
    by: tuple[str, ...] = ()
    """Those who told, where they are named."""
    sender: str | None = None
    """The side that told."""
    channel: str | None = None
    inferred: bool = False
    word: Fact[Any] | None = None
    """The correction that set the moment; None where the entry itself did."""
    holds: bool = True
    """Whether nobody said another moment since."""

    @property
    def says(self) -> Fact[Any]:
        """Return what its moment is the word of: the entry, or a correction of it."""
        return self.word or self.fact

    @property
    def party(self) -> str:
        """Return whose word it is."""
        return self.says.entry.party

    @property
    def corrected(self) -> bool:
        """Return whether its moment is another than was first recorded."""
        return self.first != self.moment


def statements(fact: Fact[Event], known: Known) -> Iterator[Statement]:
    """Yield what *fact* says of who knew what it is about."""
    if fact.aware:
        whose = _person(fact)
        said = Statement("aware", fact.entry.party, whose, fact.aware, fact.entry.text("aware"), fact)
        yield from _by_each(said, "aware")
    find = MESSAGES.get(type(fact.event))
    if find is not None:
        for said in find(fact, known):
            yield from _by_each(said, "occurred")
    elif fact.occurred and not _only_aware(fact):
        said = Statement("happened", None, (), fact.occurred, fact.entry.text("occurred"), fact)
        yield from _by_each(said, "occurred")


def _by_each(said: Statement, path: Path) -> Iterator[Statement]:
    """Yield *said* as the word of whoever set its moment last, and each other side's own last word on that moment."""
    by = last_word(said.fact, path)
    yield said if by is said.fact else said._replace(word=by)
    for party, word in last_words(said.fact, path).items():
        moment = word.moment or (said.first if word.by is said.fact else None)
        if party != by.entry.party and moment:
            own = None if word.by is said.fact else word.by
            yield said._replace(moment=moment, word=own, holds=moment == said.moment)


def other(side: str) -> str:
    """Return the side across the table."""
    return "client" if side == "provider" else "provider"


def first_when(fact: Fact[Event]) -> str:
    """Return when *fact* was so as it was first recorded."""
    return fact.entry.text("occurred") or fact.entry.text("claimedtime") or fact.entry.recorded


def _only_aware(fact: Fact[Event]) -> bool:
    """Return whether the moment it happened at only repeats, as first recorded, the one it was known at (domain 3.5)."""
    first = fact.entry.text("occurred")
    return isinstance(fact.event, SlipForeseen | NewsLearned) and first == fact.occurred == fact.entry.text("aware")


def _told(
    fact: Fact[Any], known: Known, sender: str, to: Iterable[str] = (), by: Iterable[str | None] = ()
) -> Iterator[Statement]:
    """Yield that *sender* knew, and that those it names, or at least the other side, were told."""
    channel, senders = getattr(fact.event, "channel", None), tuple(name for name in by if name)
    yield _inferred(fact, sender, senders)
    receivers = tuple(to)
    for side in SIDES:
        there = tuple(name for name in receivers if (known.side(name) or other(sender)) == side)
        if there or (not receivers and side == other(sender)):
            yield Statement("told", side, there, fact.when, first_when(fact), fact, senders, sender, channel)


def _acknowledged(fact: Fact[Any], side: str, who: str | None) -> Iterator[Statement]:
    people, channel = (who,) if who else (), getattr(fact.event, "channel", None)
    yield _inferred(fact, side, people)
    yield Statement("acknowledged", side, people, fact.when, first_when(fact), fact, channel=channel)


def _inferred(fact: Fact[Any], side: str, people: tuple[str, ...]) -> Statement:
    return Statement("aware", side, people, fact.when, first_when(fact), fact, inferred=True)


def _person(fact: Fact[Any]) -> tuple[str, ...]:
    who = fact.entry.text("onbehalfof")
    return (who,) if who else ()


def _reported(fact: Fact[Any], known: Known) -> Iterator[Statement]:
    return _told(fact, known, "provider", fact.event.to)


def _spoke(fact: Fact[ContactMade], known: Known) -> Iterator[Statement]:
    sender = "provider" if fact.event.direction == "outbound" else "client"
    ours = [name for name in fact.event.participants if known.side(name) == sender]
    for said in _told(fact, known, sender, (n for n in fact.event.participants if n not in ours), ours):
        yield said._replace(channel=fact.event.kind) if said.clock == "told" else said


def _asked(fact: Fact[RequestReceived], known: Known) -> Iterator[Statement]:
    return _told(fact, known, "client", (), [fact.event.from_contact])


def _replied(fact: Fact[Any], known: Known) -> Iterator[Statement]:
    """Yield that whoever was asked answered: a reply acknowledges a request."""
    request = known.engagement.requests.get(fact.event.request_id)
    asked = request.asked if request else None
    if asked and isinstance(asked.event, RequestSent):
        to = asked.event.to[0] if len(asked.event.to) == 1 else None
        return _acknowledged(fact, "client", to)
    return _acknowledged(fact, "provider", None)


def _raised(fact: Fact[ConcernRaised], known: Known) -> Iterator[Statement]:
    return _told(fact, known, fact.event.raised_by, fact.event.to, [fact.event.by])


def _felt(fact: Fact[ConcernFelt], known: Known) -> Iterator[Statement]:
    """Yield that who feels a concern knows of it, from `felt_at`, which is `occurred` (domain 3.3)."""
    yield Statement("aware", fact.entry.party, _person(fact), fact.when, first_when(fact), fact)


def _answered(fact: Fact[CommunicationAcknowledged], known: Known) -> Iterator[Statement]:
    side = known.side(fact.event.by) or other(fact.entry.party)
    return _acknowledged(fact, side, fact.event.by)


def _drafted(fact: Fact[AgreementDrafted], known: Known) -> Iterator[Statement]:
    yield Statement("happened", None, (), fact.when, first_when(fact), fact)
    yield _inferred(fact, fact.event.drafted_by, ())


MESSAGES: Mapping[type[Event], Callable[[Fact[Any], Known], Iterator[Statement]]] = {
    SlipReported: _reported,
    NewsReported: _reported,
    StatusReportSent: _reported,
    RequestSent: _reported,
    FeedbackRequested: _reported,
    FeedbackGiven: _reported,
    IdeaOffered: _reported,
    ContactMade: _spoke,
    RequestReceived: _asked,
    HoldingReplySent: _replied,
    RequestAnswered: _replied,
    ObligationDelayNotified: lambda fact, known: _told(fact, known, "client", (), [fact.event.by]),
    ConcernFelt: _felt,
    ConcernRaised: _raised,
    DisputeRaised: lambda fact, known: _told(fact, known, fact.event.raised_by),
    PositionStated: lambda fact, known: _told(fact, known, fact.event.stated_by),
    AgreementDrafted: _drafted,
    AmendmentProposed: lambda fact, known: _told(fact, known, fact.event.proposed_by),
    AmendmentDeclined: lambda fact, known: _acknowledged(fact, fact.event.declined_by, None),
    AgreementSigned: lambda fact, known: _acknowledged(fact, fact.event.signed_for, fact.event.signatory),
    CommunicationAcknowledged: _answered,
}
"""What each type says that is a message, or that tells when it was known; of any other, when it happened and `aware`."""
