"""Which things of an engagement new entries can have changed: only the rows about those are made anew (ADR 5).

What moves a milestone moves its slips, and the other way round; what we say to the client moves every rhythm of talk.
Whatever is not named here, and whatever governs, changes everything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.events import (
    ActorAdded,
    AvailabilityDeclared,
    CadenceAgreed,
    CommunicationAcknowledged,
    ContactMade,
    EntryAnnotated,
    FeedbackGiven,
    FeedbackReceived,
    HoldingReplySent,
    MilestoneAgreed,
    MilestoneDelivered,
    MilestoneJudged,
    MilestoneRescheduled,
    NewsLearned,
    NewsReported,
    NewsVerified,
    RequestAnswered,
    RequestReceived,
    RequestSent,
    ReviewHeld,
    SlipAverted,
    SlipForeseen,
    SlipReported,
    StatusReportSent,
    WorkRecorded,
    WorkStarted,
)
from ledger.values import EntryId
from ledger_projections.concerning.conversed import CONVERSED, TALK, beside
from ledger_projections.concerning.reflected import OF_THE_CLIENT, REFLECTED, set_off
from ledger_projections.flagging.reaching import reached
from ledger_projections.view import GOVERNING, View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ledger.engagement import Engagement
    from ledger.events import Event
    from ledger.facts import Fact
    from ledger.standing import Known

OF_AN_ACCOUNT: Sequence[type[Event]] = (
    NewsLearned,
    NewsReported,
    StatusReportSent,
    CommunicationAcknowledged,
    FeedbackReceived,
    CadenceAgreed,
    ContactMade,
    RequestReceived,
    RequestSent,
    HoldingReplySent,
    RequestAnswered,
    *OF_THE_CLIENT,
)
"""What is said in the stream of an account changes nothing in that of an engagement, but for what it set off there."""


def concerned(view: View, after: int) -> frozenset[str] | None:
    """Return the things that entries beyond position *after* may have changed, as `slip:S1`; None for all there are."""
    if after < view.floor:
        return None
    if view.known is None:
        return _of_our_side(view, after)
    said = newer(view.account.history, after) if view.account else ()
    if not all(isinstance(fact.event, tuple(OF_AN_ACCOUNT)) for fact in said):
        return None
    found = {thing for fact in said for thing in set_off(fact, view.known)}
    for fact in newer(view.known.engagement.history, after):
        things = _moved(view, view.known, fact)
        if things is None:
            return None
        found.update(things)
    return frozenset(_with_neighbours(found, view.known.engagement))


def concerned_by(view: View, fact: Fact[Event]) -> frozenset[str] | None:
    """Return the things that *fact* of an engagement moves by standing or not, as corrected; None for all there are."""
    things = _moved(view, view.known, fact) if view.known and not isinstance(fact.event, GOVERNING) else None
    if things is None or view.known is None:
        return None
    return frozenset(_with_neighbours({*things, f"entry:{fact.entry.id}"}, view.known.engagement))


def newer(history: Sequence[Fact[Event]], after: int) -> Sequence[Fact[Event]]:
    """Return the facts that stand beyond position *after*: they are the last ones."""
    first = len(history)
    while first and history[first - 1].entry.position > after:
        first -= 1
    return history[first:]


def _of_our_side(view: View, after: int) -> frozenset[str] | None:
    """Return nothing where all that is new is who else records: the first act of a person adds them (P01)."""
    said = newer(view.practice.history, after) if view.account is None else ()
    return frozenset() if said and all(isinstance(fact.event, ActorAdded) for fact in said) else None


def _moved(view: View, known: Known, fact: Fact[Event]) -> set[str] | None:
    things = _things(fact, known)
    if things is None:
        return None
    own = list(things)
    return {*own, *beside(view, fact, own), *reached(fact, known, TALK)}


def _things(fact: Fact[Event], known: Known) -> Iterable[str] | None:
    find = THINGS.get(type(fact.event))
    return find(fact, known) if find else None


def _milestone(fact: Fact[Any], known: Known) -> Iterable[str]:
    return [f"milestone:{fact.event.milestone_id}"]


def _agreed(fact: Fact[MilestoneAgreed], known: Known) -> Iterable[str]:
    return [*_milestone(fact, known), *(f"assumption:{name}" for name in fact.event.assumptions or ())]


def _foreseen(fact: Fact[Any], known: Known) -> Iterable[str]:
    return [f"milestone:{fact.event.milestone_id}", f"slip:{fact.event.slip_id}"]


def _told(fact: Fact[SlipReported], known: Known) -> Iterable[str]:
    return [*_foreseen(fact, known), TALK]


def _averted(fact: Fact[SlipAverted], known: Known) -> Iterable[str]:
    return [f"slip:{fact.event.slip_id}"]


def _learned(fact: Fact[Any], known: Known) -> Iterable[str]:
    return [f"news:{fact.event.news_id}"]


def _reported(fact: Fact[NewsReported], known: Known) -> Iterable[str]:
    return [f"news:{fact.event.news_id}", TALK]


def _nothing(fact: Fact[Any], known: Known) -> Iterable[str]:
    return []


def _acknowledged(fact: Fact[CommunicationAcknowledged], known: Known) -> Iterable[str] | None:
    said = known.engagement.facts.get(EntryId(fact.event.acknowledges))
    return _things(said, known) if said and not isinstance(said.event, CommunicationAcknowledged) else None


THINGS: Mapping[type[Event], Callable[[Fact[Any], Known], Iterable[str] | None]] = {
    MilestoneAgreed: _agreed,
    MilestoneRescheduled: _milestone,
    MilestoneDelivered: _milestone,
    MilestoneJudged: _milestone,
    SlipForeseen: _foreseen,
    SlipReported: _told,
    SlipAverted: _averted,
    NewsLearned: _learned,
    NewsReported: _reported,
    NewsVerified: _learned,
    WorkStarted: lambda fact, known: [f"version:{fact.event.agreement_version or 1}"],
    WorkRecorded: lambda fact, known: [
        f"version:{version}" for version in {*known.engagement.drafts, fact.event.agreement_version or 1}
    ],
    FeedbackGiven: _nothing,
    AvailabilityDeclared: _nothing,
    EntryAnnotated: _nothing,
    StatusReportSent: lambda fact, known: [TALK],
    ReviewHeld: lambda fact, known: [f"review:{fact.event.review_id}", TALK],
    CommunicationAcknowledged: _acknowledged,
    **CONVERSED,
    **REFLECTED,
}
"""What an entry of each type changes the rows of, beside the row of the engagement itself."""


def _with_neighbours(things: Iterable[str], state: Engagement) -> Iterator[str]:
    for thing in things:
        kind, _, name = thing.partition(":")
        if kind == "slip" and name in state.slips:
            name = state.slips[name].milestone_id
            kind = "milestone"
        if kind == "milestone" and name in state.milestones:
            yield from (f"slip:{slip_id}" for slip_id in state.milestones[name].slips)
        if thing == TALK:
            yield "engagement"
            yield from (f"cadence:{cadence_id}" for cadence_id in state.cadences)
        yield f"{kind}:{name}" if name else kind
