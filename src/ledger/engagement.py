"""One engagement: what was agreed, what slipped, what was told, and what may still be recorded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, assert_never, cast

from ledger.aggregate import (
    Aggregate,
    already,
    check_correction,
    check_known_before,
    check_number,
    check_references,
    check_told_after,
    place,
)
from ledger.aggregate import complete as complete_number
from ledger.errors import Closed, Duplicate, Refused, Unknown
from ledger.events import (
    AgreementDrafted,
    AgreementSigned,
    CadenceAgreed,
    CommunicationAcknowledged,
    DisputeRaised,
    EngagementClosed,
    EngagementOpened,
    EntryCorrected,
    FeedbackReceived,
    MilestoneAgreed,
    MilestoneDelivered,
    MilestoneJudged,
    MilestoneRescheduled,
    NewsLearned,
    NewsReported,
    ObligationAgreed,
    SlipAverted,
    SlipForeseen,
    SlipReported,
    StatusReportSent,
)
from ledger.facts import Fact, in_effect

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ledger.aggregate import Act, Elsewhere
    from ledger.canonical import JSON
    from ledger.events import Event

MilestoneEvent = (
    MilestoneAgreed
    | MilestoneRescheduled
    | MilestoneDelivered
    | MilestoneJudged
    | SlipForeseen
    | SlipReported
    | SlipAverted
)
TalkEvent = StatusReportSent | CommunicationAcknowledged | NewsLearned | NewsReported | FeedbackReceived
EngagementEvent = (
    EngagementOpened
    | AgreementDrafted
    | AgreementSigned
    | ObligationAgreed
    | CadenceAgreed
    | DisputeRaised
    | EngagementClosed
    | EntryCorrected
    | MilestoneEvent
    | TalkEvent
)

AFTER_CLOSING = (AgreementDrafted, MilestoneAgreed, ObligationAgreed, CadenceAgreed, EngagementClosed)
"""What a closed engagement no longer takes (domain 3.1)."""


@dataclass(slots=True)
class Milestone:
    """A milestone, its moves, and what was delivered and judged, each in the order it was recorded."""

    agreed: Fact[MilestoneAgreed] | None = None
    moves: list[Fact[MilestoneRescheduled]] = field(default_factory=list)
    delivered: list[Fact[MilestoneDelivered]] = field(default_factory=list)
    judged: list[Fact[MilestoneJudged]] = field(default_factory=list)
    slips: list[str] = field(default_factory=list)
    moved: int = 0
    """The place of the last move among the facts that stand."""


@dataclass(slots=True)
class Slip:
    """A slip: foreseen, told, averted."""

    milestone_id: str
    spoken: int = 0
    """The place, among the facts that stand, of the last one that spoke of it."""
    foreseen: list[Fact[SlipForeseen]] = field(default_factory=list)
    reported: list[Fact[SlipReported]] = field(default_factory=list)
    averted: Fact[SlipAverted] | None = None


@dataclass(slots=True)
class News:
    """A piece of news: learned, told."""

    learned: Fact[NewsLearned] | None = None
    reported: list[Fact[NewsReported]] = field(default_factory=list)


@dataclass(slots=True)
class Engagement(Aggregate):
    """The drawers that the facts of one engagement are filed in."""

    opened: Fact[EngagementOpened] | None = None
    drafts: dict[int, Fact[AgreementDrafted]] = field(default_factory=dict)
    """The first of each version: one drafted again after a signature does not take its place (domain 3.3.5)."""
    redrafts: list[Fact[AgreementDrafted]] = field(default_factory=list)
    signatures: list[Fact[AgreementSigned]] = field(default_factory=list)
    milestones: dict[str, Milestone] = field(default_factory=dict)
    slips: dict[str, Slip] = field(default_factory=dict)
    obligations: dict[str, Fact[ObligationAgreed]] = field(default_factory=dict)
    cadences: dict[str, Fact[CadenceAgreed]] = field(default_factory=dict)
    reports: list[Fact[StatusReportSent]] = field(default_factory=list)
    acknowledgements: dict[str, list[Fact[CommunicationAcknowledged]]] = field(default_factory=dict)
    news: dict[str, News] = field(default_factory=dict)
    feedback: list[Fact[FeedbackReceived]] = field(default_factory=list)
    disputes: dict[str, Fact[DisputeRaised]] = field(default_factory=dict)
    closed: Fact[EngagementClosed] | None = None

    @property
    def account(self) -> str:
        """The id of the account it is for."""
        return self.opened.event.account if self.opened else ""

    def open_slip(self, milestone_id: str) -> str | None:
        """Return the newest slip of a milestone that is neither averted nor overtaken by a new date."""
        milestone = self.milestones.get(milestone_id)
        for slip_id in reversed(milestone.slips if milestone else []):
            slip = self.slips[slip_id]
            if slip.averted is None and milestone and milestone.moved <= slip.spoken:
                return slip_id
        return None

    def drafted(self, version: int) -> list[Fact[AgreementDrafted]]:
        """Return all that was drafted under the number *version*, the one that counts first."""
        first = [self.drafts[version]] if version in self.drafts else []
        return first + [fact for fact in self.redrafts if fact.event.version == version]


def fold(facts: Iterable[Fact[Event]]) -> Engagement:
    """Return the state that *facts*, in the order of the log, amount to once corrected."""
    state, history = Engagement(), list(facts)
    for fact in history:
        state.count(fact)
    for fact in in_effect(history):
        add(state, fact)
    return state


def add(state: Engagement, fact: Fact[Event]) -> None:
    """Add a fact that stands."""
    state.file(fact)
    evolve(state, cast("Fact[EngagementEvent]", fact))


def evolve(state: Engagement, fact: Fact[EngagementEvent]) -> None:
    """File *fact* in its drawer; never refuses."""
    match fact.event:
        case EngagementOpened() as event:
            state.opened = fact.saying(event)
        case AgreementDrafted() as event:
            if state.drafts.setdefault(event.version, fact.saying(event)).entry is not fact.entry:
                state.redrafts.append(fact.saying(event))
        case AgreementSigned() as event:
            state.signatures.append(fact.saying(event))
        case ObligationAgreed() as event:
            state.obligations[event.obligation_id] = fact.saying(event)
        case CadenceAgreed() as event:
            state.cadences[event.cadence_id] = fact.saying(event)
        case DisputeRaised() as event:
            state.disputes[event.dispute_id] = fact.saying(event)
        case EngagementClosed() as event:
            state.closed = fact.saying(event)
        case EntryCorrected():
            pass  # applied before the fold
        case (
            MilestoneAgreed() | MilestoneRescheduled() | MilestoneDelivered() | MilestoneJudged()
            | SlipForeseen() | SlipReported() | SlipAverted()
        ) as event:  # fmt: skip
            _file_milestone(state, fact, event)
        case event:
            _file_talk(state, fact, event)


def _file_milestone(state: Engagement, fact: Fact[EngagementEvent], event: MilestoneEvent) -> None:
    match event:
        case MilestoneAgreed():
            _milestone(state, event.milestone_id).agreed = fact.saying(event)
        case MilestoneRescheduled():
            milestone = _milestone(state, event.milestone_id)
            milestone.moves.append(fact.saying(event))
            milestone.moved = len(state.facts)
        case MilestoneDelivered():
            _milestone(state, event.milestone_id).delivered.append(fact.saying(event))
        case MilestoneJudged():
            _milestone(state, event.milestone_id).judged.append(fact.saying(event))
        case SlipForeseen():
            _slip(state, event.slip_id, event.milestone_id).foreseen.append(fact.saying(event))
        case SlipReported():
            _slip(state, event.slip_id, event.milestone_id).reported.append(fact.saying(event))
        case SlipAverted():
            if event.slip_id in state.slips:
                state.slips[event.slip_id].averted = fact.saying(event)
        case _:
            assert_never(event)


def _file_talk(state: Engagement, fact: Fact[EngagementEvent], event: TalkEvent) -> None:
    match event:
        case StatusReportSent():
            state.reports.append(fact.saying(event))
        case CommunicationAcknowledged():
            state.acknowledgements.setdefault(event.acknowledges, []).append(fact.saying(event))
        case NewsLearned():
            state.news.setdefault(event.news_id, News()).learned = fact.saying(event)
        case NewsReported():
            state.news.setdefault(event.news_id, News()).reported.append(fact.saying(event))
        case FeedbackReceived():
            state.feedback.append(fact.saying(event))
        case _:
            assert_never(event)


def decide(state: Engagement, act: Act, elsewhere: Elsewhere) -> list[Event]:
    """Return what *act* adds: the event, or nothing where the fact stands; refuse what is structurally false."""
    event = act.event
    if isinstance(event, EntryCorrected):
        amended = check_correction(state, event, elsewhere)
        if amended:
            _check_own_rules(state, amended, elsewhere)
        return [event]
    if _stands(state, event):
        return []
    if state.opened is None and not event.opens:
        raise Refused("This engagement has not been opened.", advice="engage open ALIAS")
    if state.opened is not None and event.opens:
        raise Duplicate(f"This engagement was opened in {place(state.opened)} for another account.")
    if state.closed is not None and isinstance(event, AFTER_CLOSING):
        raise Closed(f"The engagement was closed in {place(state.closed)}: it takes no more {event.short_name}.")
    check_number(state, event)
    _check_slip(state, event)
    _check_own_rules(state, act, elsewhere)
    check_references(state, event, elsewhere)
    return [event]


def complete(state: Engagement, event_type: type[Event], data: Mapping[str, JSON]) -> dict[str, JSON]:
    """Return *data* with the number that the ledger gives out; a report without one is of the slip that is open."""
    if event_type is SlipReported and "slip_id" not in data:
        slip_id = state.open_slip(str(data.get("milestone_id"))) or state.next_id("slip")
        return {"slip_id": slip_id, **data}
    return complete_number(state, event_type, data)


def _stands(state: Engagement, event: Event) -> bool:
    """Return whether the fact stands already; drafted again after a signature, a version is another fact."""
    if isinstance(event, AgreementDrafted) and any(s.event.version == event.version for s in state.signatures):
        return any(fact.event.plain == event.plain for fact in state.drafted(event.version))
    return already(state, event)


def _check_own_rules(state: Engagement, act: Act, elsewhere: Elsewhere) -> None:
    match act.event:
        case AgreementSigned() as event:
            _check_drafted(state, event, elsewhere)
        case SlipForeseen(slip_id=slip_id) if slip_id in state.slips:
            check_known_before(state.slips[slip_id].reported, act)
        case SlipReported() as event:
            slip = state.slips.get(event.slip_id)
            check_told_after(slip.foreseen[0] if slip and slip.foreseen else None, act)
        case NewsLearned(news_id=news_id) if news_id in state.news:
            check_known_before(state.news[news_id].reported, act)
        case NewsReported() as event:
            news = state.news.get(event.news_id)
            check_told_after(news.learned if news else None, act)
        case _:
            pass


def _check_slip(state: Engagement, event: Event) -> None:
    """Refuse to speak of a slip as one of another milestone."""
    if isinstance(event, SlipForeseen | SlipReported):
        slip = state.slips.get(event.slip_id)
        if slip and slip.milestone_id != event.milestone_id:
            raise Duplicate(
                f"{event.slip_id} is a slip of {slip.milestone_id}, not of {event.milestone_id}.",
                advice="Leave the id out.",
            )


def _check_drafted(state: Engagement, event: AgreementSigned, elsewhere: Elsewhere) -> None:
    coming = elsewhere.coming("version", str(event.version))
    drafts = [fact.event for fact in state.drafted(event.version)]
    drafts += [coming] if isinstance(coming, AgreementDrafted) else []
    if not drafts:
        raise Unknown("version of the agreement", str(event.version), candidates=[str(v) for v in state.drafts])
    if all(draft.document_sha256 != event.document_sha256 for draft in drafts):
        raise Refused(
            f"The document signed is not version {event.version}: its hash is {event.document_sha256[:12]}…, "
            f"the draft's is {drafts[0].document_sha256[:12]}…."
        )


def _milestone(state: Engagement, milestone_id: str) -> Milestone:
    return state.milestones.setdefault(milestone_id, Milestone())


def _slip(state: Engagement, slip_id: str, milestone_id: str) -> Slip:
    if slip_id not in state.slips:
        state.slips[slip_id] = Slip(milestone_id)
        _milestone(state, milestone_id).slips.append(slip_id)
    state.slips[slip_id].spoken = len(state.facts)
    return state.slips[slip_id]
